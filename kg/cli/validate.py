"""`kg validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options
from kg.cli.progress import progress_bar
from kg.cli.render import Format, print_note, print_rows
from kg.errors import ValidationError
from kg.model import Rows


def validate(
    file: Annotated[
        Path | None, typer.Argument(help="An RDF file to check instead of a graph.", show_default=False)
    ] = None,
    graph: options.Graph = options.GRAPH,
    limit: Annotated[int, typer.Option(min=1, help="How many problems to list.")] = 20,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print the problems.")] = Format.TABLE,
) -> None:
    """Check the graph against the SHACL shapes, and every quote against its paper's text.

    Exits with 1 where something is wrong.

    Example: kg validate --graph papers
    """
    from kg.api.graph import Graph
    from kg.api.validate import validate as run
    from kg.api.validate import validate_file

    with progress_bar() as progress:
        if file is not None:
            report = validate_file(file, limit=limit, progress=progress)
        else:
            with Graph(graph) as opened:
                report = run(opened, limit=limit, progress=progress)
    rows = [(p.node, p.shape, p.path, p.message) for p in report.problems]
    if rows or form is not Format.TABLE:
        print_rows(Rows(("node", "shape", "path", "problem"), list(rows)), form)
    what = f"{report.nodes:,} nodes, {report.triples:,} triples"
    if report.count:
        raise ValidationError(f"{report.count:,} problems in {what}")
    print_note(f"no problems in {what}")
