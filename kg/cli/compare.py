"""`kg compare`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.cli.phrase import value as phrase
from kg.cli.render import Format, print_rows, stdout_console

if TYPE_CHECKING:
    from kg.api.compare import Comparison, Lane, Row

MOST_NAMES = 8
"""Names in one cell of the table."""


def compare(
    papers: Annotated[list[str], typer.Argument(metavar="PAPER", help="Ids or titles of papers.", show_default=False)],
    graph: options.Graph = options.GRAPH,
    store: options.Store = "oxigraph",
    form: options.Output = Format.TABLE,
) -> None:
    """Set papers side by side: what they present, name and report.

    Example: kg compare arxiv:2306.13649 arxiv:2405.11582
    """
    from kg.api.compare import compare as find
    from kg.api.compare import comparison_rows
    from kg.api.graph import Graph

    with Graph(graph) as opened:
        found = find(opened, papers, store=store)
    if form is Format.TABLE and sys.stdout.isatty():
        _print(found)
    else:
        print_rows(comparison_rows(found), form)


def _print(found: Comparison) -> None:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE, pad_edge=False, show_lines=False, header_style="bold")
    table.add_column("", ratio=2)
    for paper in found.papers:
        table.add_column(escape(paper.title), ratio=3)
    table.add_row("paper", *(paper.id for paper in found.papers))
    dates = [paper.published or str(paper.year or "") for paper in found.papers]
    if any(dates):
        table.add_row("published", *dates)
    for aspect, cells in found.facts:
        table.add_row(aspect, *(escape(_names(names)) for names in cells))
    table.add_section()
    for lane, claims in found.claims:
        table.add_row(escape(_title(lane)), *(escape("\n".join(map(_claim, cell))) for cell in claims))
    stdout_console().print(table)


def _names(names: tuple[str, ...]) -> str:
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _title(lane: Lane) -> str:
    return "\n".join(filter(None, (lane.metric or "(no metric)", lane.datasets and f"on {lane.datasets}")))


def _claim(row: Row) -> str:
    method, baseline = row["method"], row["baseline"]
    return " ".join([phrase(row), *([f"({method})"] if method else []), *([f"vs {baseline}"] if baseline else [])])
