"""What the number grammar gives: a `Quantity` for every number in a text, results and others alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a number is by its form alone; only `QUANTITY` and `COUNT` can be a result."""

    QUANTITY = "quantity"
    """A number with a unit, a decimal, a factor: "98%", "2.3x", "0.87", "half"."""
    COUNT = "count"
    """A whole number without unit: "7", "12,000", "ten"."""
    NAME = "name"
    """Part of a name: ResNet-50, VGG16, F1, top-5, 3D, L2, k=3."""
    YEAR = "year"
    CITATION = "citation"
    REFERENCE = "reference"
    """The number of a section, equation, table, figure or list item."""
    EXPONENT = "exponent"
    """Part of a formula: n^2, O(n log n), 10^{-3} as a bare power."""
    SIZE = "size"
    """A format: 224x224, 16:9."""
    SETUP = "setup"
    """Describes what is built or tried: "12-layer", "5-shot", "4-bit", "3 datasets"."""
    START = "start"
    """The first number of "from A to B": belongs to the second as its baseline."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number as written: `text[start:end]` is the minimal phrase, number and unit, without bound words.

    `value` is as written for percentages (98% → 98), multiplied out for K/M/B, 0.5 for "half", 100 for "two
    orders of magnitude". `unit` is "%", "x", "points", "$", a physical unit, or "" for a bare number.
    """

    start: int
    end: int
    value: float
    unit: str
    role: Role
    shape: str = "digits"
    """How it is written: digits, words, fraction, magnitude (orders of), verb (doubles), ratio."""
    value_high: float | None = None
    deviation: float | None = None
    baseline_value: float | None = None
    bound: str = "exact"
    """exact, approx, min or max, as in `kg.model.Bound`."""
    sign: str = ""
    """ "+" or "-" where one is written before the number."""
    inherited_unit: bool = False
    """The unit stands only at a later number of the same list."""

    @property
    def is_candidate(self) -> bool:
        """Whether this number may be a result at all."""
        return self.role in (Role.QUANTITY, Role.COUNT, Role.SETUP)
