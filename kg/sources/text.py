"""Pure helpers on text: cleaning, ids and dates."""

from __future__ import annotations

import datetime
import hashlib
import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NO_LETTER = re.compile(r"[\W_]+")
_ARXIV = re.compile(
    r"(?:https?://arxiv\.org/(?:abs|pdf)/|arxiv:)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?",
    re.I,
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)", re.I)
_SCHEME = re.compile(r"[a-z][a-z0-9+-]*:\S+")
_HASH = re.compile(r"[0-9a-f]{10}")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.]{_DAY}(?:[T ].*)?",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"(?:[A-Za-z]{{3,9}}, )?{_DAY} {_MONTH},? {_YEAR}(?: \d.*)?",
        rf"{_YEAR}[ /-]{_MONTH}[ /-]{_DAY}",
    )
)
_BARE_YEAR = re.compile(r"(?:.*\D)?((?:1[89]|2[01])\d{2})(?:\D.*)?", re.S)


def clean(text: str) -> str:
    """The text without characters that JSON, XML or RDF cannot hold, or that steer a terminal; each becomes one space."""
    return _CONTROL.sub(" ", text)


def unwrap(text: str) -> str:
    """One line, single spaces: for formats whose line breaks are only layout."""
    return " ".join(clean(text).split())


def fold_title(title: str) -> str:
    """The title's letters and digits in lower case, by which papers without an id are told apart."""
    return _NO_LETTER.sub("", clean(title).lower())


def title_id(title: str) -> str:
    """The id of a paper that is known by its title only."""
    return "title:" + hashlib.sha1(fold_title(title).encode(), usedforsecurity=False).hexdigest()[:10]


def text_id(abstract: str) -> str:
    """The id of a paper whose title is missing."""
    return "text:" + hashlib.sha1(fold_title(abstract).encode(), usedforsecurity=False).hexdigest()[:10]


def arxiv_id(text: str) -> str | None:
    """`arxiv:2306.13649` from any usual spelling (URL, version suffix), else None."""
    match = _ARXIV.fullmatch(text.strip())
    return f"arxiv:{match[1]}" if match else None


def doi_id(text: str) -> str | None:
    """`doi:10.…` in lower case from any usual spelling, else None."""
    match = _DOI.fullmatch(text.strip())
    return f"doi:{clean(match[1]).lower()}" if match else None


def paper_id(given: str | None, title: str, abstract: str) -> str:
    """The contract's id: what the source gives where it is one, else from the title, else from the abstract.

    A bare arXiv number, DOI or hash of the title gets its scheme; another id is kept as it is.
    """
    derived = title_id(title) if fold_title(title) else text_id(abstract)
    bare = "".join(clean(given or "").split())
    if not bare or (_HASH.fullmatch(bare) and derived == f"title:{bare}"):
        return derived
    return arxiv_id(bare) or doi_id(bare) or (bare if _SCHEME.fullmatch(bare) else f"id:{bare}")


def parse_date(text: str | None) -> tuple[str | None, int | None]:
    """(ISO date, year) from a date in any usual spelling; (None, year) or (None, None) where less is said."""
    words = " ".join((text or "").split())[:80]
    for pattern in _DATES:
        match = pattern.fullmatch(words)
        found = _to_date(match) if match else None
        if found:
            return found.isoformat(), found.year
    year = _BARE_YEAR.fullmatch(words)
    return None, int(year[1]) if year else None


def _to_date(match: re.Match[str]) -> datetime.date | None:
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS.get(month[:3].lower(), 0)
    try:
        return datetime.date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None
