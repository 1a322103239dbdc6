"""How the tests of sources read a file."""

from __future__ import annotations

from pathlib import Path

from kg.model import Paper
from kg.sources import Problems, open_source


def read(path: Path | str, format: str | None = None) -> tuple[list[Paper], Problems]:
    """The papers of one file, and what was wrong with it."""
    problems = Problems()
    return list(open_source(str(path), format, problems=problems).papers()), problems
