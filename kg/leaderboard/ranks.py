"""Ranks as in sports: ties share a rank, and the next rank is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.leaderboard.model import Result


def ranked(results: Sequence[Result], higher: bool, *, numbered: bool) -> tuple[Result, ...]:
    """Results with the best first, those that tie in the order of their dates; with ranks where `numbered`."""
    sign = -1 if higher else 1
    ordered = sorted(results, key=lambda r: (sign * r.worst(higher), r.published or "9999", r.paper, r.claim))
    if not numbered:
        return tuple(ordered)
    values = [result.worst(higher) for result in ordered]
    count = Counter(values)
    first: dict[float, int] = {}
    for place, value in enumerate(values, start=1):
        first.setdefault(value, place)
    return tuple(
        replace(result, rank=first[value], tied=count[value] > 1) for result, value in zip(ordered, values, strict=True)
    )
