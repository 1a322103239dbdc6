"""What a graph holds, counted."""

from __future__ import annotations

from kg.api.graph import Graph
from kg.model import EntityType, Rows


def stats(graph: Graph) -> Rows:
    """Columns what, count: papers, claims, and entities of each type."""
    counts = graph.catalog.counts()
    rows: list[tuple[str | int | float | bool | list[object] | None, ...]] = [("papers", counts["paper"])]
    rows += [(f"{kind.value}s", counts[kind.value]) for kind in EntityType]
    rows.append(("claims", counts["claim"]))
    return Rows(("what", "count"), rows)


def most_used(graph: Graph, kind: EntityType, limit: int = 10) -> Rows:
    """Columns id, name, papers: the entities of a type that most papers name."""
    rows = [(e.id, e.name, e.papers) for e in graph.catalog.most_used(kind, limit)]
    return Rows(("id", "name", "papers"), list(rows))
