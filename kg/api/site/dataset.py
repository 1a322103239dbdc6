"""A dataset: results in lanes that can be compared, papers, what is used with it."""

from __future__ import annotations

from kg.api.graph import Graph
from kg.api.leaderboard import Lane, board_rows, leaderboard
from kg.api.site.common import Json, entity_json, find_entity, papers_with, together
from kg.model import EntityType


def dataset(graph: Graph, *, what: str) -> Json:
    """A dataset by id. Raises `NotFoundError`."""
    entity = find_entity(graph, what, EntityType.DATASET)
    board = leaderboard(graph, what)
    return {
        **entity_json(graph, entity),
        "lanes": [_lane(lane) for lane in board.lanes],
        "results": board_rows(board).dicts(),
        "introduced_in": papers_with(graph, what, new=True, oldest=True, limit=5),
        "papers_list": papers_with(graph, what),
        "together": together(graph, what, EntityType.DATASET),
        "methods": together(graph, what, EntityType.METHOD),
        "tasks": together(graph, what, EntityType.TASK),
    }


def _lane(lane: Lane) -> Json:
    return {
        "title": lane.title,
        "better": lane.better,
        "metric": lane.metric_name,
        "metric_id": lane.metric,
        "unit": lane.unit,
        "kind": lane.kind,
        "bound": lane.bound,
        "direction": "higher" if lane.higher else "lower",
        "rows": [
            {
                "rank": result.rank,
                "tied": result.tied,
                "quoted": result.quoted,
                "value": result.value,
                "value_high": result.value_high,
                "unit": lane.unit,
                "kind": lane.kind,
                "bound": "approx" if result.approximate else lane.bound,
                "method": result.method_name,
                "method_id": result.method,
                "paper": result.paper,
                "title": result.title,
                "published": result.published,
                "claim": result.claim,
                "other_datasets": list(result.other_datasets),
                "conflicts": list(result.conflicts),
            }
            for result in (*lane.own, *lane.quoted)
        ],
    }
