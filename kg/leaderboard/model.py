"""Results, lanes and boards."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("absolute", "increase", "decrease")
BOUNDS = ("exact", "max", "min")


@dataclass(frozen=True, slots=True)
class Result:
    """One number of one paper on the dataset.

    `quoted`: the paper quotes it of somebody else's method (its baseline, or a method beside its own).
    `rank` is None where the lane is not ranked or the result is quoted. `conflicts` names the papers with another
    number for the same method. `quote` is verbatim; empty for a baseline's number, which stands beside the claim's own.
    """

    paper: str
    title: str
    published: str | None
    claim: str
    value: float
    quote: str
    method: str | None = None
    method_name: str | None = None
    value_high: float | None = None
    approximate: bool = False
    baseline_name: str | None = None
    other_datasets: tuple[str, ...] = ()
    """Datasets that the same number speaks of: it may be an average over all of them."""
    quoted: bool = False
    rank: int | None = None
    tied: bool = False
    conflicts: tuple[str, ...] = ()

    def worst(self, higher: bool) -> float:
        """The end of the range that is worse; ranges are ranked by it."""
        return self.value if higher or self.value_high is None else self.value_high


@dataclass(frozen=True, slots=True)
class Lane:
    """Results that may be ranked against each other: one metric, unit, kind and bound.

    `bound` is "exact" (with approximate values), "max" (up to) or "min" (at least); only "exact" is ranked.
    `higher` says which way is better; `direction_known` is false where the metric has no direction and higher is
    only assumed.
    """

    metric: str
    metric_name: str
    unit: str
    kind: str
    bound: str
    higher: bool
    direction_known: bool
    own: tuple[Result, ...]
    """The papers' own results, the best first."""
    quoted: tuple[Result, ...]
    """What papers say of other methods, the best first."""

    @property
    def title(self) -> str:
        """Such as "accuracy (%), level" or "speed-up (x), increase, up to"."""
        unit = f" ({self.unit})" if self.unit else ""
        kind = {"absolute": "level"}.get(self.kind, self.kind)
        bound = {"max": ", up to", "min": ", at least"}.get(self.bound, "")
        return f"{self.metric_name}{unit}, {kind}{bound}"

    @property
    def better(self) -> str:
        """Which way is better, in words."""
        words = ("higher", "lower") if self.kind == "absolute" else ("larger", "smaller")
        way = f"{words[0] if self.higher else words[1]} is better"
        return way if self.direction_known else f"assumed: {way}"


@dataclass(frozen=True, slots=True)
class Board:
    """All lanes of a dataset: exact levels first, then those with most papers."""

    dataset: str
    name: str
    lanes: tuple[Lane, ...]
