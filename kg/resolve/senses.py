"""Which of several things a short form means: by its definitions, else by the company it keeps in a paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import log

from kg.resolve.forms import is_same_wording
from kg.resolve.unit import Unit

MARGIN = log(4)
"""How much likelier than the next a meaning must be."""
USED_MUCH = 5
"""Papers."""


def join_wordings(keys: Iterable[str], units: Mapping[str, Unit]) -> dict[str, str]:
    """Meanings whose long forms differ in the ends of words only, as one: key → key of the most used."""
    ordered = sorted(keys, key=lambda key: (units[key].term is None, -units[key].papers, key))
    chosen: dict[str, str] = {}
    for key in ordered:
        same = (other for other in dict.fromkeys(chosen.values()) if is_one_wording(units[key], units[other]))
        chosen[key] = next(same, key)
    return chosen


def is_one_wording(one: Unit, other: Unit) -> bool:
    """Whether the long forms of two units say the same."""
    return any(is_same_wording(a, b) for a in _longs(one) for b in _longs(other))


def _longs(unit: Unit) -> list[str]:
    forms = (*unit.forms, *(unit.term.forms if unit.term else ()))
    return [form for form in forms if " " in form]


def choose_sense(senses: Collection[str], beside: Collection[str], units: Mapping[str, Unit]) -> str | None:
    """The meaning that fits the terms named in the same paper, by naive Bayes; None where none stands out.

    How often each meaning is used counts too, and decides alone where no term tells, if it is used much.
    """
    scores = sorted(((_likelihood(units[key], beside), key) for key in senses if key in units), reverse=True)
    if not scores or (len(scores) > 1 and scores[0][0] - scores[1][0] < MARGIN):
        return None
    best = units[scores[0][1]]
    return scores[0][1] if best.papers >= USED_MUCH or any(term in best.bag for term in beside) else None


def _likelihood(unit: Unit, beside: Collection[str]) -> float:
    total = log(unit.papers + 1)
    return total + sum(log((unit.bag[term] + 0.1) / (unit.papers + 1)) for term in sorted(beside))
