"""The vocabulary as a user sees it: the package's names, those of `$KG_VOCABULARY`, and those of a graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.errors import NotFoundError, SourceError
from kg.graph import GraphDirectory
from kg.model import EntityType
from kg.vocabulary import (
    Problem,
    Term,
    add_term,
    also_reading,
    check,
    load,
    make_term,
    read_user_terms,
    user_files,
)


def known_terms(graph: Path, *, own: bool = False) -> list[Term]:
    """All terms in use for a graph (which need not exist); with `own` only those of the user's files."""
    with also_reading(GraphDirectory(graph).vocabulary):
        return [term for path in user_files() for term in read_user_terms(path)] if own else list(load())


def find_terms(graph: Path, name: str) -> tuple[Term, ...]:
    """Every term that a name may mean. Raises `NotFoundError`."""
    with also_reading(GraphDirectory(graph).vocabulary):
        found = load().candidates(name)
    if not found:
        raise NotFoundError(f"{name!r} is not in the vocabulary")
    return found


def add_name(
    kind: EntityType, name: str, cells: Mapping[str, str], *, file: Path | None, graph: Path
) -> tuple[Path, Term]:
    """Write a name into a user's file: `file`, else the first of `$KG_VOCABULARY`, else the graph's.

    `cells` are columns of the file by name. Gives the file and the term as it stands there. Raises `SourceError`.
    """
    directory = GraphDirectory(graph)
    path = file or next(iter(user_files()), directory.vocabulary)
    if path == directory.vocabulary and not directory.exists():
        raise SourceError(f"{graph}: no graph here; name a vocabulary file with --file or KG_VOCABULARY")
    return path, add_term(path, make_term(kind, {"name": name, **cells}))


def check_files(files: Sequence[Path], *, graph: Path) -> list[Problem]:
    """What is wrong with the package's files and the given ones, else with those in use."""
    with also_reading(GraphDirectory(graph).vocabulary):
        return check(files or user_files())
