"""What is new about a method, dataset, metric or task since a date."""

from __future__ import annotations

from kg.api.ask import run_intent
from kg.api.graph import Graph
from kg.api.leaderboard import leaderboard
from kg.ask.intent import EntityFilter, Intent, Named, Target
from kg.catalog import CatalogEntity
from kg.leaderboard import running_best
from kg.model import EntityType, Rows, Value
from kg.queries import named_query

MAX_BOARDS = 50
"""Datasets whose leaderboards are looked at for new best results."""


def watch(graph: Graph, name: str, since: str, *, store: str = "oxigraph") -> tuple[CatalogEntity, Rows]:
    """The entity, and one row a result of papers published since a date (2023, 2023-06, 2023-06-30), newest first.

    `change` is "new best" (it surpassed all earlier results of its lane on a dataset), "first result" (of its lane),
    "new result", or "new paper" where a paper names the entity without a number. Raises `NotFoundError` and `QueryParameterError`.
    """
    first = str(named_query("new-since").bind({"since": since})["since"])
    entity = graph.entity(name)
    about = (EntityFilter(entity.type, (Named(entity.type, entity.id, entity.name),)),)
    claims = run_intent(graph, Intent(Target.CLAIM, filters=about, since=first), store=store)
    papers = run_intent(graph, Intent(Target.PAPER, filters=about, since=first), store=store)
    return entity, _merged(claims, papers, _best_claims(graph, claims, store))


def _best_claims(graph: Graph, claims: Rows, store: str) -> dict[Value, str]:
    """What to call the claims that were the best of their lane on a dataset when they came."""
    at = claims.columns.index("datasets")
    names: list[str] = sorted({str(name) for row in claims.rows for name in (row[at] or ())})  # type: ignore[union-attr]
    best: dict[Value, str] = {}
    for name in names[:MAX_BOARDS]:
        dataset = graph.entity(name, types=[EntityType.DATASET])
        for lane in leaderboard(graph, dataset.id, store=store).lanes:
            for place, result in enumerate(running_best(lane)):
                if place or result.claim not in best:
                    best[result.claim] = "new best" if place else "first result"
    return best


def _merged(claims: Rows, papers: Rows, best: dict[Value, str]) -> Rows:
    columns = ("change", *claims.columns)
    claim_at = claims.columns.index("claim")
    rows = [(best.get(row[claim_at], "new result"), *row) for row in claims.rows]
    told = {row[0] for row in claims.rows}
    empty = (None,) * (len(claims.columns) - len(papers.columns))
    rows += [("new paper", *row, *empty) for row in papers.rows if row[0] not in told]
    published = columns.index("published")
    return Rows(columns, sorted(rows, key=lambda row: str(row[published] or ""), reverse=True))
