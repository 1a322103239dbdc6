"""An intent in the making, and what the rules do to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.ask.grammar import SIGN, X
from kg.ask.intent import Change, EntityFilter, Form, Named, NamedPaper, Order, Role, Target, ValueFilter
from kg.ask.normal import Normal
from kg.ask.words import SPEED_METRICS
from kg.catalog import Catalog
from kg.errors import QuestionError
from kg.model import EntityType


@dataclass
class Draft:
    """An intent in the making."""

    normal: Normal
    catalog: Catalog
    target: Target | None = None
    form: Form = Form.LIST
    filters: list[EntityFilter] = field(default_factory=list)
    papers: list[NamedPaper] = field(default_factory=list)
    value: ValueFilter | None = None
    change: Change | None = None
    since: str | None = None
    before: str | None = None
    authors_least: int | None = None
    authors_most: int | None = None
    order: Order | None = None
    limit: int | None = None
    results: bool = False
    evaluated: bool = False
    introduced: bool = False
    won: bool = False
    with_authors: bool = False
    by_use: bool = False

    def take(self, pattern: str) -> re.Match[str] | None:
        """Cut the first match of a pattern of whole words out of the text."""
        match = re.search(rf"(?<= )(?:{pattern})(?= )", self.normal.text)
        if match is not None:
            self.normal.cut(match)
        return match

    def has(self, pattern: str) -> bool:
        """Whether whole words match a pattern."""
        return re.search(rf"(?<= )(?:{pattern})(?= )", self.normal.text) is not None

    def named(self, sign: str, preferred: tuple[EntityType, ...]) -> Named:
        """The entity of a sign `@0`."""
        return self.normal.names[int(sign[1:])].resolve(preferred)

    def type_of(self, sign: str, preferred: tuple[EntityType, ...]) -> EntityType:
        """Its type."""
        return self.normal.names[int(sign[1:])].best_type(preferred)


Rule = Callable[[Draft], None]


def signs(text: str) -> list[str]:
    """The signs of names in a piece of the text."""
    return re.findall(SIGN, text)


def one(named: Named, role: Role = Role.ANY, *, negated: bool = False) -> EntityFilter:
    """A filter on one name."""
    return EntityFilter(named.type, (named,), role, negated)


def limit_rows(draft: Draft, number: str | None) -> None:
    """Keep so many rows; `number` is the place of the number in the normal form. Raises `QuestionError`."""
    if number is not None:
        value = draft.normal.numbers[int(number)].value
        if value < 1 or value != int(value) or value > 10_000:
            raise QuestionError(f"{value:g} is not a number of rows")
        draft.limit = int(value)


def by_speed(draft: Draft, word: str) -> None:
    """Add the metrics of speed where the word is about speed. Raises `QuestionError` where the graph has none."""
    if word in ("faster", "slower"):
        found = [hit for name in SPEED_METRICS for hit in draft.catalog.find(name, types=[X])]
        if not found:
            raise QuestionError("this graph has no metric of speed")
        names = {hit.id: Named(X, hit.id, hit.name) for hit in found}
        draft.filters.append(EntityFilter(X, tuple(names.values())))


def by_accuracy(draft: Draft) -> None:
    """Add the metric accuracy. Raises `QuestionError` where the graph has none."""
    found = draft.catalog.find("accuracy", types=[X])
    if not found:
        raise QuestionError("this graph has no accuracies")
    draft.filters.append(EntityFilter(X, (Named(X, found[0].id, found[0].name),)))
