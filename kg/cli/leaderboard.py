"""`kg leaderboard`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.cli.phrase import value as phrase
from kg.cli.render import Format, print_note, print_rows, stdout_console

if TYPE_CHECKING:
    from kg.leaderboard import Board, Lane, Result

TOP = 10
MOST_REMARKS = 6
"""Lines below a lane."""


def leaderboard(
    dataset: Annotated[str, typer.Argument(help="The dataset, by name or id.", show_default=False)],
    metric: Annotated[str | None, typer.Option("--metric", "-m", help="Only this metric.")] = None,
    task: Annotated[str | None, typer.Option("--task", "-t", help="Only results for this task.")] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="Rows of each lane in the table form.")] = TOP,
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Also draw results over time: FILE.svg, .png or .html.")
    ] = None,
    graph: options.Graph = options.GRAPH,
    store: options.Store = "oxigraph",
    form: options.Output = Format.TABLE,
) -> None:
    """Rank the results on a dataset, one lane a metric, unit and kind.

    Example: kg leaderboard CIFAR-10 --metric accuracy
    """
    import sys

    from kg.api.graph import Graph
    from kg.api.leaderboard import board_rows, draw
    from kg.api.leaderboard import leaderboard as find

    with Graph(graph) as opened:
        board = find(opened, dataset, metric=metric, task=task, store=store)
    if plot is not None:
        print_note(f"{plot}: {', '.join(lane.title for lane in draw(board, plot))}")
    if form is Format.TABLE and sys.stdout.isatty():
        _print_board(board, top)
    else:
        print_rows(board_rows(board), form)
    if not board.lanes:
        print_note("no results")


def _print_board(board: Board, top: int) -> None:
    from rich.markup import escape

    console = stdout_console()
    for number, lane in enumerate(board.lanes):
        if number:
            console.print()
        console.print(f"[bold]{escape(lane.title)}[/]  [dim]{lane.better}[/]")
        _print_lane(lane, top)
        for line in list(dict.fromkeys(_remarks(lane, top)))[:MOST_REMARKS]:
            console.print(f"[dim]{escape(line)}[/]")


def _print_lane(lane: Lane, top: int) -> None:
    from rich.markup import escape
    from rich.table import Table

    console = stdout_console()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("method", max_width=24 if console.width >= 100 else 17)
    table.add_column("paper")
    shown = (*lane.own[:top], *lane.quoted[:top])
    dated = any(result.published for result in shown)
    if dated:
        table.add_column("date", no_wrap=True)
    table.add_column("quote", max_width=16)
    for result in shown:
        table.add_row(*map(escape, _cells(lane, result, dated=dated)), style="dim" if result.quoted else None)
    console.print(table)


def _cells(lane: Lane, result: Result, *, dated: bool) -> Iterator[str]:
    rank = "" if result.rank is None else f"{result.rank}{'=' if result.tied else ''}"
    yield "quoted" if result.quoted else rank
    bound = "approx" if result.approximate else lane.bound
    yield phrase_of(result, lane, bound) + (" ≠" if result.conflicts else "")
    yield result.method_name or "–"
    yield result.title
    if dated:
        yield result.published or ""
    yield result.quote


def _remarks(lane: Lane, top: int) -> Iterator[str]:
    """What the table leaves out, other numbers for the same method, and numbers that speak of several datasets."""
    for results, what in ((lane.own, "results"), (lane.quoted, "quoted results")):
        if len(results) > top:
            yield f"… {len(results) - top} more {what}; --top {len(results)} shows all"
    shown = (*lane.own[:top], *lane.quoted[:top])
    for result in shown:
        if result.conflicts:
            yield f"≠ {result.method_name}: {phrase_of(result, lane)} in {result.paper}, but {'; '.join(result.conflicts)}"
    for result in shown:
        if result.other_datasets:
            yield f"{result.quote} in {result.paper} also speaks of {', '.join(result.other_datasets)}"


def phrase_of(result: Result, lane: Lane, bound: str = "") -> str:
    """A result's value with its unit."""
    told = {"value": result.value, "value_high": result.value_high, "unit": lane.unit, "kind": lane.kind}
    return phrase({**told, "bound": bound, "metric": lane.metric_name})
