"""Sentences of abstracts: where a full stop ends one, and where it belongs to "et al.", "Fig. 3" or a number."""

from __future__ import annotations

import re

_END = re.compile(r"(?:[.!?]+[\"”’')\]}]*|[.!?]+\$)(?=\s+)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|et al|etc|resp|approx|w\.r\.t|a\.k\.a|viz|Fig|Figs|Eq|Eqs|Sec|Tab|Ref|Refs|No|Nos|Dr|Prof|St|incl"
    r"|ca|al|Vol|pp|Alg|Thm|Def|Prop)|\b[A-Z])\.$"
)
_GOES_ON = re.compile(r"[a-z,;:)\]]")
_MAY_END = re.compile(r"(?:et al|etc)\.$")
LONGEST = 2000
"""Characters; what goes on longer without an end is cut between words. No sentence of 20,000 abstracts has as many."""


def split_sentences(text: str, title_end: int) -> list[tuple[int, int]]:
    """Spans of sentences in order, without outer white space; the first is the title (where there is one)."""
    spans: list[tuple[int, int]] = []
    _add(spans, text, 0, title_end)
    start = title_end
    for match in _END.finditer(text, title_end):
        if _ends_here(text, start, match):
            _add(spans, text, start, match.end())
            start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 12].lstrip()
    if not after:
        return True
    if match[0][0] != ".":
        return not _GOES_ON.match(after)
    before = text[max(start, match.start() - 14) : match.start() + 1]
    if _ABBREVIATION.search(before):
        return bool(_MAY_END.search(before)) and after[0].isupper()
    # A sentence may start with a lower-case name ("iCaRL is …"), a plain lower-case word goes on.
    return not _GOES_ON.match(after) or any(c.isupper() or c.isdigit() for c in after.split()[0])


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    while right - left > LONGEST:
        cut = max(text.rfind(" ", left, left + LONGEST), text.rfind("\n", left, left + LONGEST))
        cut = cut if cut > left else left + LONGEST
        spans.append((left, left + len(text[left:cut].rstrip())))
        left = cut
        while text[left].isspace():
            left += 1
    if left < right:
        spans.append((left, right))
