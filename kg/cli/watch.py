"""`kg watch`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import groupby
from typing import Annotated

import typer

from kg.cli import options
from kg.cli.answer import WIDE, compact, print_answer
from kg.cli.render import Format, print_note, print_rows, stdout_console
from kg.model import Rows, Value

_HEADINGS = {
    "published": "published since",
    "read": "read since, published earlier or at an unknown date",
    "changed": "changed since, in papers that were read before",
}
_LEFT_OUT = ("part", "at", "value_before", "why")
"""Columns for programs, or told with another; `before` belongs to the part on changes alone."""


def watch(
    name: Annotated[str, typer.Argument(help="A method, dataset, metric or task.", show_default=False)],
    since: Annotated[str, typer.Option("--since", help="The first day: 2023, 2023-06 or 2023-06-30.")],
    graph: options.Graph = options.GRAPH,
    store: options.Store = "oxigraph",
    form: options.Output = Format.TABLE,
) -> None:
    """List what is new or changed about something since a date.

    Papers published since then, with the results that beat all before; papers that the graph has read since; and
    results that changed, came or went in papers that it had read before.

    Example: kg watch CIFAR-10 --since 2024-01
    """
    from kg.api.graph import Graph
    from kg.api.watch import watch as find

    with Graph(graph) as opened:
        found = find(opened, name, since, store=store)
    print_note(f"{found.entity.name} ({found.entity.type}) since {since}")
    for note in found.notes:
        print_note(note)
    if form is Format.TABLE and sys.stdout.isatty():
        _print_parts(found.rows)
    else:
        print_answer(found.rows, form)
    if not found.rows.rows:
        print_note("no rows")


def _print_parts(rows: Rows) -> None:
    console = stdout_console()
    for number, (part, group) in enumerate(groupby(rows.dicts(), key=lambda row: str(row["part"]))):
        if number:
            console.print()
        console.print(f"[bold]{_HEADINGS[part]}[/]")
        columns = tuple(n for n in rows.columns if n not in _LEFT_OUT and (n != "before" or part == "changed"))
        cells = [tuple(_change(row) if name == "change" else row[name] for name in columns) for row in group]
        print_rows(_filled(compact(Rows(columns, cells), wide=console.width >= WIDE)), Format.TABLE)


def _filled(rows: Rows) -> Rows:
    """Without columns that are empty from top to bottom."""
    kept = [at for at in range(len(rows.columns)) if any(row[at] for row in rows.rows)]
    return Rows(tuple(rows.columns[at] for at in kept), [tuple(row[at] for at in kept) for row in rows.rows])


def _change(row: Mapping[str, Value]) -> str:
    """What changed, and below it why, where the change does not say that."""
    why = row["why"] if row["change"] != "removed paper" else None
    return "\n".join(str(part) for part in (row["change"], why) if part)
