"""Queries against a graph: named ones, SPARQL and Cypher as written, and questions in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.api.graph import Graph
from kg.errors import QueryError, QueryParameterError
from kg.model import Dialect, Rows, Value
from kg.queries import NamedQuery, finish, named_query
from kg.stores.base import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from kg.ask import Intent


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows with how the question was understood and the query that was run."""

    rows: Rows
    understood: str
    query: str
    parameters: Mapping[str, Value]
    dialect: Dialect


def run_named(
    graph: Graph,
    name: str,
    given: Mapping[str, str | Value],
    *,
    store: str = "oxigraph",
    limits: Limits = DEFAULT_LIMITS,
) -> Rows:
    """The rows of a named query. Raises `QueryParameterError` or `NotFoundError` for what was given."""
    query: NamedQuery = named_query(name)
    opened = graph.store(store)
    parameters = query.bind(given, graph.catalog)
    return finish(opened.query(query.text(opened.dialect), parameters, limits=limits), query.columns)


def run_text(
    graph: Graph,
    text: str,
    dialect: Dialect,
    *,
    parameters: Mapping[str, Value] | None = None,
    store: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Rows:
    """The rows of a query as written; `store` defaults to the embedded one that speaks the dialect."""
    opened = graph.store(store or {Dialect.SPARQL: "oxigraph", Dialect.CYPHER: "ladybug"}[dialect])
    if opened.dialect is not dialect:
        raise QueryError(f"{opened.name} answers {opened.dialect.value}, not {dialect.value}")
    return opened.query(text, parameters, limits=limits)


def ask(graph: Graph, question: str, *, store: str = "oxigraph", limits: Limits = DEFAULT_LIMITS) -> Answer:
    """Answer a question in English. Raises `QuestionError` where a part of it is not understood."""
    from kg.ask import parse
    from kg.ask.intent import Change, Form, Order

    intent = parse(question, graph.catalog)
    answer = _answer(graph, intent, store, limits)
    if answer.rows.rows:
        return answer
    # What papers say of it otherwise is better than nothing, if that is told.
    if intent.form is Form.COMPARE:
        apart = "no paper sets them side by side"
        answer = replace(answer, understood=f"{answer.understood}; {apart}")
        other, why = replace(intent, form=Form.LIST), f"{apart}, so what each reports is shown"
    elif intent.levels:
        other, why = replace(intent, levels=False), "no level is reported, so changes are shown"
    elif intent.form is Form.BEST and intent.change is None and intent.order in (Order.BEST, Order.HIGHEST):
        other, why = replace(intent, change=Change.ANY, value=None), "no exact level is reported"
    else:
        return answer
    found = _answer(graph, other, store, limits)
    if found.rows.rows:
        return replace(found, understood=f"{found.understood}; {why}")
    return answer


def _answer(graph: Graph, intent: Intent, store: str, limits: Limits) -> Answer:
    from kg.ask import compile_intent, describe, finish_answer, with_narrower

    widened, kinds = with_narrower(intent, graph.catalog)
    opened = graph.store(store)
    compiled = compile_intent(widened, opened.dialect)
    rows = finish_answer(compiled, opened.query(compiled.text, compiled.parameters, limits=limits))
    understood = describe(intent) + _also(rows, [kind.name for kind in kinds])
    return Answer(rows, understood, compiled.text, compiled.parameters, opened.dialect)


def _also(rows: Rows, kinds: list[str]) -> str:
    """The narrower metrics among the rows, so that nobody takes top-1 accuracy for accuracy unawares."""
    if "metric" not in rows.columns:
        return "; kinds of the metric counted too" if kinds else ""
    found = {row[rows.columns.index("metric")] for row in rows.rows}
    named = [kind for kind in kinds if kind in found]
    return f"; also in {', '.join(named)}" if named else ""


def run_intent(graph: Graph, intent: Intent, *, store: str = "oxigraph", limits: Limits = DEFAULT_LIMITS) -> Rows:
    """The rows that answer an intent which was not put in words."""
    from kg.ask import compile_intent, finish_answer

    opened = graph.store(store)
    compiled = compile_intent(intent, opened.dialect)
    return finish_answer(compiled, opened.query(compiled.text, compiled.parameters, limits=limits))


def parse_parameters(pairs: list[str]) -> dict[str, str]:
    """`["dataset=CIFAR-10"]` → `{"dataset": "CIFAR-10"}`."""
    parsed: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise QueryParameterError(f"{pair!r}: write parameters as name=value")
        parsed[name] = value
    return parsed
