"""`kg watch`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import options
from kg.cli.answer import print_answer
from kg.cli.render import Format, print_note


def watch(
    name: Annotated[str, typer.Argument(help="A method, dataset, metric or task.", show_default=False)],
    since: Annotated[str, typer.Option("--since", help="The first day: 2023, 2023-06 or 2023-06-30.")],
    graph: options.Graph = options.GRAPH,
    store: options.Store = "oxigraph",
    form: options.Output = Format.TABLE,
) -> None:
    """List papers and results about something that were published since a date; says which beat all before.

    Example: kg watch CIFAR-10 --since 2024-01
    """
    from kg.api.graph import Graph
    from kg.api.watch import watch as find

    with Graph(graph) as opened:
        entity, rows = find(opened, name, since, store=store)
    print_note(f"{entity.name} ({entity.type}) since {since}")
    print_answer(rows, form)
    if not rows.rows:
        print_note("no rows")
