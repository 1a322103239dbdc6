"""Reads what ships beside the code: `schemas/` and `queries/`, from a checkout or from an installed package."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.errors import KgError

_CHECKOUT = Path(__file__).resolve().parent.parent
_FOLDERS = ("schemas", "queries")


def read_text(name: str) -> str:
    """A shipped text file by its path from the project's root, such as "schemas/record.schema.json"."""
    folder, _, rest = name.partition("/")
    if folder not in _FOLDERS or not rest or ".." in rest.split("/"):
        raise KgError(f"{name}: not a shipped resource")
    try:
        return _root(folder).joinpath(rest).read_text(encoding="utf-8")
    except OSError as exc:
        raise KgError(f"{name}: missing from this installation") from exc


def iter_queries() -> Iterator[tuple[str, Traversable]]:
    """(name, folder) of each named query, by name."""
    root = _root("queries")
    if root.is_dir():
        for folder in sorted(root.iterdir(), key=lambda one: one.name):
            if folder.is_dir() and not folder.name.startswith(("_", ".")):
                yield folder.name, folder


def _root(folder: str) -> Traversable:
    """In a wheel the folder lies inside the package, under an underscore; in a checkout beside it."""
    shipped = files("kg").joinpath(f"_{folder}")
    return shipped if shipped.is_dir() else _CHECKOUT / folder
