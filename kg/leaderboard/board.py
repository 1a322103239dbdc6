"""From the rows of the query `results-on-dataset` to lanes of ranked results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from kg.leaderboard.conflicts import with_conflicts
from kg.leaderboard.model import BOUNDS, KINDS, Board, Lane, Result
from kg.leaderboard.ranks import ranked
from kg.vocabulary.directions import higher_is_better, is_known

Row = Mapping[str, Any]
_Key = tuple[str, str, str, str]


def make_board(
    dataset: str, name: str, rows: Iterable[Row], *, metric: str | None = None, task: str | None = None
) -> Board:
    """The board of a dataset; `metric` and `task` (ids) leave out all else.

    A task is that of the claim, or where the claim names none, one of the paper.
    """
    chosen = [row for row in rows if metric in (None, row["metric"]) and task in (None, *_tasks(row))]
    groups: dict[_Key, list[Result]] = defaultdict(list)
    about: dict[_Key, Row] = {}
    for row in chosen:
        for key, result in _results(row, name):
            groups[key].append(result)
            about.setdefault(key, row)
    lanes = [_lane(key, about[key], _distinct(results)) for key, results in groups.items()]
    return Board(dataset, name, tuple(sorted(lanes, key=_place)))


def _tasks(row: Row) -> list[str]:
    return [row["claim_task"]] if row["claim_task"] else list(row["paper_tasks"] or ())


def _results(row: Row, name: str) -> Iterator[tuple[_Key, Result]]:
    """The result that a row states, and the baseline's where the row quotes it."""
    bound = "exact" if row["bound"] == "approx" else row["bound"]
    key = (row["metric"], row["unit"], row["kind"], bound)
    result = Result(
        paper=row["paper"],
        title=row["title"],
        published=row["published"] or (str(row["year"]) if row["year"] else None),
        claim=row["claim"],
        value=row["value"],
        value_high=row["value_high"],
        quote=row["quote"],
        method=row["method"],
        method_name=row["method_name"],
        approximate=row["bound"] == "approx",
        baseline_name=row["baseline_name"],
        other_datasets=tuple(other for other in row["datasets"] if other != name),
        quoted=_is_quoted(row),
    )
    yield key, result
    if row["baseline_value"] is not None and row["kind"] == "absolute":
        quoted = replace(
            result,
            value=row["baseline_value"],
            value_high=None,
            method=row["baseline"],
            method_name=row["baseline_name"],
            baseline_name=None,
            quote="",  # the evidence quotes the claim's own number
            quoted=True,
        )
        yield (row["metric"], row["unit"], "absolute", "exact"), quoted


def _is_quoted(row: Row) -> bool:
    """A paper that proposes methods quotes the numbers of all other methods that have a name in the graph."""
    return bool(row["proposes"]) and row["method"] is not None and row["method"] not in row["proposes"]


def _distinct(results: list[Result]) -> list[Result]:
    """Results without repeats: what a paper says twice, as in the title and the abstract, counts once.

    What it gives as its own result and again as the baseline of another is its own.
    """
    found: dict[tuple[object, ...], Result] = {}
    for result in sorted(results, key=lambda result: result.quoted):
        method = (result.method, result.method_name)
        found.setdefault((result.paper, method, result.value, result.value_high, result.other_datasets), result)
    return list(found.values())


def _lane(key: _Key, row: Row, results: list[Result]) -> Lane:
    metric, unit, kind, bound = key
    told = (row["metric_name"], row["direction"], kind, unit)
    higher = higher_is_better(*told)
    marked = with_conflicts(results) if kind == "absolute" and bound == "exact" else results
    return Lane(
        metric=metric,
        metric_name=row["metric_name"],
        unit=unit,
        kind=kind,
        bound=bound,
        higher=higher,
        direction_known=is_known(*told),
        own=ranked([r for r in marked if not r.quoted], higher, numbered=bound == "exact"),
        quoted=ranked([r for r in marked if r.quoted], higher, numbered=False),
    )


def _place(lane: Lane) -> tuple[bool, int, str, str, int, int]:
    """Exact levels first, then the lanes that most papers share."""
    papers = len({result.paper for result in (*lane.own, *lane.quoted)})
    level = lane.kind == "absolute" and lane.bound == "exact"
    return (not level, -papers, lane.metric_name, lane.unit, KINDS.index(lane.kind), BOUNDS.index(lane.bound))
