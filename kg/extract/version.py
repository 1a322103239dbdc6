"""The extractor's name and version: it changes when code, vocabulary or weights change, and imports no spaCy."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kg.model import Extractor

_PACKAGE = Path(__file__).resolve().parent.parent
_PARTS = ("extract", "quantity", "vocabulary", "resolve")


@cache
def extractor_version() -> str:
    """Package version, "+", and 8 hex digits of a hash over the files that decide what is extracted."""
    digest = hashlib.sha256()
    for part in _PARTS:
        for file in sorted((_PACKAGE / part).rglob("*")):
            if file.is_file() and file.suffix not in (".pyc", ".pyo"):
                digest.update(file.relative_to(_PACKAGE).as_posix().encode())
                digest.update(file.read_bytes())
    return f"{version('paperkg')}+{digest.hexdigest()[:8]}"


def extractor() -> Extractor:
    """What a record says of who made it."""
    return Extractor("paperkg", extractor_version())
