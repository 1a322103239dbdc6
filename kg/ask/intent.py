"""What a question asks for, free of its wording and of any query language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model import EntityType
from kg.queries import Column


class Target(StrEnum):
    """What the answer lists or counts."""

    PAPER = "paper"
    METHOD = "method"
    DATASET = "dataset"
    METRIC = "metric"
    TASK = "task"
    CLAIM = "claim"


class Form(StrEnum):
    """What is done with what was found."""

    LIST = "list"
    COUNT = "count"
    BEST = "best"
    """Claims, metric by metric, ranked by their value."""
    COMPARE = "compare"
    """Claims that set two methods side by side."""
    TREND = "trend"
    """Claims in the order of their dates."""
    PER_YEAR = "per-year"
    """Papers counted by year."""
    SIMILAR = "similar"
    """Papers that share methods, datasets and tasks with one paper."""


class Role(StrEnum):
    """How a named thing takes part."""

    ANY = "any"
    """Named by the paper, or the claim's own method, dataset or metric."""
    INTRODUCED = "introduced"
    """Proposed or introduced by the paper."""
    BASELINE = "baseline"
    """What a claim compares with."""


class Change(StrEnum):
    """Which changes a claim may state."""

    INCREASE = "increase"
    DECREASE = "decrease"
    IMPROVEMENT = "improvement"
    """An increase, or a decrease of what is better when lower."""
    ANY = "any"
    """Levels and changes alike, of a metric that is itself a change ("FLOPs reduction")."""


class Order(StrEnum):
    """How rows are ranked."""

    BEST = "best"
    """By each metric's direction; higher first where it has none."""
    WORST = "worst"
    HIGHEST = "highest"
    LOWEST = "lowest"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of the graph by id and name."""

    type: EntityType
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class EntityFilter:
    """One of `names` must take part as `role` (or, negated, none of them). No names: any of `type`."""

    type: EntityType
    names: tuple[Named, ...]
    role: Role = Role.ANY
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ValueFilter:
    """Bounds of a claim's value. `least` and `most` belong to the range unless `strict`; unit None: any."""

    least: float | None = None
    most: float | None = None
    strict: bool = False
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class NamedPaper:
    """A paper by id and title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Intent:
    """A question as understood. Filters hold together; dates are ISO dates or their beginnings ("2023", "2023-06")."""

    target: Target
    form: Form = Form.LIST
    filters: tuple[EntityFilter, ...] = ()
    papers: tuple[NamedPaper, ...] = ()
    value: ValueFilter | None = None
    change: Change | None = None
    since: str | None = None
    """The first day, month or year that belongs."""
    before: str | None = None
    """The first day, month or year that no longer belongs."""
    authors_least: int | None = None
    authors_most: int | None = None
    order: Order | None = None
    limit: int | None = None
    results: bool = False
    """Papers are asked for with the numbers that they report."""
    evaluated: bool = False
    """Entities must be linked by a result, not only named by the same paper."""
    introduced: bool = False
    """Entities must be proposed or introduced by the paper."""
    levels: bool = False
    """Claims must state a level, not a change."""
    won: bool = False
    """Claims against a baseline must not be known to be lost to it."""
    with_authors: bool = False
    asked: tuple[str, ...] = ()
    """Ids of the metrics that a ranking puts first, where their kinds are ranked too."""
    notes: tuple[str, ...] = ()
    """Readings that the asker should know of, such as a corrected name."""

    def of_type(self, kind: EntityType, role: Role = Role.ANY, *, negated: bool = False) -> tuple[EntityFilter, ...]:
        """The filters on one type of thing in one role."""
        return tuple(f for f in self.filters if (f.type, f.role, f.negated) == (kind, role, negated))

    @property
    def needs_claim(self) -> bool:
        """Whether a condition can hold only of a claim."""
        return (
            self.value is not None
            or self.change is not None
            or any(f.role is Role.BASELINE for f in self.filters)
            or self.form in (Form.BEST, Form.COMPARE, Form.TREND)
            or (self.results and bool(self.of_type(EntityType.METRIC)))
        )

    @property
    def rows_are_claims(self) -> bool:
        """Whether each row is a claim."""
        return self.form is not Form.COUNT and (self.target is Target.CLAIM or self.needs_claim)

    @property
    def ranks_each_lane(self) -> bool:
        """Whether `limit` counts the rows of each metric, unit and kind; else those of the whole answer.

        The whole answer is one lane where it is of levels in one unit on all datasets; such a one may be very long.
        """
        few = (EntityType.DATASET, EntityType.TASK, EntityType.METHOD)
        one_lane = self.value is not None and self.change is None and not self.papers
        return self.form is Form.BEST and not (
            one_lane and not any(f.type in few and not f.negated for f in self.filters)
        )

    @property
    def claims_are_optional(self) -> bool:
        """Whether papers are listed with their claims, and also where they have none."""
        listed = self.form is Form.LIST and self.target is Target.PAPER and not self.needs_claim
        return listed and self.results and bool(self.of_type(EntityType.DATASET))


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """A query's text, its bound parameters, and what `kg.ask.finish_answer` does with its rows."""

    text: str
    parameters: dict[str, str | int | float]
    columns: tuple[Column, ...]
    ranks: int | None = None
    """Only so many ranks of each lane belong to the answer."""
