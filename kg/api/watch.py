"""What is new about a method, dataset, metric or task since a date, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.api.ask import run_intent
from kg.api.graph import Graph
from kg.api.leaderboard import leaderboard
from kg.api.watch_journal import Row, changes, papers_read
from kg.ask.columns import CLAIM_COLUMNS
from kg.ask.intent import EntityFilter, Form, Intent, Named, Target
from kg.catalog import CatalogEntity
from kg.errors import NotFoundError
from kg.graph.journal import Journal
from kg.leaderboard import running_best
from kg.model import EntityType, Rows, Value
from kg.queries import named_query
from kg.vocabulary import fold

MAX_BOARDS = 50
"""Datasets whose leaderboards are looked at for new best results."""

PARTS = ("published", "read", "changed")

COLUMNS = ("part", "change", "at", *(column.name for column in CLAIM_COLUMNS), "value_before", "before", "why")


@dataclass(frozen=True, slots=True)
class Watched:
    """The entity that was watched, rows in the columns `COLUMNS`, and what a reader of them should know."""

    entity: CatalogEntity
    rows: Rows
    notes: tuple[str, ...] = ()


def watch(graph: Graph, name: str, since: str, *, store: str = "oxigraph") -> Watched:
    """What papers published since a date (2023, 2023-06, 2023-06-30) say of an entity, and what the graph learned since.

    `part` is "published", "read" (papers that the graph read since, published earlier or at an unknown date) or
    "changed" (facts of papers that it had read before). `change` is "new best" (it surpassed all earlier results of
    its lane on a dataset), "first result" (of its lane), "new result", or "new paper" where a paper names the entity
    without a number; "read result" and "read paper"; "changed result", "added result", "removed result",
    "removed paper", "now named", "no longer named", "now presented" and "no longer presented". `at` is the time of the build.
    Raises `NotFoundError` and `QueryParameterError`.
    """
    first = str(named_query("new-since").bind({"since": since})["since"])
    journal = graph.journal(since=first)
    entity = _entity(graph, journal, name)
    about = (EntityFilter(entity.type, (Named(entity.type, entity.id, entity.name),)),)
    claims = run_intent(graph, Intent(Target.CLAIM, filters=about, since=first), store=store)
    papers = run_intent(graph, Intent(Target.PAPER, filters=about, since=first), store=store)
    published = _published(claims, papers, _best_claims(graph, claims, store))
    rows = [
        *({"part": "published", **row} for row in published),
        *({"part": "read", **row} for row in _read(graph, journal, about, {row["paper"] for row in published}, store)),
        *({"part": "changed", **row} for row in changes(graph, journal.entries, entity.id)),
    ]
    cells = [tuple(row.get(column) for column in COLUMNS) for row in rows]
    notes = (*_undated(graph, about, store), *_notes(journal, first, store))
    return Watched(entity, Rows(COLUMNS, cells), notes)


def _entity(graph: Graph, journal: Journal, name: str) -> CatalogEntity:
    """The entity; where the graph has lost it, as the journal remembers it."""
    try:
        return graph.entity(name)
    except NotFoundError:
        for fact in (fact for entry in reversed(journal.entries) for fact in entry.gone if "entity" in fact):
            if name == fact["entity"] or fold(name) == fold(fact["name"]):
                kind = EntityType(fact["entity"].partition("/")[0])
                return CatalogEntity(kind, fact["entity"], fact["name"], papers=0)
        raise


def _undated(graph: Graph, about: tuple[EntityFilter, ...], store: str) -> Iterator[str]:
    """How many papers can never be among those published since."""

    def count(since: str | None) -> int:
        intent = Intent(Target.PAPER, form=Form.COUNT, filters=about, since=since)
        return int(str(run_intent(graph, intent, store=store).rows[0][0]))

    papers = count(None)
    if undated := papers - count("1000"):
        yield f"{undated} of {papers} papers that name it have no date of publication; they count from when they are read"


def _notes(journal: Journal, first: str, store: str) -> Iterator[str]:
    if journal.begins is None:
        yield "this graph has no journal yet: only dates of publication count until a build begins one"
    elif journal.begins >= first:
        yield f"the graph's journal begins on {journal.begins[:10]}: what was read or changed before is not known"
    if store not in ("oxigraph", "ladybug"):
        yield "what was read and changed is told by the graph directory; the server need not hold all of it"


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


def _published(claims: Rows, papers: Rows, best: dict[Value, str]) -> list[Row]:
    """Claims of papers that were published since, and the papers without one, newest first."""
    rows: list[Row] = [{"change": best.get(row["claim"], "new result"), **row} for row in claims.dicts()]
    told = {row["paper"] for row in rows}
    rows += [{"change": "new paper", **row} for row in papers.dicts() if row["paper"] not in told]
    return sorted(rows, key=lambda row: str(row["published"] or ""), reverse=True)


def _read(
    graph: Graph, journal: Journal, about: tuple[EntityFilter, ...], told: set[Value], store: str
) -> Iterator[Row]:
    """The same of papers that were read since, newest first, without those in `told`."""
    read = {paper: at for paper, at in papers_read(journal.entries).items() if paper not in told}
    if not read:
        return
    claims, papers = (
        [row for row in run_intent(graph, Intent(target, filters=about), store=store).dicts() if row["paper"] in read]
        for target in (Target.CLAIM, Target.PAPER)
    )
    with_claims = {row["paper"] for row in claims}
    rows: list[Row] = [{"change": "read result", **row} for row in claims]
    rows += [{"change": "read paper", **row} for row in papers if row["paper"] not in with_claims]
    for row in sorted(rows, key=lambda row: read[str(row["paper"])], reverse=True):
        yield {**row, "at": read[str(row["paper"])]}
