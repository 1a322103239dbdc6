"""`kg remove`, `kg correct`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import options
from kg.cli.progress import progress_bar
from kg.cli.render import stdout_console


def remove(
    papers: Annotated[list[str], typer.Argument(metavar="PAPER", help="Ids of papers.", show_default=False)],
    graph: options.Graph = options.GRAPH,
) -> None:
    """Take papers out of the graph, with all that only they contributed.

    Example: kg remove arxiv:2306.13649
    """
    from kg.api.build import remove_papers

    with progress_bar() as progress:
        report = remove_papers(graph, papers, progress=progress)
    stdout_console().print(f"{report.removed:,} removed; {report.papers:,} papers are left")


def correct(
    action: Annotated[str, typer.Argument(help="merge, split, rename, drop-claim or set-claim.")],
    fields: Annotated[list[str], typer.Argument(metavar="NAME=VALUE", show_default=False)],
    graph: options.Graph = options.GRAPH,
) -> None:
    """Correct the graph; corrections survive every rebuild.

    Example: kg correct merge id=method/swin into=method/swin-transformer
    """
    from kg.api.ask import parse_parameters
    from kg.api.correct import correct as run

    with progress_bar() as progress:
        run(graph, action, parse_parameters(fields), progress=progress)
    stdout_console().print("corrected")
