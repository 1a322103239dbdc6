"""Slips of the fingers: which word or name was meant."""

from __future__ import annotations

from kg.ask.words import GRAMMAR


def is_slip(typed: str, known: str) -> bool:
    """Whether one is the other with a slip or two of the fingers; digits must be the same."""
    from rapidfuzz.distance import OSA

    if [c for c in typed if c.isdigit()] != [c for c in known if c.isdigit()]:
        return False
    most = 1 if min(len(typed), len(known)) < 8 else 2
    return 0 < OSA.distance(typed, known, score_cutoff=most) <= most or typed == known


def slip_of_word(word: str) -> str | None:
    """The word of the grammar that `word` is a misspelling of."""
    from rapidfuzz.distance import OSA

    if len(word) < 5 or not word.isalpha():
        return None
    near = [known for known in GRAMMAR if len(known) >= 5 and OSA.distance(word, known, score_cutoff=1) <= 1]
    if not near and len(word) >= 8:
        near = [known for known in GRAMMAR if len(known) >= 8 and OSA.distance(word, known, score_cutoff=2) <= 2]
    near = [known for known in near if known[0] in word[:2]]
    return min(near, key=lambda known: (known[:1] != word[:1], abs(len(known) - len(word)), known)) if near else None
