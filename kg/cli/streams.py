"""Standard streams as the commands expect them, whatever the shell and its locale hand over."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path


def on_terminal() -> bool:
    """Whether standard output is there and a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def prepare_streams() -> None:
    """Data in a pipe or file is UTF-8; a terminal of another encoding shows `?` for what it lacks.

    A stream that the caller closed (`kg … >&-`) swallows what is written.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (open to the end)
        elif isinstance(stream, io.TextIOWrapper):
            _reconfigure(stream)


def _reconfigure(stream: io.TextIOWrapper) -> None:
    if stream.isatty():
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
