"""The system's Chromium, fetched once where this machine allows that."""

from __future__ import annotations

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


class Unavailable(Exception):
    """No Chromium can be had; the message says why."""


def find_chromium() -> str:
    """The program's path: `KG_CHROMIUM`, one on the path, or else the Debian package, installed when we may."""
    given = os.environ.get("KG_CHROMIUM")
    found = given or next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or _install()


def _install() -> str:
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise Unavailable("no Chromium on this machine: install it, or name it in KG_CHROMIUM")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 600}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]):
        try:
            subprocess.run(command, check=True, **quiet)  # type: ignore[call-overload]
        except (subprocess.SubprocessError, OSError) as exc:
            raise Unavailable(f"Chromium cannot be installed: {exc}") from exc
    path = shutil.which("chromium")
    if path is None:
        raise Unavailable("the package chromium has no program of that name")
    return path
