"""Names that a paper may speak of: each distinct form with all places where it stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.extract.entities.memory import NOTHING, Match, Memory
from kg.extract.entities.words import BREAK, LONGEST, Letters, Words

Array = NDArray[np.float32]
Counts = Mapping[str, tuple[int, ...]]
LIKELY = -2.75
"""Logarithm of the probability from which a name may begin or end at a word."""
POSSIBLE = -3.0
"""Sum of both logarithms from which a span is a candidate."""


@dataclass(slots=True)
class Candidates:
    """Distinct forms of one paper: row i of everything belongs to `keys[i]`.

    `firsts` and `lasts` are the words at the ends of the places of all forms, one form after the other;
    `offsets[i]` is where those of form i begin, `offsets[-1]` is their number.
    """

    keys: list[str]
    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]
    offsets: NDArray[np.int64]
    partners: dict[str, str] = field(default_factory=dict)
    """Short form's key → long form's key and back."""
    shorts: set[str] = field(default_factory=set)


def propose(
    words: Words, matches: Sequence[Match], boundaries: Array, abbreviations: Mapping[str, str], memory: Memory
) -> Candidates:
    """Candidates from the network's boundaries, from what is known, and from abbreviations."""
    found: dict[str, list[tuple[int, int]]] = {}
    letters = Letters(words.squashed)
    begins, ends = boundaries[:, 0].tolist(), boundaries[:, 1].tolist()
    seen = {key for first, last, key in matches if begins[first] + ends[last] > POSSIBLE}
    known = {key for key in seen if is_known(key, memory, memory.counts)}
    for first, last, key in matches:
        if key in known:
            found.setdefault(key, []).append((first, last))
    partners, shorts = abbreviated(words, letters, abbreviations)
    for key in {*likely_keys(letters, boundaries), *partners}.difference(found):
        if own := [*letters.find(key)]:
            found[key] = own
    keys = sorted(found, key=lambda key: found[key][0])
    places = np.array([place for key in keys for place in found[key]], np.int64).reshape(-1, 2)
    offsets = np.cumsum([0, *(len(found[key]) for key in keys)])
    return Candidates(keys, places[:, 0], places[:, 1], offsets, partners, shorts)


def is_known(key: str, memory: Memory, counts: Counts) -> bool:
    """Whether the vocabulary lists a key or annotated papers have it as an entity often enough to look at it."""
    if key in memory.listed:
        return True
    seen = counts.get(key, NOTHING)
    return 8 * sum(seen[1:]) > sum(seen)


def likely_keys(letters: Letters, boundaries: Array) -> set[str]:
    """Keys of the spans that begin and end where the network sees boundaries; `boundaries` are logarithms, two columns."""
    firsts, lasts = (
        [place for place in np.flatnonzero(column > LIKELY).tolist() if can_end(letters.of(place))]
        for column in boundaries.T
    )
    begins, ends = boundaries[firsts, 0].tolist(), boundaries[lasts, 1].tolist()
    keys: set[str] = set()
    for first, begin in zip(firsts, begins, strict=True):
        at = bisect_left(lasts, first)
        for place in range(at, bisect_left(lasts, first + LONGEST, at)):
            if begin + ends[place] > POSSIBLE:
                keys.add(letters.key(first, lasts[place]))
    return {key for key in keys if BREAK not in key}


def can_end(folded: str) -> bool:
    """Whether a name may begin or end with a word of that folded form: not with punctuation."""
    return bool(folded) and folded != BREAK


def abbreviated(words: Words, letters: Letters, abbreviations: Mapping[str, str]) -> tuple[dict[str, str], set[str]]:
    """Keys of short and long forms as each other's partners, and the keys of the short ones."""
    partners: dict[str, str] = {}
    shorts: set[str] = set()
    for short, long in abbreviations.items():
        ends = [_key_of(words, letters, form) for form in (short, long)]
        if all(ends) and ends[0] != ends[1]:
            partners.setdefault(ends[0], ends[1])
            partners.setdefault(ends[1], ends[0])
            shorts.add(ends[0])
    return partners, shorts


def _key_of(words: Words, letters: Letters, form: str) -> str:
    at = words.text.find(form)
    first = bisect_left(words.starts, at)
    last = bisect_right(words.ends, at + len(form)) - 1
    return letters.key(first, last).replace(BREAK, "") if 0 <= first <= last and last - first < LONGEST else ""
