"""The value that a level is compared with: "0.87 vs. 0.81", "28.9% compared to 18.8%"."""

from __future__ import annotations

import re

from kg.extract.claims.describe import Site
from kg.extract.claims.passage import Passage
from kg.model import Kind
from kg.quantity import Quantity

_VERSUS = re.compile(
    r"[^.;]{0,40}?(?:\bvs\.?|\bversus\b|\bcompared (?:to|with)\b|\bagainst\b|\bin comparison (?:to|with)\b|\bthan\b|\binstead of\b|\bup from\b"
    r"|\bdown from\b|\brelative to\b|\bfrom\b)[^.;]{0,40}"
)


def find_baseline_value(passage: Passage, site: Site, kind: Kind) -> float | None:
    """The next number of the sentence where it is put against this one in so many words; None otherwise."""
    if kind is not Kind.ABSOLUTE or site.index + 1 >= len(passage.quantities):
        return None
    quantity, other = site.quantity, passage.quantities[site.index + 1]
    if passage.sentence_of(other.start) != site.sentence or not _comparable(quantity, other):
        return None
    gap = passage.text[quantity.end : other.start]
    return other.value if _VERSUS.fullmatch(gap) else None


def _comparable(a: Quantity, b: Quantity) -> bool:
    return b.is_candidate and b.baseline_value is None and a.unit == b.unit
