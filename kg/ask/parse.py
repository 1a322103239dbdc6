"""From a question to an intent; a part that was not understood is an error that names it."""

from __future__ import annotations

import re

from kg.ask.binding import DEFAULT_LIMIT, TYPE_OF
from kg.ask.draft import Draft
from kg.ask.intent import Change, Form, Intent, Named, Order, Role, Target, ValueFilter
from kg.ask.names import NameFinder
from kg.ask.normal import Normal, normalize
from kg.ask.rules import RULES
from kg.ask.words import IGNORED, SUBJECTS
from kg.catalog import Catalog
from kg.errors import QuestionError
from kg.model import EntityType
from kg.vocabulary.directions import is_gain

_EXAMPLE = (
    "ask for papers, methods, datasets, metrics, tasks or results, for example: which papers report results on CIFAR-10"
)


def parse(question: str, catalog: Catalog) -> Intent:
    """What a question asks for, its names found in the catalog.

    Raises `QuestionError` where any part of it is not understood, a name is unknown (with names like it) or
    several things share a name (with these).
    """
    normal = normalize(question, catalog)
    _refuse_open_subject(normal)
    draft = Draft(normal, catalog)
    for rule in RULES:
        rule(draft)
    _refuse_rest(normal, catalog)
    return _to_intent(draft)


_OPEN_SUBJECT = re.compile(r"(?:^| )(?:about|on|for|regarding|concerning)(?: (?:the|a|an|any|all))* ((?:[a-z-]+ ?)+)$")


def _refuse_rest(normal: Normal, catalog: Catalog) -> None:
    """Name what no rule took."""
    pieces = [piece.split() for piece in normal.text.split("|")]
    left: list[str] = []
    for piece in pieces:
        kept = [word for word in piece if word != "," and word not in IGNORED]
        if kept:
            first, last = piece.index(kept[0]), len(piece) - 1 - piece[::-1].index(kept[-1])
            left.append(normal.shown(" ".join(piece[first : last + 1])))
    if not left:
        return
    known = [f"{text!r}" for text in left]
    near = NameFinder(catalog).suggestions(left[0]) if not re.search(r"[@&#%]\d", left[0]) else []
    raise QuestionError(f"not understood: {', '.join(known)}", suggestions=near)


def _refuse_open_subject(normal: Normal) -> None:
    """ "papers about testing": words that elsewhere add nothing are a subject here, and all papers no answer."""
    match = _OPEN_SUBJECT.search(normal.text.strip())
    said = set(match[1].split()) if match else set()
    if match and said & SUBJECTS and said <= IGNORED:
        raise QuestionError(
            f"not understood: {match[0].strip()!r}; nothing in this graph is called {match[1].strip()!r}"
        )


def _to_intent(draft: Draft) -> Intent:
    target = draft.target or _implied_target(draft)
    form, order = draft.form, draft.order
    if draft.form is Form.BEST and target in (Target.DATASET, Target.METRIC, Target.TASK):
        if order is not Order.BEST:
            raise QuestionError(f"{target.value}s have no {order}; ask for the most used ones" if order else "")
        form, order, draft.by_use = Form.LIST, None, True
    if form is Form.BEST and order is Order.BEST and draft.limit and not _ranks_claims(draft):
        form, order, draft.by_use = Form.LIST, None, True
    _check(draft, target, form)
    if draft.by_use and form is Form.LIST and draft.limit is None:
        draft.limit = DEFAULT_LIMIT
    if form is Form.BEST:
        _settle_ranking(draft)
    return Intent(
        target=target,
        form=form,
        filters=tuple(draft.filters),
        papers=tuple(draft.papers),
        value=draft.value,
        change=draft.change,
        since=draft.since,
        before=draft.before,
        authors_least=draft.authors_least,
        authors_most=draft.authors_most,
        order=order,
        limit=draft.limit,
        results=draft.results,
        evaluated=draft.evaluated and target not in (Target.PAPER, Target.CLAIM),
        introduced=draft.introduced,
        levels=_asks_level(draft, form),
        won=draft.won,
        with_authors=draft.with_authors,
        notes=tuple(draft.normal.notes),
    )


def _settle_ranking(draft: Draft) -> None:
    """What a ranking leaves open: how many, levels or changes, and, over all datasets, in which unit."""
    metrics = [named for part in draft.filters if part.type is EntityType.METRIC for named in part.names]
    if draft.limit is None:
        draft.limit = DEFAULT_LIMIT if metrics else 1
    entities = [draft.catalog.entity(named.id) for named in metrics]
    units = {entity.unit for entity in entities if entity is not None}
    if draft.change is None and metrics and all(is_gain(named.name) for named in metrics):
        draft.change = Change.ANY
    if draft.change is None and units == {"x"}:
        # A metric such as the speed-up is a change by its nature.
        draft.change = Change.INCREASE
    elif draft.change is not None:
        # A change has units of its own: accuracy is told in %, what it gained in points as well.
        return
    bounded = any(part.type is not EntityType.METRIC and not part.negated for part in draft.filters)
    if not bounded and not draft.papers and draft.value is None and len(units) == 1 and (unit := units.pop()):
        draft.value = ValueFilter(unit=unit)


def _asks_level(draft: Draft, form: Form) -> bool:
    """Whether a bound is one of levels: "accuracy over 90%" is reached, not gained.

    A bound in the metric's own unit is; "accuracy by 2 points" or "2x the throughput" is a change.
    """
    metrics = [named for part in draft.filters if part.type is EntityType.METRIC for named in part.names]
    if draft.value is None or draft.change is not None or form is Form.BEST or not metrics:
        return False
    entities = [entity for named in metrics if (entity := draft.catalog.entity(named.id)) is not None]
    own = all(draft.value.unit in (None, "", entity.unit) and entity.unit != "x" for entity in entities)
    return own and not any(is_gain(named.name) for named in metrics)


def _ranks_claims(draft: Draft) -> bool:
    return any(f.type in (EntityType.DATASET, EntityType.METRIC) for f in draft.filters) or draft.change is not None


def _implied_target(draft: Draft) -> Target:
    """What is asked for where no noun says it."""
    claims = draft.form in (Form.BEST, Form.COMPARE, Form.TREND) or draft.value or draft.change or draft.papers
    if claims or any(f.type is EntityType.METRIC or f.role is Role.BASELINE for f in draft.filters):
        return Target.CLAIM
    if draft.form is Form.PER_YEAR:
        return Target.PAPER
    if draft.filters and draft.filters[0].names:
        raise QuestionError("what is asked for is not clear", suggestions=_completions(draft.filters[0].names[0]))
    raise QuestionError(f"what is asked for is not clear; {_EXAMPLE}")


def _completions(named: Named) -> list[str]:
    """Questions about a name that stood alone."""
    if named.type is EntityType.METHOD:
        return [f"papers that use {named.name}", f"results of {named.name}", f"what was {named.name} evaluated on"]
    if named.type is EntityType.TASK:
        return [f"papers about {named.name}", f"methods for {named.name}", f"datasets for {named.name}"]
    return [f"papers on {named.name}", f"results on {named.name}", f"best results on {named.name}"]


def _check(draft: Draft, target: Target, form: Form) -> None:
    if form is Form.BEST and not (_ranks_claims(draft) or draft.papers or draft.filters):
        raise QuestionError("the best of what? name a dataset, a metric or a task")
    if form is Form.TREND and not _ranks_claims(draft):
        raise QuestionError("the trend of what? name a metric or a dataset")
    if form is Form.PER_YEAR and target is not Target.PAPER:
        raise QuestionError("only papers are counted by year")
    if draft.by_use and target in (Target.PAPER, Target.CLAIM):
        raise QuestionError("only methods, datasets, metrics and tasks are ranked by use")
    if draft.introduced and target not in (Target.METHOD, Target.DATASET):
        raise QuestionError("not understood: who introduces what; name the method or dataset")
    by_value = form is Form.BEST and draft.order in (Order.HIGHEST, Order.LOWEST) and draft.change is None
    if by_value and target is Target.METHOD and not any(part.type is EntityType.METRIC for part in draft.filters):
        raise QuestionError(f"the {draft.order} in what? name a metric, such as accuracy or parameters")
    denied = {part.type for part in draft.filters if part.negated}
    if target not in (Target.PAPER, Target.CLAIM) and denied - {TYPE_OF[target]}:
        raise QuestionError(f"only papers and results can be asked for by what they do not name, not {target.value}s")
    if draft.value is not None and target in (Target.DATASET, Target.METRIC, Target.TASK):
        raise QuestionError(f"{target.value}s have no values; ask for results, papers or methods")
    if draft.normal.names and len(draft.filters) > 20:
        raise QuestionError("the question names more than 20 things")
