"""Vocabulary files: tab-separated, UTF-8, a header line, one term a line.

The package's own files hold one type each; a user's file has a `type` column and may leave out any column
but `type` and `name`. Aliases are separated by `|`; a `?` after an alias says that it needs context.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from kg.errors import SourceError
from kg.model import EntityType
from kg.vocabulary.fold import fold
from kg.vocabulary.terms import DIRECTIONS, Term, Vocabulary
from kg.vocabulary.user import read_text, user_files

COLUMNS: dict[EntityType, tuple[str, ...]] = {
    EntityType.DATASET: ("name", "aliases", "domain", "broader"),
    EntityType.METRIC: ("name", "aliases", "direction", "unit", "broader"),
    EntityType.METHOD: ("name", "aliases", "kind", "broader"),
    EntityType.TASK: ("name", "aliases", "broader", "domain"),
}
"""The columns of each of the package's files, in order."""

USER_COLUMNS = ("type", "name", "aliases", "direction", "unit", "kind", "domain", "broader")
"""The columns of a user's file, in the order that `kg vocabulary add` writes."""

UNITS = frozenset(
    "ns us ms s min h d B KB MB GB TB FLOPs FLOPS MACs TOPS TOPS/W mW W kW mJ J kWh FPS Hz kHz MHz GHz mm cm m km deg K"
    " % x $ points unit tokens/s bits/s Mbit/s Gbit/s bits/dim bits dB".split()
) | {"GPU h"}
"""The usual units that a metric may have; what `kg` writes into claims."""


def package_files() -> dict[EntityType, Path]:
    """The files that ship with the package, by type."""
    here = Path(__file__).parent
    return {type: here / f"{type.value}s.tsv" for type in COLUMNS}


def load(extra: Sequence[Path] = ()) -> Vocabulary:
    """The package's vocabulary with the user's files on top: those of `$KG_VOCABULARY`, then `extra`.

    Kept in memory until a file changes. Raises `SourceError` ("path:line: …") for a bad row.
    """
    return _load(tuple((path, _stamp(path)) for path in (*user_files(), *extra)))


def load_package() -> Vocabulary:
    """The package's vocabulary alone."""
    return _load(())


@lru_cache(maxsize=4)
def _load(user_files: tuple[tuple[Path, tuple[int, int]], ...]) -> Vocabulary:
    terms: list[Term] = []
    for type, path in package_files().items():
        terms += (term for _, term in read_terms(path, type))
    vocabulary = Vocabulary(tuple(terms))
    for path, _ in user_files:
        vocabulary = extend(vocabulary, path)
    return vocabulary


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as exc:
        raise SourceError(f"{path}: {exc.strerror or exc}") from exc
    return status.st_mtime_ns, status.st_size


def read_terms(path: Path, type: EntityType | None = None) -> list[tuple[int, Term]]:
    """The terms of a file with their line numbers; `type` None means a user's file with a `type` column."""
    lines = read_text(path).split("\n")
    header = tuple(lines[0].rstrip("\r").split("\t"))
    _check_header(path, header, type)
    width, found = len(header), []
    for number, line in enumerate(lines[1:], start=2):
        line = line.rstrip("\r")
        if not line.strip() or (type is None and line.startswith("#")):
            continue
        cells = line.split("\t")
        if len(cells) > width or (type is not None and len(cells) != width):
            raise SourceError(f"{path}:{number}: {len(cells)} columns, expected {width}")
        try:
            found.append((number, _to_term(dict(zip(header, cells, strict=False)), type)))
        except ValueError as exc:
            raise SourceError(f"{path}:{number}: {exc}") from exc
    return found


def _check_header(path: Path, header: tuple[str, ...], type: EntityType | None) -> None:
    if type is not None:
        if header != COLUMNS[type]:
            raise SourceError(f"{path}:1: the header must be {', '.join(COLUMNS[type])}")
        return
    missing = [name for name in ("type", "name") if name not in header]
    unknown = [repr(name) for name in header if name not in USER_COLUMNS]
    if missing:
        raise SourceError(f"{path}:1: no column {' and '.join(missing)} in the header")
    if unknown or len(set(header)) < len(header):
        raise SourceError(
            f"{path}:1: unknown or repeated column {', '.join(unknown)}; known: {', '.join(USER_COLUMNS)}"
        )


def read_user_terms(path: Path) -> list[Term]:
    """The terms of a user's file. Raises `SourceError`."""
    return [term for _, term in read_terms(path)]


def make_term(type: EntityType, cells: Mapping[str, str]) -> Term:
    """A term from cells by column name; raises `SourceError` for a cell that does not fit."""
    try:
        return _to_term(dict(cells), type)
    except ValueError as exc:
        raise SourceError(str(exc)) from exc


def _to_term(cells: dict[str, str], type: EntityType | None) -> Term:
    name = cells["name"].strip()
    if not fold(name):
        raise ValueError("no letter or digit in the name")
    if name.endswith("?"):
        raise ValueError(f"{name!r}: only an alias may need context; write the long form as the name")
    unit = cells.get("unit", "")
    if unit and unit not in UNITS:
        raise ValueError(f"unit {unit!r} is none of {', '.join(sorted(UNITS))}")
    direction = cells.get("direction", "")
    if direction and direction not in DIRECTIONS:
        raise ValueError(f"direction {direction!r} is none of {', '.join(DIRECTIONS)}")
    sure, unsure = split_aliases(cells.get("aliases", ""))
    return Term(
        parse_type(cells["type"]) if type is None else type,
        name,
        sure,
        unsure,
        direction,
        unit,
        cells.get("kind", ""),
        cells.get("domain", ""),
        cells.get("broader", ""),
    )


def parse_type(text: str) -> EntityType:
    """ "Datasets" or "dataset" → `EntityType.DATASET`; raises `ValueError` for anything else."""
    try:
        return EntityType(text.strip().casefold().removesuffix("s"))
    except ValueError:
        raise ValueError(f"type {text!r} is none of {', '.join(EntityType)}") from None


def split_aliases(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """ "CE|xent?" → (("CE",), ("xent",)): the sure aliases and those that need context."""
    if not text:
        return (), ()
    parts = [part.strip() for part in text.split("|")]
    sure = tuple(part for part in parts if part and not part.endswith("?"))
    return sure, tuple(part[:-1] for part in parts if part.endswith("?") and len(part) > 1)


def extend(vocabulary: Vocabulary, path: Path) -> Vocabulary:
    """The vocabulary with a user's file on top.

    A row whose name is known already adds aliases to that term and replaces the cells that it fills in.
    Raises `SourceError` where an alias belongs to another term of the type, or a broader term does not exist.
    """
    terms = {(term.type, fold(term.name)): term for term in vocabulary}
    owners = {(term.type, fold(alias)): fold(term.name) for term in vocabulary for alias in term.aliases}
    owners.update({key: key[1] for key in terms})
    rows = read_terms(path)
    for number, row in rows:
        own = owners.setdefault((row.type, fold(row.name)), fold(row.name))
        old = terms.get((row.type, own))
        for alias in row.aliases:
            owner = owners.setdefault((row.type, fold(alias)), own)
            if owner != own:
                name = terms[row.type, owner].name
                raise SourceError(f"{path}:{number}: alias {alias!r} belongs to {name!r}; write {alias + '?'!r}")
        terms[row.type, own] = row if old is None else merge(old, row)
    for number, row in rows:
        if row.broader and (row.type, fold(row.broader)) not in owners:
            raise SourceError(f"{path}:{number}: no {row.type} is named {row.broader!r} (column broader)")
    return Vocabulary(tuple(terms.values()))


def merge(old: Term, new: Term) -> Term:
    """`old` with the aliases of both and every cell that `new` fills in."""
    return Term(
        old.type,
        old.name,
        _union(old.aliases, new.aliases, old.name),
        _union(old.ambiguous, new.ambiguous, old.name),
        new.direction or old.direction,
        new.unit or old.unit,
        new.kind or old.kind,
        new.domain or old.domain,
        new.broader or old.broader,
    )


def _union(first: Iterable[str], second: Iterable[str], name: str) -> tuple[str, ...]:
    seen = {fold(name)}
    kept: list[str] = []
    for alias in (*first, *second):
        if fold(alias) not in seen:
            seen.add(fold(alias))
            kept.append(alias)
    return tuple(kept)
