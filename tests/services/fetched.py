"""Programs that tests fetch once for this checkout: safe when several test processes ask at the same time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 1200


def cache_folder() -> Path:
    """Where fetched programs are kept: `KG_CACHE`, else `.cache` in the checkout."""
    folder = Path(os.environ.get("KG_CACHE", ROOT / ".cache")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fetched(name: str, fetch: Callable[[Path], None]) -> Path:
    """The folder `name` of the cache; `fetch` fills it the first time, while every other process waits.

    What `fetch` leaves behind when it fails is thrown away, so a folder that is there is complete.
    """
    target = cache_folder() / name
    if target.is_dir():
        return target
    with FileLock(target.with_name(f"{name}.lock"), timeout=WAIT_SECONDS):
        if not target.is_dir():
            part = target.with_name(f"{name}.part")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            try:
                fetch(part)
                part.rename(target)
            finally:
                shutil.rmtree(part, ignore_errors=True)
    return target
