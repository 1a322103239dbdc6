"""A board as rows, for programs."""

from __future__ import annotations

from kg.leaderboard.model import Board, Lane, Result
from kg.leaderboard.records import running_best
from kg.model import Rows, Value

COLUMNS = (
    *("dataset", "metric", "unit", "kind", "bound", "better", "rank", "tied", "quoted", "best_then", "method", "value"),
    *("value_high", "baseline", "paper", "title", "published", "claim", "quote", "other_datasets", "conflicts"),
)


def board_rows(board: Board) -> Rows:
    """One row a result, lane by lane: own results by rank, then quoted ones.

    `best_then`: whether nothing with an earlier date was better. `conflicts`: papers with another number.
    """
    rows: list[tuple[Value, ...]] = []
    for lane in board.lanes:
        best = {result.claim for result in running_best(lane)}
        rows += [_row(board, lane, result, result.claim in best and not result.quoted) for result in lane.own]
        rows += [_row(board, lane, result, False) for result in lane.quoted]
    return Rows(COLUMNS, rows)


def _row(board: Board, lane: Lane, result: Result, best_then: bool) -> tuple[Value, ...]:
    bound = "approx" if result.approximate else lane.bound
    way = ("higher" if lane.higher else "lower") if lane.direction_known else None
    return (
        *(board.name, lane.metric_name, lane.unit, lane.kind, bound, way, result.rank, result.tied, result.quoted),
        *(best_then, result.method_name, result.value, result.value_high, result.baseline_name),
        *(result.paper, result.title, result.published, result.claim, result.quote),
        *(list(result.other_datasets), list(result.conflicts)),
    )
