"""Whether the paper presents a method or a dataset, or only uses it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_VERB = r"(?:propos|present|introduc|develop|describ|design|releas|contribut|construct|creat|build|built|devis|formulat|publish|unveil|provid|offer|collect|curat)\w*"
_BEFORE = re.compile(
    rf"\b(?:we|this (?:paper|work|article|study|survey)|the authors?|I|here)\b[^.;]{{0,60}}?\b{_VERB}\b[^.;:]{{0,110}}$|"
    r"\b(?:called|named|dubbed|termed|coined|namely|denoted(?: as)?|referred to as|call(?: it)?|name(?: it)?|our|ours,)(?: (?:the|a|an|new|novel|proposed|method|model|framework|system|benchmark|dataset|approach))*[\s\"“‘`'{\\a-z]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s}\"”')]*(?:,| is| \([\w -]+\),?)? ?(?:an?|the first|our) (?:[\w-]+ ){0,6}?(?:novel|new|simple|framework|method|model|approach|benchmark|dataset|algorithm|system|architecture)\b"
)
_TITLE_AFTER = re.compile(r"[})\"”]*:")


def is_introduced(text: str, title_end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether any mention (a span of `text`) stands where papers name their own: the title's head, "we propose X"."""
    return any(_presents(text, title_end, start, end) for start, end in spans)


def _presents(text: str, title_end: int, start: int, end: int) -> bool:
    if end <= title_end:
        return start <= 4 and bool(_TITLE_AFTER.match(text, end))
    before = text[max(title_end, start - 200) : start]
    return bool(
        _BEFORE.search(before.rsplit(". ", 1)[-1]) or (_AFTER.match(text, end) and " using " not in before[-30:])
    )
