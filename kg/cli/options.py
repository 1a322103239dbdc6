"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.render import Format

Graph = Annotated[
    Path, typer.Option("--graph", "-g", envvar="KG_GRAPH", help="The graph directory.", show_default="./graph")
]
Store = Annotated[
    str,
    typer.Option("--store", "-s", help="Which store answers: oxigraph, ladybug, or the URL of a server."),
]
Output = Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")]
Source = Annotated[
    str | None,
    typer.Option("--source", help="The inputs' format, where it is not to be guessed: hf-page, arxiv, jsonl, csv, …"),
]
Workers = Annotated[int, typer.Option("--workers", "-w", min=1, max=64, help="Processes that extract.")]
Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT", help="Files to read; - is standard input.", show_default=False)
]

GRAPH = Path("graph")
"""The default of `Graph`."""
