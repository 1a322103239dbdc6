"""Papers side by side: what they present, what they name, what they report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.api.graph import Graph
from kg.errors import NotFoundError, QueryParameterError
from kg.model import Claim, EntityType, Record, Rows, Value

MAX_PAPERS = 20

COLUMNS = (
    *("paper", "title", "published", "claim", "value", "value_high", "unit", "kind", "bound", "metric", "method"),
    *("datasets", "baseline", "baseline_value", "quote"),
)


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

    `facts` are names by aspect ("proposes", "tasks", …). `claims` are the claims of each lane, lanes that several
    papers share first.
    """

    papers: tuple[Record, ...]
    facts: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    claims: tuple[tuple[Lane, tuple[tuple[Claim, ...], ...]], ...]


def compare(graph: Graph, papers: Sequence[str]) -> Comparison:
    """Compare papers, by ids or titles. Raises `NotFoundError` for unknown ones."""
    if not 2 <= len(papers) <= MAX_PAPERS:
        raise QueryParameterError(f"give 2 to {MAX_PAPERS} papers to compare")
    records = tuple({record.paper.id: record for record in map(graph.record, papers)}.values())
    if len(records) < 2:
        raise NotFoundError(f"{len(papers)} names of the same paper ({records[0].paper.id}); give two papers")
    names = _names(graph)
    return Comparison(records, tuple(_facts(records)), tuple(_lanes(records, names)))


def comparison_rows(graph: Graph, comparison: Comparison) -> Rows:
    """One row a claim, paper by paper in the order given; a paper without claims has one row without a claim."""
    names = _names(graph)
    rows: list[tuple[Value, ...]] = []
    for record in comparison.papers:
        about = (record.paper.id, record.paper.title, record.paper.published)
        rows += [(*about, *_claim_cells(claim, names)) for claim in record.claims] or [
            (*about, *(None,) * (len(COLUMNS) - len(about)))
        ]
    return Rows(COLUMNS, rows)


def _names(graph: Graph) -> Callable[[str | None], str | None]:
    """Id → name; None stays None."""

    def name(entity_id: str | None) -> str | None:
        entity = None if entity_id is None else graph.catalog.entity(entity_id)
        return entity_id if entity is None else entity.name

    return name


def _claim_cells(claim: Claim, names: Callable[[str | None], str | None]) -> tuple[Value, ...]:
    datasets: list[Value] = [names(one) for one in claim.dataset_ids] or list(claim.datasets)
    return (
        *(claim.id, claim.value, claim.value_high, claim.unit, claim.kind.value, claim.bound.value),
        *(names(claim.metric_id) or claim.metric, names(claim.method_id) or claim.method, datasets),
        *(names(claim.baseline_id) or claim.baseline, claim.baseline_value, claim.evidence.quote),
    )


_ASPECTS: tuple[tuple[str, EntityType, bool | None], ...] = (
    ("proposes", EntityType.METHOD, True),
    ("introduces", EntityType.DATASET, True),
    ("tasks", EntityType.TASK, None),
    ("datasets", EntityType.DATASET, False),
    ("methods", EntityType.METHOD, False),
    ("metrics", EntityType.METRIC, None),
)


def _facts(records: Sequence[Record]) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    for aspect, kind, introduced in _ASPECTS:
        cells = tuple(
            tuple(e.name for e in record.entities if e.type is kind and introduced in (None, e.introduced))
            for record in records
        )
        if any(cells):
            yield aspect, cells


def _lanes(
    records: Sequence[Record], names: Callable[[str | None], str | None]
) -> list[tuple[Lane, tuple[tuple[Claim, ...], ...]]]:
    found: dict[Lane, list[list[Claim]]] = defaultdict(lambda: [[] for _ in records])
    for place, record in enumerate(records):
        for claim in record.claims:
            datasets = ", ".join(sorted(names(one) or "" for one in claim.dataset_ids)) or ", ".join(claim.datasets)
            metric = names(claim.metric_id) or claim.metric or ""
            found[Lane(datasets, metric, claim.unit, claim.kind.value)][place].append(claim)
    lanes = [(lane, tuple(map(tuple, cells))) for lane, cells in found.items()]
    # The sort is stable: lanes that as many papers share stay in the order of the texts.
    return sorted(lanes, key=lambda item: -sum(map(bool, item[1])))
