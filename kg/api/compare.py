"""Papers side by side: what they present, what they name, what they report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.api.ask import run_intent
from kg.api.graph import Graph
from kg.ask.intent import Intent, NamedPaper, Target
from kg.errors import NotFoundError, QueryParameterError
from kg.model import Paper, Rows, Value

MAX_PAPERS = 20

COLUMNS = (
    *("paper", "title", "published", "claim", "value", "value_high", "unit", "kind", "bound", "metric", "method"),
    *("datasets", "baseline", "baseline_value", "quote"),
)

Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Lane:
    """What a row of claims is about; "" where the abstract does not name it."""

    datasets: str
    metric: str
    unit: str
    kind: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Papers with what each says; every list of cells has one cell a paper.

    `facts` are names by aspect ("proposes", "tasks", …). `claims` are the claims of each lane, as rows of a question
    for results, lanes that several papers share first.
    """

    papers: tuple[Paper, ...]
    facts: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    claims: tuple[tuple[Lane, tuple[tuple[Row, ...], ...]], ...]


def compare(graph: Graph, papers: Sequence[str], *, store: str = "oxigraph") -> Comparison:
    """Compare papers, by ids or titles, as a store has them. Raises `NotFoundError` for unknown ones."""
    if not 2 <= len(papers) <= MAX_PAPERS:
        raise QueryParameterError(f"give 2 to {MAX_PAPERS} papers to compare")
    found = tuple({record.paper.id: record.paper for record in map(graph.record, papers)}.values())
    if len(found) < 2:
        raise NotFoundError(f"{len(papers)} names of the same paper ({found[0].id}); give two papers")
    claims = [run_intent(graph, _about(paper, Target.CLAIM), store=store).dicts() for paper in found]
    return Comparison(found, tuple(_facts(graph, found, store)), tuple(_lanes(claims)))


def comparison_rows(comparison: Comparison) -> Rows:
    """One row a claim, paper by paper in the order given; a paper without claims has one row without a claim."""
    rows: list[tuple[Value, ...]] = []
    for place, paper in enumerate(comparison.papers):
        own = [row for _, cells in comparison.claims for row in cells[place]]
        bare: Row = {"paper": paper.id, "title": paper.title, "published": paper.published}
        rows += [tuple(row.get(column) for column in COLUMNS) for row in own or [bare]]
    return Rows(COLUMNS, rows)


def _about(paper: Paper, target: Target, *, introduced: bool = False) -> Intent:
    return Intent(target, papers=(NamedPaper(paper.id, paper.title),), introduced=introduced)


_ASPECTS: tuple[tuple[str, Target, bool | None], ...] = (
    ("proposes", Target.METHOD, True),
    ("introduces", Target.DATASET, True),
    ("tasks", Target.TASK, None),
    ("datasets", Target.DATASET, False),
    ("methods", Target.METHOD, False),
    ("metrics", Target.METRIC, None),
)
"""Aspect → what it lists: of methods and datasets those that the paper presents, or the others."""


def _facts(graph: Graph, papers: Sequence[Paper], store: str) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    def names(paper: Paper, target: Target, *, introduced: bool) -> dict[Value, str]:
        rows = run_intent(graph, _about(paper, target, introduced=introduced), store=store).dicts()
        return {row[target.value]: str(row["name"]) for row in rows}

    for aspect, target, introduced in _ASPECTS:
        cells = []
        for paper in papers:
            found = names(paper, target, introduced=bool(introduced))
            own = names(paper, target, introduced=True) if introduced is False else {}
            cells.append(tuple(name for one, name in found.items() if one not in own))
        if any(cells):
            yield aspect, tuple(cells)


def _lanes(claims: Sequence[Sequence[Row]]) -> list[tuple[Lane, tuple[tuple[Row, ...], ...]]]:
    found: dict[Lane, list[list[Row]]] = defaultdict(lambda: [[] for _ in claims])
    for place, rows in enumerate(claims):
        for row in rows:
            datasets = row["datasets"] if isinstance(row["datasets"], list) else []
            lane = Lane(", ".join(datasets), str(row["metric"] or ""), str(row["unit"]), str(row["kind"]))
            found[lane][place].append(row)
    lanes = [(lane, tuple(map(tuple, cells))) for lane, cells in found.items()]
    # The sort is stable: lanes that as many papers share stay in the order of the texts.
    return sorted(lanes, key=lambda item: -sum(map(bool, item[1])))
