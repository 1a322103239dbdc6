"""A dataset: results in lanes that can be compared, papers, what is used with it."""

from __future__ import annotations

from typing import Any

from kg.api.ask import run_named
from kg.api.graph import Graph
from kg.api.site.common import LIMITS, Json, entity_json, find_entity, papers_with, together
from kg.model import EntityType

_MOST = 2000


def dataset(graph: Graph, *, what: str) -> Json:
    """A dataset by id. Raises `NotFoundError`."""
    entity = find_entity(graph, what, EntityType.DATASET)
    return {
        **entity_json(graph, entity),
        "lanes": lanes(graph, what),
        "introduced_in": papers_with(graph, what, new=True, limit=5),
        "papers_list": papers_with(graph, what),
        "together": together(graph, what, EntityType.DATASET),
        "methods": together(graph, what, EntityType.METHOD),
        "tasks": together(graph, what, EntityType.TASK),
    }


def lanes(graph: Graph, dataset_id: str) -> list[Json]:
    """Results grouped by metric and unit, best first; lanes with most results first."""
    rows = run_named(graph, "best-on-dataset", {"dataset": dataset_id, "limit": _MOST}, limits=LIMITS)
    grouped: dict[tuple[Any, Any], list[Json]] = {}
    for row in rows.dicts():
        grouped.setdefault((row["metric"], row["unit"]), []).append(dict(row))
    made = [
        {"metric": metric, "unit": unit, "direction": found[0]["direction"] or "higher", "rows": found}
        for (metric, unit), found in grouped.items()
    ]
    return sorted(made, key=lambda lane: (-len(lane["rows"]), str(lane["metric"]), str(lane["unit"])))
