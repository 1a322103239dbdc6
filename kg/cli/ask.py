"""`kg ask`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import options
from kg.cli.render import Format, print_note


def ask(
    question: Annotated[str, typer.Argument(help="A question in English.", show_default=False)],
    graph: options.Graph = options.GRAPH,
    store: options.Store = "oxigraph",
    form: options.Output = Format.TABLE,
    show_query: Annotated[bool, typer.Option("--show-query", help="Also print the query, on standard error.")] = False,
) -> None:
    """Answer a question in English.

    Example: kg ask "which papers report results on CIFAR-10"
    """
    from kg.api.ask import ask as run
    from kg.api.graph import Graph
    from kg.cli.answer import print_answer

    with Graph(graph) as opened:
        answer = run(opened, question, store=store)
    print_note(answer.understood)
    if show_query:
        print_note(f"{answer.query}\nparameters: {dict(answer.parameters)}")
    print_answer(answer.rows, form)
    if not answer.rows.rows:
        print_note("no rows")
