"""What a source is, and how the right one is found for an input."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import ClassVar, Protocol

from kg.errors import SourceError
from kg.model import Paper
from kg.sources.input import Input
from kg.sources.problems import Problems

GROUP = "kg.sources"
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I)


class Source(Protocol):
    """Papers from one input. `papers` may be called once; it reports through `input.problems`."""

    name: ClassVar[str]

    def __init__(self, data: Input) -> None: ...

    @classmethod
    def sniff(cls, file_name: str, head: str) -> float:
        """How sure it is that this is its format: 0 (no) to 1. `file_name` is in lower case, without ".gz"."""
        ...

    def papers(self) -> Iterator[Paper]:
        """Each readable entry in order; raises `SourceError` where nothing can be read."""
        ...


class OpenedSource:
    """A source that has found its input; refuses to end without one paper."""

    def __init__(self, source: Source, data: Input) -> None:
        self.name = source.name
        self._source = source
        self._data = data

    def papers(self) -> Iterator[Paper]:
        """The papers in order; raises `SourceError` (one line, file and line) where there is not one."""
        before = len(self._data.problems.messages)
        empty = True
        try:
            for paper in self._source.papers():
                empty = False
                yield paper
        finally:
            self._data.close()
        if empty:
            first = self._data.problems.messages[before : before + 1]
            raise SourceError(first[0] if first else f"{self._data.shown}:1: no papers found (read as {self.name})")


def source_names() -> list[str]:
    """The names of all installed formats, sorted."""
    return sorted(point.name for point in entry_points(group=GROUP))


def open_source(path: str, format: str | None = None, *, problems: Problems | None = None) -> OpenedSource:
    """The source for a file ("-": standard input), by format name or by looking at its name and content.

    Raises `SourceError` for a missing, empty or binary file, a web page, or a format that cannot be told.
    """
    data = Input(path, Problems() if problems is None else problems)
    try:
        return _open(data, format)
    except SourceError:
        data.close()
        raise


def _open(data: Input, format: str | None) -> OpenedSource:
    head = data.head()
    if not head.strip():
        raise data.fail("empty")
    if b"\0" in head[:4096] and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise data.fail("a binary file, not text")
    if _HTML.match(data.head_text()):
        raise data.fail("an HTML page, not a list of papers; save the page as text")
    return OpenedSource(_source_class(data, format)(data), data)


def _source_class(data: Input, format: str | None) -> type[Source]:
    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    if format is not None:
        for point in points:
            if point.name == format:
                return _load(point.load())
        raise SourceError(f"{format!r} is not a format; choose one of {', '.join(p.name for p in points)}")
    file_name = data.name.lower().removesuffix(".gz")
    classes = [_load(point.load()) for point in points]
    best = max(classes, key=lambda one: one.sniff(file_name, data.head_text()), default=None)
    if best is None or best.sniff(file_name, data.head_text()) <= 0:
        raise data.fail(f"cannot tell its format; name one of {', '.join(p.name for p in points)}")
    return best


def _load(found: type[Source]) -> type[Source]:
    return found
