"""The leaderboard of a dataset, from any store."""

from __future__ import annotations

from pathlib import Path

from kg.api.ask import run_named
from kg.api.graph import Graph
from kg.leaderboard import Board, Lane, make_board
from kg.leaderboard.rows import board_rows
from kg.model import EntityType

__all__ = ["Board", "Lane", "board_rows", "draw", "leaderboard"]


def leaderboard(
    graph: Graph, dataset: str, *, metric: str | None = None, task: str | None = None, store: str = "oxigraph"
) -> Board:
    """The board of a dataset, by names or ids. Raises `NotFoundError` with suggestions for unknown ones."""
    entity = graph.entity(dataset, types=[EntityType.DATASET])
    wanted_metric = None if metric is None else graph.entity(metric, types=[EntityType.METRIC]).id
    wanted_task = None if task is None else graph.entity(task, types=[EntityType.TASK]).id
    rows = run_named(graph, "results-on-dataset", {"dataset": entity.id}, store=store)
    return make_board(entity.id, entity.name, rows.dicts(), metric=wanted_metric, task=wanted_task)


def draw(board: Board, path: Path) -> list[Lane]:
    """Write the results over time as .svg, .png or .html; returns the lanes drawn. Raises `PlotError`."""
    from kg.leaderboard.plot import save_plot

    return save_plot(board, path)
