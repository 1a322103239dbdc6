"""The extractor's name and version: it changes when code, vocabulary or weights change, and imports no spaCy."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kg.model import Extractor
from kg.vocabulary import user_digest

_PACKAGE = Path(__file__).resolve().parent.parent
_PARTS = ("extract", "quantity", "vocabulary", "resolve")


def extractor_version() -> str:
    """Package version, "+", 8 hex digits of a hash over the files that decide what is extracted, and where the
    user has a vocabulary "." and 8 more."""
    own = user_digest()
    return f"{_package_version()}.{own}" if own else _package_version()


@cache
def _package_version() -> str:
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
