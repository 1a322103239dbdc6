"""JSON Lines, JSON, CSV and TSV with a title and an abstract in each row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any, ClassVar

import orjson

from kg.model import Paper, SourceRef
from kg.sources.fields import has_columns, to_paper
from kg.sources.input import Input

_LISTS = ("papers", "data", "records", "results", "items")
_HOLDER = re.compile(rf'\s*{{\s*"(?:{"|".join(_LISTS)})"\s*:\s*\[')


class JsonlSource:
    """One JSON object a line: papers, gold annotation, or records read back as papers."""

    name: ClassVar[str] = "jsonl"

    def __init__(self, data: Input) -> None:
        self._data = data

    @classmethod
    def sniff(cls, file_name: str, head: str) -> float:
        """By the name, or by a first line that is a JSON object of its own."""
        first = head.lstrip().split("\n", 1)[0].rstrip()
        whole = first.startswith("{") and first.endswith("}") and len(first) > 2
        return 0.6 if whole else 0.5 * file_name.endswith((".jsonl", ".ndjson"))

    def papers(self) -> Iterator[Paper]:
        """Each line that holds a paper; others are skipped with a warning."""
        position = 0
        for number, line in self._data.lines():
            if not line.strip():
                continue
            try:
                row = orjson.loads(line)
            except ValueError:
                self._data.problems.skip(self._data.shown, number, "not valid JSON")
                continue
            paper = _row_to_paper(self._data, row, number, SourceRef(self.name, self._data.name, position))
            position += 1
            if paper:
                yield paper


class JsonSource:
    """One JSON document: a list of papers, or an object that holds such a list."""

    name: ClassVar[str] = "json"

    def __init__(self, data: Input) -> None:
        self._data = data

    @classmethod
    def sniff(cls, file_name: str, head: str) -> float:
        """By a list at the start, alone or in an object, or by the name."""
        if _HOLDER.match(head):
            return 0.65
        return 0.55 if head.lstrip()[:1] == "[" else 0.5 * file_name.endswith(".json")

    def papers(self) -> Iterator[Paper]:
        """Each paper of the list; raises `SourceError` where the document does not parse."""
        try:
            document = orjson.loads(self._data.text())
        except orjson.JSONDecodeError as exc:
            raise self._data.fail(f"not valid JSON: {exc.msg}", exc.lineno) from exc
        for position, row in enumerate(_rows(document)):
            # Line numbers are lost in a parsed document, so the message counts entries.
            paper = _row_to_paper(self._data, row, position + 1, SourceRef(self.name, self._data.name, position))
            if paper:
                yield paper


class CsvSource:
    """Comma-separated values with a header row."""

    name: ClassVar[str] = "csv"
    delimiter: ClassVar[str] = ","

    def __init__(self, data: Input) -> None:
        self._data = data

    @classmethod
    def sniff(cls, file_name: str, head: str) -> float:
        """By a header that names a title and an abstract, or by the name."""
        header = head.split("\n", 1)[0].replace('"', "").split(cls.delimiter)
        return 0.8 if has_columns(header) else 0.5 * file_name.endswith(f".{cls.name}")

    def papers(self) -> Iterator[Paper]:
        """Each row that holds a paper."""
        position = 0
        header: list[str] = []
        for number, cells in self._rows():
            if not header:
                header = cells
                if not has_columns(header):
                    raise self._data.fail(f"no columns for title and abstract among: {', '.join(header)[:200]}", number)
                continue
            row = dict(zip(header, cells, strict=False))
            paper = _row_to_paper(self._data, row, number, SourceRef(self.name, self._data.name, position))
            position += 1
            if paper:
                yield paper

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        lines = (text + "\n" for _, text in self._data.lines())
        reader = csv.reader(lines, delimiter=self.delimiter)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as exc:
                self._data.problems.skip(self._data.shown, reader.line_num, f"not a row: {exc}")
                continue
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells


class TsvSource(CsvSource):
    """Tab-separated values with a header row."""

    name: ClassVar[str] = "tsv"
    delimiter: ClassVar[str] = "\t"


def _rows(document: Any) -> list[Any]:
    if isinstance(document, dict):
        found = next((document[key] for key in _LISTS if isinstance(document.get(key), list)), None)
        return [document] if found is None else found
    if isinstance(document, list):
        return document
    return []


def _row_to_paper(data: Input, row: Any, line: int, source: SourceRef) -> Paper | None:
    paper = to_paper(row, source) if isinstance(row, dict) else "not a JSON object"
    if isinstance(paper, str):
        data.problems.skip(data.shown, line, paper)
        return None
    return paper
