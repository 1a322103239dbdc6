"""The Hugging Face daily-papers page, saved as text.

The page is a run of entries: a title, an abstract of one or more paragraphs, and on some layouts lines with the
number of authors, the date and the votes. Blank lines may stand between all of them or nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from kg.model import Paper, SourceRef
from kg.sources.input import Input
from kg.sources.text import clean, paper_id, parse_date

MAX_TITLE = 300
"""Code points; titles on arXiv seldom pass 200, abstracts seldom fall below 300."""
MAX_ABSTRACT = 2000
"""arXiv takes abstracts of up to 1,920 characters, so two blocks that pass this together are two papers."""

_MARK = "get trending papers in your email inbox"
_FURNITURE = re.compile(
    r"new|trending papers|daily papers|subscribe|by ?ak and the research community"
    r"|get trending papers in your email inbox(?: once a day)?!?|[·•]|previous|next",
    re.I,
)
_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATE = re.compile(rf"((?:{_MONTH})[a-z]* \d{{1,2}}(?:, \d{{4}})?)(?:\s+\d+)?")
_AUTHORS = re.compile(r"[•·]?\s*([\d,]+) authors?")
_VOTES = re.compile(r"\d{1,6}")
_GLUED = re.compile(r"Subscribe(?=\S)")
_SENTENCE_END = re.compile(r"[.!?:;]['\")\]]*$|https?://\S+$")


@dataclass(slots=True)
class _Entry:
    line: int
    title: str = ""
    paragraphs: list[str] = field(default_factory=list)
    author_count: int | None = None
    date: str | None = None

    @property
    def abstract(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def closed(self) -> bool:
        """Whether a line after the abstract was seen: what follows is another entry."""
        return self.author_count is not None or self.date is not None


class HfPageSource:
    """Papers of a daily-papers page in any of its layouts."""

    name: ClassVar[str] = "hf-page"

    def __init__(self, data: Input) -> None:
        self._data = data

    @classmethod
    def sniff(cls, file_name: str, head: str) -> float:
        """Certain where the page's invitation to subscribe stands near the top."""
        return 1.0 if _MARK in head[:2000].lower() and file_name else 0.0

    def papers(self) -> Iterator[Paper]:
        """Each entry that has an abstract; one without is skipped with a warning."""
        position = 0
        entry: _Entry | None = None
        for entry in _entries(self._data.lines()):
            if not entry.paragraphs:
                self._data.problems.skip(self._data.shown, entry.line, "a title without an abstract")
                continue
            if not entry.title:
                self._data.problems.warn(self._data.shown, entry.line, "an abstract without a title; kept untitled")
            yield self._to_paper(entry, position)
            position += 1
        if entry is not None and entry.paragraphs and not entry.closed and not _SENTENCE_END.search(entry.abstract):
            message = "the last abstract breaks off; the file may be cut short"
            self._data.problems.warn(self._data.shown, entry.line, message)

    def _to_paper(self, entry: _Entry, position: int) -> Paper:
        published, year = parse_date(entry.date)
        return Paper(
            id=paper_id(None, entry.title, entry.abstract),
            title=entry.title,
            abstract=entry.abstract,
            source=SourceRef(self.name, self._data.name, position),
            published=published,
            year=year,
            author_count=entry.author_count,
        )


def _entries(lines: Iterator[tuple[int, str]]) -> Iterator[_Entry]:
    """Group lines into entries; short lines wait until what follows them is known."""
    current: _Entry | None = None
    waiting: list[tuple[int, str]] = []
    for number, raw in lines:
        text = clean(raw).strip()
        if current is None:
            text = _GLUED.sub("", text, count=1)
        if not text or _FURNITURE.fullmatch(text):
            continue
        if _DATE.fullmatch(text) or _AUTHORS.fullmatch(text) or _VOTES.fullmatch(text):
            if current is not None:
                finished, current = _close(current, waiting)
                yield from finished
                waiting = []
                _add_detail(current, text)
        elif len(text) <= MAX_TITLE:
            waiting.append((number, text))
            if current is None:
                current = _Entry(number)
        else:
            finished, current = _place_abstract(current, waiting, number, text)
            yield from finished
            waiting = []
    if current is not None:
        yield from _finish(current, waiting)


def _place_abstract(
    current: _Entry | None, waiting: list[tuple[int, str]], number: int, text: str
) -> tuple[list[_Entry], _Entry]:
    """Decide whose a long block is: the last waiting line's, the current entry's, or an untitled paper's."""
    if waiting:
        *earlier, (line, title) = waiting
        done = [] if current is None else list(_finish(current, earlier))
        return done, _Entry(line, title, [text])
    if current is None or current.closed or len(current.abstract) + len(text) > MAX_ABSTRACT:
        return ([] if current is None else [current]), _Entry(number, "", [text])
    current.paragraphs.append(text)
    return [], current


def _finish(current: _Entry, waiting: list[tuple[int, str]]) -> Iterator[_Entry]:
    """The entry and the entries that waiting lines make; a line that ends as a sentence is text, not a title."""
    entries = [current] if current.paragraphs else []
    for number, text in waiting:
        if entries and not entries[-1].closed and _SENTENCE_END.search(text):
            entries[-1].paragraphs.append(text)
        else:
            entries.append(_Entry(number, text))
    yield from entries


def _close(current: _Entry, waiting: list[tuple[int, str]]) -> tuple[list[_Entry], _Entry]:
    """A detail line ends an entry, so the short lines before it were its text, or its title and text."""
    if waiting and (current.closed or not current.paragraphs):
        done = [current] if current.paragraphs else []
        (line, title), *rest = waiting
        return done, _Entry(line, title, [text for _, text in rest])
    current.paragraphs.extend(text for _, text in waiting)
    return [], current


def _add_detail(current: _Entry, text: str) -> None:
    if match := _AUTHORS.fullmatch(text):
        current.author_count = int(match[1].replace(",", "") or 0)
    elif match := _DATE.fullmatch(text):
        current.date = match[1]
