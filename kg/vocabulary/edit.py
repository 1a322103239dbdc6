"""What `kg vocabulary add` and `kg vocabulary check` do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError
from kg.model import EntityType
from kg.vocabulary.files import USER_COLUMNS, extend, load_package, merge, package_files, read_terms
from kg.vocabulary.fold import fold
from kg.vocabulary.terms import Term, sort_key, sorted_terms

TOO_GENERAL = frozenset(
    """
    analysis application approach baseline benchmark case change component compute complexity condition
    corpus data dataset design effect error evaluation experiment faster feature framework function gain gap
    improvement increase decrease input output layer level margin measure method metric model module network number
    order paper parameter part performance point problem process quality range rate ratio result risk sample scheme
    score set setting size step strategy study system task technique test theory training type value version weight
    work area
    """.split()
)
"""Words that name nothing by themselves; as an alias each needs context."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a vocabulary file; `line` counts from 1 and is 0 where the whole file is meant."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


def add_term(path: Path, term: Term) -> Term:
    """Write a term into a user's file, made where it is missing, and return it as it now stands there.

    A term whose name the file holds already gains the aliases and cells of the new one. The file is left as it
    was, and `SourceError` raised, where the result would not load.
    """
    terms = {(old.type, fold(old.name)): old for _, old in read_terms(path)} if path.exists() else {}
    key = (term.type, fold(term.name))
    terms[key] = merge(terms[key], term) if key in terms else term
    draft = path.with_name(path.name + ".new")
    try:
        draft.write_text(format_terms(terms.values()), encoding="utf-8", newline="\n")
        extend(load_package(), draft)
        draft.replace(path)
    except SourceError as exc:
        raise SourceError(str(exc).replace(str(draft), str(path))) from exc
    except OSError as exc:
        raise SourceError(f"{path}: {exc.strerror or exc}") from exc
    finally:
        draft.unlink(missing_ok=True)
    return terms[key]


def format_terms(terms: Iterable[Term]) -> str:
    """The text of a user's file: header, then the terms by type and name."""
    lines = ["\t".join(USER_COLUMNS)]
    for term in sorted(terms, key=lambda term: (term.type, sort_key(term))):
        aliases = "|".join((*term.aliases, *(alias + "?" for alias in term.ambiguous)))
        cells = (term.type.value, term.name, aliases, term.direction, term.unit, term.kind, term.domain, term.broader)
        if any(char in cell for cell in cells for char in "\t\r\n"):
            raise SourceError(f"a tab or a line break in {term.name!r}")
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def check(user_files: Sequence[Path] = ()) -> list[Problem]:
    """Everything wrong with the package's files and the user's, in file and line order; empty when all is well.

    Looked for: rows that do not parse, a name twice, an alias of two terms, an alias that says nothing new,
    an alias too general to stand alone, a broader term that does not exist or leads back to itself, rows out of
    order in the package's files.
    """
    problems: list[Problem] = []
    for type, path in package_files().items():
        problems += check_file(path, type)
    if problems:
        return problems
    vocabulary = load_package()
    for path in user_files:
        try:
            vocabulary = extend(vocabulary, path)
            problems += [Problem(path, line, text) for line, text in _check_generality(read_terms(path))]
        except SourceError as exc:
            problems.append(_as_problem(path, exc))
    return problems


def check_file(path: Path, type: EntityType) -> list[Problem]:
    """What is wrong with one of the package's files; see `check`."""
    try:
        rows = read_terms(path, type)
    except SourceError as exc:
        return [_as_problem(path, exc)]
    found = [*_check_order(rows), *_check_spellings(rows), *_check_generality(rows), *_check_broader(rows)]
    return [Problem(path, line, message) for line, message in sorted(found)]


def _as_problem(path: Path, exc: SourceError) -> Problem:
    rest = str(exc).removeprefix(f"{path}:")
    number, _, message = rest.partition(":")
    return Problem(path, int(number), message.strip()) if number.isdigit() else Problem(path, 0, rest.strip())


def _check_order(rows: list[tuple[int, Term]]) -> Iterable[tuple[int, str]]:
    wanted = sorted_terms(term for _, term in rows)
    for (line, term), right in zip(rows, wanted, strict=True):
        if term is not right:
            yield line, f"{term.name!r} stands where {right.name!r} belongs: sort by name without regard to case"
            return


def _check_spellings(rows: list[tuple[int, Term]]) -> Iterable[tuple[int, str]]:
    names: dict[str, str] = {}
    for line, term in rows:
        if (key := fold(term.name)) in names:
            yield line, f"{term.name!r} is {names[key]!r} again"
        names.setdefault(key, term.name)
    owners: dict[str, str] = {}
    for line, term in rows:
        own = {fold(term.name)}
        for alias in (*term.aliases, *term.ambiguous):
            if (key := fold(alias)) in own or not key:
                yield line, f"alias {alias!r} of {term.name!r} says nothing new"
            own.add(key)
        for alias in term.aliases:
            owner = names.get(fold(alias)) or owners.setdefault(fold(alias), term.name)
            if owner != term.name:
                yield line, f"alias {alias!r} of {term.name!r} belongs to {owner!r}"
        yield from (
            (line, f"alias {alias!r}? of {term.name!r} is the name {names[fold(alias)]!r}")
            for alias in term.ambiguous
            if fold(alias) in names
        )


def _check_generality(rows: list[tuple[int, Term]]) -> Iterable[tuple[int, str]]:
    for line, term in rows:
        for alias in term.aliases:
            if fold(alias) in TOO_GENERAL:
                yield line, f"alias {alias!r} of {term.name!r} is too general; write {alias + '?'!r}"


def _check_broader(rows: list[tuple[int, Term]]) -> Iterable[tuple[int, str]]:
    parents = {term.name: term.broader for _, term in rows}
    for line, term in rows:
        seen, at = {term.name}, term.broader
        while at:
            if at not in parents:
                yield line, f"no term is named {at!r} (broader of {term.name!r})" if at == term.broader else ""
                break
            if at in seen:
                yield line, f"{term.name!r} is broader than itself"
                break
            seen.add(at)
            at = parents[at]
