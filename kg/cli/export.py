"""`kg export`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options
from kg.cli.progress import progress_bar


class ExportFormat(StrEnum):
    """What `kg export` writes; a test holds it to `kg.api.export.FORMAT_NAMES`."""

    RECORDS = "records"
    NQUADS = "nquads"
    NTRIPLES = "ntriples"
    TURTLE = "turtle"
    TRIG = "trig"
    JSONLD = "jsonld"
    GRAPHML = "graphml"
    GEXF = "gexf"
    NEO4J_CSV = "neo4j-csv"
    PARQUET = "parquet"


def export(
    output: Annotated[
        str, typer.Option("--output", "-o", help="File, or folder for neo4j-csv and parquet; - is standard output.")
    ] = "-",
    form: Annotated[ExportFormat, typer.Option("--format", "-f", help="What to write.")] = ExportFormat.NQUADS,
    graph: options.Graph = options.GRAPH,
) -> None:
    """Write the whole graph to a file, or to a folder.

    Example: kg export --format turtle -o graph.ttl
    """
    from kg.api.export import export as write
    from kg.api.export import export_path
    from kg.api.graph import Graph

    with progress_bar() as progress, Graph(graph) as opened:
        if output == "-":
            write(opened, form.value, sys.stdout.buffer, progress=progress)
        else:
            export_path(opened, form.value, Path(output), progress=progress)
