"""What was understood of a question, as one line of English."""

from __future__ import annotations

from collections.abc import Iterator

from kg.ask.binding import is_further_method
from kg.ask.dates import after
from kg.ask.intent import Change, EntityFilter, Form, Intent, Order, Role, Target
from kg.model import EntityType

_PLURAL = {
    Target.PAPER: "papers",
    Target.METHOD: "methods",
    Target.DATASET: "datasets",
    Target.METRIC: "metrics",
    Target.TASK: "tasks",
    Target.CLAIM: "results",
}
_ORDER = {
    Order.BEST: "best first",
    Order.WORST: "worst first",
    Order.HIGHEST: "highest first",
    Order.LOWEST: "lowest first",
    Order.NEWEST: "newest first",
    Order.OLDEST: "oldest first",
}
_OF_PAPER = {
    EntityType.METHOD: "that use or propose",
    EntityType.DATASET: "on",
    EntityType.METRIC: "that use the metric",
    EntityType.TASK: "for",
}
_OF_CLAIM = {EntityType.METHOD: "of", EntityType.DATASET: "on", EntityType.METRIC: "in", EntityType.TASK: "for"}
_CHANGES = {
    Change.IMPROVEMENT: "that state an improvement",
    Change.INCREASE: "that state an increase",
    Change.DECREASE: "that state a reduction",
    Change.ANY: "as levels or changes",
}


def describe(intent: Intent) -> str:
    """One line that says what was understood, names as the graph has them."""
    filters = sorted(intent.filters, key=lambda part: part.negated)
    said = [_filter(part, intent) for part in filters]
    joined = [f"and {text}" if at and _like(filters[at - 1], filters[at]) else text for at, text in enumerate(said)]
    parts = [_head(intent), *joined, *_bounds(intent)]
    line = " ".join(part for part in parts if part)
    line = line[0].upper() + line[1:]
    ranked = [] if intent.order is None else [_ORDER[intent.order]]
    if intent.ranks_each_lane:
        ranked.append(f"the first {intent.limit} of each metric" if intent.limit != 1 else "the first of each metric")
    elif intent.limit is not None:
        ranked.append(f"at most {intent.limit}")
    if intent.form is Form.BEST and intent.change is not None:
        ranked.append("exact values before bounds")
    line = ", ".join([line, *ranked])
    return f"{line} ({'; '.join(intent.notes)})" if intent.notes else line


def _like(one: EntityFilter, other: EntityFilter) -> bool:
    return (one.type, one.role, one.negated) == (other.type, other.role, other.negated)


def _head(intent: Intent) -> str:
    titles = " and ".join(f'"{paper.title}"' for paper in intent.papers)
    if intent.form is Form.SIMILAR:
        return f"papers that share methods, datasets and tasks with {titles}"
    noun = _PLURAL[intent.target]
    if intent.introduced:
        noun = f"newly introduced {noun}"
    if intent.target is Target.PAPER and (intent.results or intent.needs_claim):
        noun = "papers with their results"
    elif intent.rows_are_claims and intent.target is not Target.CLAIM:
        noun = f"{noun} with their results"
    if intent.form is Form.COUNT:
        noun = f"number of {_PLURAL[intent.target]}"
    elif intent.form is Form.COMPARE:
        noun = "results side by side"
    elif intent.form is Form.TREND:
        noun = "results over time"
    elif intent.form is Form.PER_YEAR:
        noun = "papers by year"
    elif intent.form is Form.BEST:
        noun = "ranked results"
    if intent.target is Target.PAPER and titles and intent.form is Form.LIST:
        return f"the paper {titles}"
    return f"{noun} of {titles}" if titles else noun


def _filter(part: EntityFilter, intent: Intent) -> str:
    joined = " and " if intent.form is Form.COMPARE else " or "
    names = joined.join(named.name for named in part.names)
    if part.role is Role.BASELINE:
        return f"{'won ' if intent.won else ''}against {names or 'a baseline'}"
    if part.role is Role.INTRODUCED:
        return f"that introduce {names or 'a ' + part.type.value}"
    of_claim = intent.target is Target.CLAIM or intent.needs_claim
    if intent.target is Target.PAPER and part.type is EntityType.METHOD:
        of_claim = False
    if of_claim and is_further_method(part, intent):
        return f"in papers {_OF_PAPER[part.type]} {names}"
    words = (_OF_CLAIM if of_claim else _OF_PAPER)[part.type]
    if intent.target not in (Target.PAPER, Target.CLAIM) and not of_claim:
        words = "together with" if part.type.value == intent.target.value else f"in papers {words}"
        words = "with results on" if intent.evaluated and part.type is EntityType.DATASET else words
    return f"{'but not ' if part.negated else ''}{words} {names}"


def _bounds(intent: Intent) -> Iterator[str]:
    if intent.change is not None:
        yield _CHANGES[intent.change]
    if intent.value is not None:
        unit = intent.value.unit or ""
        unit = unit if unit in ("", "%", "x") else f" {unit}"
        low, high, strict = intent.value.least, intent.value.most, intent.value.strict
        if low is not None and high is not None:
            least, most = _number(low), _number(high)
            yield f"of {least}{unit}" if low == high else f"between {least} and {most}{unit}"
        elif low is not None:
            yield f"{'over' if strict else 'of at least'} {_number(low)}{unit}"
        elif high is None:
            yield f"in {unit.strip()}"
        else:
            yield f"{'under' if strict else 'of at most'} {_number(high)}{unit}"
    if intent.authors_least is not None or intent.authors_most is not None:
        yield _authors(intent.authors_least, intent.authors_most)
    if intent.since is not None and intent.before == after(intent.since):
        yield f"published in {intent.since}"
        return
    if intent.since is not None:
        yield f"published from {intent.since} on"
    if intent.before is not None:
        yield "and before " + intent.before if intent.since else f"published before {intent.before}"


def _number(value: float) -> str:
    """2.5, 90, 10,000,000."""
    return f"{value:,.0f}" if value.is_integer() and value >= 1e5 else f"{value:g}"


def _authors(least: int | None, most: int | None) -> str:
    if least == most:
        return f"by {least} author{'' if least == 1 else 's'}"
    return f"by at least {least} authors" if least is not None else f"by at most {most} authors"
