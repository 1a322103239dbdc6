"""`kg remove`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import options
from kg.cli.correct import correct as correct
from kg.cli.progress import progress_bar
from kg.cli.render import stdout_console
from kg.errors import NotFoundError


def remove(
    papers: Annotated[list[str], typer.Argument(metavar="PAPER", help="Ids of papers.", show_default=False)],
    graph: options.Graph = options.GRAPH,
) -> None:
    """Take papers out of the graph, with all that only they contributed.

    Ids that the graph does not have are named, and the exit code is 1; the others are removed.

    Example: kg remove arxiv:2306.13649
    """
    from kg.api.build import remove_papers

    with progress_bar() as progress:
        report = remove_papers(graph, papers, progress=progress)
    if report.removed or not report.missing:
        stdout_console().print(f"{report.removed:,} removed; {report.papers:,} papers are left")
    if report.missing:
        raise NotFoundError(f"not in this graph: {', '.join(report.missing)}")
