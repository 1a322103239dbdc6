"""arXiv's metadata snapshot: one JSON object a line. LaTeX is kept, line breaks are layout and go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

import orjson

from kg.model import Paper, SourceRef
from kg.sources.input import Input
from kg.sources.text import arxiv_id, parse_date, unwrap

_NESTED = re.compile(r"\([^()]*\)")
_BETWEEN = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*;\s*|\s*:\s+")


class ArxivSource:
    """Papers of the snapshot that arXiv publishes, whole or cut down."""

    name: ClassVar[str] = "arxiv"

    def __init__(self, data: Input) -> None:
        self._data = data

    @classmethod
    def sniff(cls, file_name: str, head: str) -> float:
        """By the snapshot's own keys in the first line."""
        first = head.lstrip().split("\n", 1)[0]
        return 0.9 * (first.startswith("{") and '"categories"' in first and '"update_date"' in first)

    def papers(self) -> Iterator[Paper]:
        """Each line with an id and an abstract; others are skipped with a warning."""
        position = 0
        for number, line in self._data.lines():
            if not line.strip():
                continue
            try:
                row = orjson.loads(line)
                paper = _to_paper(row, SourceRef(self.name, self._data.name, position))
            except (ValueError, KeyError, TypeError, AttributeError):
                self._data.problems.skip(self._data.shown, number, "not an entry of the arXiv snapshot")
                continue
            position += 1
            yield paper


def parse_authors(text: str) -> tuple[str, ...]:
    """Names from arXiv's author line, without affiliations in (nested) parentheses."""
    before = ""
    while before != text:
        before, text = text, _NESTED.sub(" ", text)
    names = (" ".join(part.split()) for part in _BETWEEN.split(text.split("(", 1)[0]))
    return tuple(name for name in names if name)


def _to_paper(row: dict[str, Any], source: SourceRef) -> Paper:
    identifier = arxiv_id(row["id"])
    title, abstract = unwrap(row["title"]), unwrap(row["abstract"])
    if identifier is None or not abstract:
        raise ValueError(row["id"])
    published, year = parse_date(_first_version(row) or row.get("update_date"))
    parsed = row.get("authors_parsed")
    names = (
        tuple(" ".join(f"{first} {last} {suffix}".split()) for last, first, suffix, *_ in parsed)
        if parsed
        else parse_authors(unwrap(row.get("authors") or ""))
    )
    return Paper(identifier, title, abstract, source, published, year, names or None, len(names) or None)


def _first_version(row: dict[str, Any]) -> str | None:
    versions = row.get("versions")
    return str(versions[0]["created"]) if versions else None
