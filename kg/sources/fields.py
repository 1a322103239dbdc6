"""Papers from mappings of field names to values, in the usual spellings of many exports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kg.model import Paper, SourceRef
from kg.sources.text import clean, paper_id, parse_date

_ID = ("id", "paper_id", "paperid", "arxiv_id", "arxivid", "arxiv", "eprint", "doi", "acl_id", "pmid")
_TITLE = ("title", "paper_title", "name", "ti", "article title")
_ABSTRACT = ("abstract", "summary", "paper_abstract", "abstracttext", "abstract note", "ab", "text")
_DATE = (
    "published",
    "date",
    "publication_date",
    "publicationdate",
    "publishedat",
    "update_date",
    "year",
    "publication year",
)
_AUTHORS = ("authors", "author", "au", "author full names")
_COUNT = ("author_count", "num_authors", "n_authors")
_PREFIX = {"acl_id": "acl:", "pmid": "pmid:", "doi": "doi:"}
_SPLIT = re.compile(r"\s*;\s*|\s+and\s+")

Fields = Mapping[str, Any]


def to_paper(raw: Fields, source: SourceRef) -> Paper | str:
    """The paper, or in one phrase what is missing. Title and abstract stay as they are but for control characters."""
    inner = raw.get("paper")
    fields = {str(key).strip().lower(): value for key, value in (inner if isinstance(inner, dict) else raw).items()}
    title, abstract = _text(fields, _TITLE), _text(fields, _ABSTRACT)
    if not abstract.strip():
        return "no abstract"
    if not title.strip() and not _text(fields, _ID).strip():
        return "no title and no id"
    published, year = parse_date(_text(fields, _DATE))
    authors = split_authors(next((fields[name] for name in _AUTHORS if fields.get(name)), None))
    return Paper(
        id=paper_id(_given_id(fields), title, abstract),
        title=title,
        abstract=abstract,
        source=source,
        published=published,
        year=year,
        authors=authors,
        author_count=len(authors) if authors else _count(fields),
    )


def has_columns(names: Sequence[str]) -> bool:
    """Whether column names include a title and an abstract."""
    lower = {name.strip().lower() for name in names}
    return bool(lower & set(_TITLE)) and bool(lower & set(_ABSTRACT))


def split_authors(value: object) -> tuple[str, ...] | None:
    """Names from a list of strings or of objects with a name, or from one string; None where there are none."""
    if isinstance(value, str):
        parts: list[object] = list(_SPLIT.split(value))
        if len(parts) == 1 and value.count(",") > 1:
            parts = list(value.split(","))
    else:
        parts = list(value) if isinstance(value, list) else []
    names = [part.get("name") if isinstance(part, dict) else part for part in parts]
    kept = tuple(" ".join(clean(name).split()) for name in names if isinstance(name, str) and name.strip())
    return kept or None


def _text(fields: Fields, names: Sequence[str]) -> str:
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return clean(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def _given_id(fields: Fields) -> str | None:
    for name in _ID:
        value = _text(fields, (name,)).strip()
        if value:
            prefix = _PREFIX.get(name, "")
            return value if value.lower().startswith((prefix or "\n", "http")) else prefix + value
    return None


def _count(fields: Fields) -> int | None:
    digits = _text(fields, _COUNT)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else None
