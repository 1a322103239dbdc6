"""Starting and stopping servers for the tests."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx


class Unavailable(Exception):
    """A server cannot be had on this machine; the message says what is missing."""


def free_port() -> int:
    """A TCP port of the loopback interface that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def served(
    command: list[str], folder: Path, probe: str, *, env: Mapping[str, str] | None = None, seconds: float = 60
) -> Iterator[None]:
    """A process that answers at `probe` within the time; it is stopped afterwards. Output goes to a log in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait(process, probe, log, time.monotonic() + seconds)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], probe: str, log: Path, end: float) -> None:
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(probe, timeout=2).status_code < 500:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{Path(process.args[0]).name} did not start: {log.read_text(errors='replace')[-2000:]}")  # type: ignore[index,arg-type]
