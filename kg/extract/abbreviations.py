"""Abbreviations that a text defines: "Landmark-Aware Net (LA-Net)", "DBMs (deep Boltzmann machines)".

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text",
Pacific Symposium on Biocomputing 2003: the letters of the short form are found from right to left in the words
before the parenthesis; the first letter must start a word. Words whose initials are the letters come first.
"""

from __future__ import annotations

import re

from kg.extract.markup import plain_text

_PARENTHESIS = re.compile(r"[\s~]\(([^()\n]{2,90})\)")
_SHORT = re.compile(r"[A-Za-z0-9α-ωΑ-Ω][\w.&/+*$^{}\\-]{0,14}s?$")
_STOP = re.compile(r"[.,;:()!?]\s|\n")
_WORD = re.compile(r"[^\W_]+")
_JOINS = frozenset(["of", "for", "and", "in", "the", "on", "to", "with", "by", "from", "a", "an", "as", "or", "via"])


def find_abbreviations(text: str) -> dict[str, str]:
    """Short form → long form, both as they stand in `text`; the first definition of a short form counts."""
    found: dict[str, str] = {}
    for match in _PARENTHESIS.finditer(text):
        inner = re.split(r"[;,] (?=[a-z])", match[1])[0].strip()
        before = _words_before(text, match.start())
        short, long = inner, _find_long(inner, before)
        if long is None:
            short, long = _reversed(inner, before)
        if long is not None and short not in found and short.casefold() != long.casefold():
            found[short] = long
    return found


def is_short_form(text: str) -> bool:
    """Whether a string has the look of an abbreviation: short, a capital in it, at most two words."""
    plain = plain_text(text)
    return (
        2 <= len(plain) <= 14
        and len(plain.split()) <= 2
        and bool(_SHORT.match(text.split()[-1]))
        and sum(c.isupper() for c in plain) >= 1
        and any(c.isalpha() for c in plain)
    )


def _words_before(text: str, end: int) -> str:
    window = text[max(0, end - 120) : end]
    stops = list(_STOP.finditer(window))
    return window[stops[-1].end() :] if stops else window


def _find_long(short: str, before: str) -> str | None:
    if not is_short_form(short):
        return None
    letters = [c.casefold() for c in plain_text(short) if c.isalnum()]
    if len(letters) > 2 and letters[-1] == "s" and plain_text(short)[-2:-1].isupper():
        letters.pop()
    start = _by_initials(letters, before)
    if start is None:
        start = _align(letters, before)
    if start is None:
        return None
    long = before[start:].strip()
    words = long.split()
    most = min(len(letters) + 5, len(letters) * 2)
    if len(words) > most or len(long) <= len(short) or words[0].casefold() in _JOINS:
        return None
    return long


def _by_initials(letters: list[str], before: str) -> int | None:
    """Where the last words of `before` start whose initials are the letters; words such as "of" may be left out.

    Tried first, because the nearest letters are not always the right ones: "self-supervised learning (SSL)".
    """
    words = [(match.start(), match[0].casefold()) for match in _WORD.finditer(before)]
    place = len(words) - 1
    for letter in reversed(letters):
        while place >= 0 and words[place][1] in _JOINS and words[place][1][0] != letter:
            place -= 1
        if place < 0 or words[place][1][0] != letter:
            return None
        place -= 1
    start = words[place + 1][0]
    return start if start == 0 or before[start - 1] not in "-–/" else None


def _align(letters: list[str], before: str) -> int | None:
    """Where the long form starts in `before`: letters matched from the right, the first at a word's start."""
    place = len(before) - 1
    lower = before.casefold()
    if len(lower) != len(before):
        return None
    for index in range(len(letters) - 1, -1, -1):
        while place >= 0 and (
            lower[place] != letters[index] or (index == 0 and place > 0 and lower[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return None
        place -= 1
    return place + 1


def _reversed(inner: str, before: str) -> tuple[str, str | None]:
    """ "LA-Net (Landmark-Aware Net)": the long form stands in the parenthesis."""
    words = before.split()
    if not words or len(inner.split()) < 2 or not is_short_form(words[-1]):
        return inner, None
    long = _find_long(words[-1], " " + inner)
    return (words[-1], long) if long == inner else (inner, None)
