"""The journal of a graph: what each build read for the first time, changed and took out.

    journal/N.jsonl     of generation N: a line on the build, then a line a paper

A line of a paper: `{"paper", "change": "read"}`, or with the facts that are gone and that have come
`{"paper", "title", "published", "change": "changed" | "removed", "why", "gone": […], "come": […]}`.
The build that begins a graph has its own line only: all that it read is the graph's beginning.

The journal is of this directory: it is no part of the graph that is exported or loaded, because the same papers must
give the same graph whenever they are read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from kg.catalog import Catalog, compare_catalogs
from kg.errors import GraphError
from kg.graph.difference import Fact, difference, facts_of
from kg.graph.directory import GraphDirectory, write_atomically
from kg.model import Record

_WHY = {"text": "text revised", "version": "read by another version of kg", "names": "names or corrections"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one build did to one paper; `change` is "read", "changed" or "removed"."""

    at: str
    paper: str
    change: str
    title: str = ""
    published: str | None = None
    why: str = ""
    """What made the facts change: the text, the version of kg, or other papers and corrections."""
    gone: tuple[Fact, ...] = ()
    come: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Journal:
    """Entries of all builds that are published, oldest first.

    `begins` is the time of the build from which on it is complete; None where the graph keeps none yet.
    """

    entries: tuple[Entry, ...]
    begins: str | None


def write_journal(directory: GraphDirectory, generation: int, previous: int) -> None:
    """Compare the catalogs of two generations and write the journal of the later one; previous 0: there is none.

    A journal counts once its generation is published; one that a killed build left is written anew.
    """
    folder = directory.path / "journal"
    folder.mkdir(exist_ok=True)
    for file in folder.glob("*.jsonl"):
        if _number(file) >= generation:
            file.unlink()
    old, new = (directory.view("catalog", number) for number in (previous, generation))
    changes = _changes(old, new) if previous and old.is_file() else None
    head = {"at": _now(), "generation": generation, "compared": changes is not None}
    text = b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in (head, *(changes or ())))
    write_atomically(folder / f"{generation}.jsonl", text.decode())


def read_journal(directory: GraphDirectory, generation: int, *, since: str = "") -> Journal:
    """The journal up to a generation; entries from a day on only (ISO date or its beginning)."""
    files = sorted((directory.path / "journal").glob("*.jsonl"), key=_number)
    entries: list[Entry] = []
    begins: str | None = None
    for file in files:
        if _number(file) > generation:
            continue
        lines = _lines(file)
        head = next(lines, {})
        at = str(head.get("at", ""))
        if begins is None or not head.get("compared"):
            begins = at
        if at >= since:
            entries += (_to_entry(at, line) for line in lines)
    return Journal(tuple(entries), begins)


def _changes(old: Path, new: Path) -> list[dict[str, Any]] | None:
    """Lines of what differs; None where the earlier catalog cannot be read: the graph begins anew then."""
    try:
        read, changed, removed = compare_catalogs(old, new)
        with closing(Catalog(old)) as before, closing(Catalog(new)) as after:
            return [
                *({"paper": paper, "change": "read"} for paper in read),
                *_changed(_records(before, changed), _records(after, changed)),
                *(_line(record, "removed", "", facts_of(record), []) for record in _records(before, removed)),
            ]
    except GraphError:
        return None


def _records(catalog: Catalog, papers: Iterable[str]) -> Iterator[Record]:
    return (record for paper in papers if (record := catalog.record(paper)) is not None)


def _changed(before: Iterable[Record], after: Iterable[Record]) -> Iterator[dict[str, Any]]:
    for old, new in zip(before, after, strict=True):
        gone, come = difference(facts_of(old), facts_of(new))
        if gone or come:
            yield _line(new, "changed", _why(old, new), gone, come)


def _line(record: Record, change: str, why: str, gone: list[Fact], come: list[Fact]) -> dict[str, Any]:
    paper = record.paper
    return {
        "paper": paper.id,
        "title": paper.title,
        "published": paper.published or (str(paper.year) if paper.year else None),
        "change": change,
        "why": why,
        "gone": gone,
        "come": come,
    }


def _why(old: Record, new: Record) -> str:
    if old.paper.text_hash != new.paper.text_hash:
        return _WHY["text"]
    return _WHY["version" if old.extractor != new.extractor else "names"]


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    try:
        with file.open("rb") as lines:
            yield from map(orjson.loads, lines)
    except (OSError, ValueError) as exc:
        raise GraphError(f"{file}: damaged journal: {exc}; delete the file, the graph does not need it") from exc


def _to_entry(at: str, line: dict[str, Any]) -> Entry:
    known = {name: value for name, value in line.items() if name in Entry.__dataclass_fields__}
    gone, come = (tuple(known.pop(name, ())) for name in ("gone", "come"))
    return Entry(**{**known, "at": at, "gone": gone, "come": come})


def _number(file: Path) -> int:
    return int(file.stem) if file.stem.isdecimal() else 0


def _now() -> str:
    """The time in UTC, to the second; `SOURCE_DATE_EPOCH` stands for it where builds must be the same byte by byte."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(fixed), UTC) if fixed.isdecimal() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
