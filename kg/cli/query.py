"""`kg query`, `kg sparql`, `kg cypher`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options
from kg.cli.answer import print_answer
from kg.cli.render import Format, print_note, print_rows
from kg.model import Dialect, Rows

Seconds = Annotated[float, typer.Option("--timeout", min=0.1, help="Stop after that many seconds.")]
MaxRows = Annotated[int, typer.Option("--limit", min=1, help="Print at most that many rows.")]
Text = Annotated[str, typer.Argument(help="The query, a file that holds it (@FILE), or - for standard input.")]
Pairs = Annotated[list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A bound parameter.")]


def query(
    name: Annotated[str | None, typer.Argument(help="The query's name.", show_default=False)] = None,
    parameters: Annotated[list[str] | None, typer.Argument(metavar="NAME=VALUE", show_default=False)] = None,
    graph: options.Graph = options.GRAPH,
    store: options.Store = "oxigraph",
    form: options.Output = Format.TABLE,
    list_all: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
) -> None:
    """Run a named query.

    Example: kg query papers-on-dataset dataset=CIFAR-10
    """
    from kg.api.ask import parse_parameters, run_named
    from kg.api.graph import Graph

    if list_all or name is None:
        print_rows(_list(), form)
        return
    given = parse_parameters(parameters or [])
    with Graph(graph) as opened:
        rows = run_named(opened, name, given, store=store)
    print_answer(rows, form)
    if not rows.rows:
        print_note("no rows")


def sparql(
    text: Text,
    graph: options.Graph = options.GRAPH,
    store: Annotated[str | None, typer.Option("--store", "-s", help="oxigraph, or a server's URL.")] = None,
    form: options.Output = Format.TABLE,
    parameters: Pairs = None,
    seconds: Seconds = 60.0,
    limit: MaxRows = 10_000,
) -> None:
    """Run a SPARQL query that reads.

    Example: kg sparql "SELECT ?title { ?p a kg:Paper ; dcterms:title ?title } LIMIT 5"
    """
    _run(text, Dialect.SPARQL, graph, store, form, parameters, seconds, limit)


def cypher(
    text: Text,
    graph: options.Graph = options.GRAPH,
    store: Annotated[str | None, typer.Option("--store", "-s", help="ladybug, or a server's URL.")] = None,
    form: options.Output = Format.TABLE,
    parameters: Pairs = None,
    seconds: Seconds = 60.0,
    limit: MaxRows = 10_000,
) -> None:
    """Run a Cypher query that reads.

    Example: kg cypher "MATCH (p:Paper) RETURN p.title LIMIT 5"
    """
    _run(text, Dialect.CYPHER, graph, store, form, parameters, seconds, limit)


def _run(
    text: str,
    dialect: Dialect,
    graph: Path,
    store: str | None,
    form: Format,
    parameters: list[str] | None,
    seconds: float,
    limit: int,
) -> None:
    from kg.api.ask import parse_parameters, run_text
    from kg.api.graph import Graph
    from kg.stores.base import Limits

    given = parse_parameters(parameters or [])
    with Graph(graph) as opened:
        limits = Limits(seconds, limit)
        rows = run_text(opened, _read(text), dialect, parameters=given, store=store, limits=limits)
    print_rows(rows, form)


def _read(text: str) -> str:
    if text == "-":
        return sys.stdin.read()
    return Path(text[1:]).read_text(encoding="utf-8") if text.startswith("@") else text


def _list() -> Rows:
    from kg.queries import named_queries

    rows: list[tuple[object, ...]] = []
    for name, one in sorted(named_queries().items()):
        takes = ", ".join(p.name if p.required else f"[{p.name}]" for p in one.parameters)
        rows.append((name, one.title, takes))
    return Rows(("name", "title", "parameters"), rows)  # type: ignore[arg-type]
