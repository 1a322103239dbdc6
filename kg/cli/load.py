"""`kg load`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from kg.cli import options
from kg.cli.progress import progress_bar
from kg.cli.render import stdout_console


def load(
    target: Annotated[str, typer.Argument(help="neo4j://…, bolt://…, or the URL of a SPARQL server.")],
    graph: options.Graph = options.GRAPH,
    user: Annotated[
        str | None, typer.Option(help="Log in as this user and ask for the password.", show_default=False)
    ] = None,
) -> None:
    """Load the graph into a server; loading again changes only what changed.

    User and password come from KG_STORE_USER and KG_STORE_PASSWORD, or from --user and a prompt.

    Example: kg load neo4j://localhost:7687
    """
    from kg.api.graph import Graph
    from kg.api.load import load as run

    if user is not None:
        password = typer.prompt("Password", hide_input=True, err=True)
        # For this process only: stores look for a login in the environment, so that it is in no argument list.
        os.environ.update(KG_STORE_USER=user, KG_STORE_PASSWORD=password)
    with progress_bar() as progress, Graph(graph) as opened:
        report = run(opened, target, progress=progress)
    stdout_console().print(
        f"{report.added:,} added, {report.changed:,} changed, {report.removed:,} removed, {report.unchanged:,} unchanged"
    )
