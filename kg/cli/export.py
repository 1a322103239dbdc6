"""`kg export`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options


class ExportFormat(StrEnum):
    """What `kg export` writes."""

    RECORDS = "records"
    NQUADS = "nquads"
    NTRIPLES = "ntriples"
    TURTLE = "turtle"


def export(
    output: Annotated[str, typer.Option("--output", "-o", help="Where to write; - is standard output.")] = "-",
    form: Annotated[ExportFormat, typer.Option("--format", "-f", help="What to write.")] = ExportFormat.NQUADS,
    graph: options.Graph = options.GRAPH,
) -> None:
    """Write the whole graph to a file.

    Example: kg export --format turtle -o graph.ttl
    """
    from kg.api.export import export as run
    from kg.api.graph import Graph

    with Graph(graph) as opened:
        if output == "-":
            run(opened, form.value, sys.stdout.buffer)
        else:
            with Path(output).open("wb") as out:
                run(opened, form.value, out)
