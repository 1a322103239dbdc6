"""`kg ask`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from kg.cli import options
from kg.cli.render import Format, cell_text, print_note
from kg.model import Rows


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


HIDDEN = ("value_high", "unit", "kind", "bound", "claim", "baseline_value", "field", "start")


def readable(rows: Rows) -> Rows:
    """Rows for people: a claim's numbers as one phrase ("up to 2.33×"), ids of claims left out."""
    if "value" not in rows.columns or "unit" not in rows.columns:
        return rows
    kept = [name for name in rows.columns if name not in HIDDEN]
    out = [tuple(phrase(row) if name == "value" else row[name] for name in kept) for row in rows.dicts()]
    return Rows(tuple(kept), out, rows.truncated)


_BOUNDS = {"max": "≤ ", "min": "≥ ", "approx": "≈ "}
_KINDS = {"increase": "+", "decrease": "−"}


def phrase(row: Mapping[str, object]) -> str:
    """A claim's value as people write it: "≤ 2.33x", "+3.1 points", "71–75%"."""
    if row.get("value") is None:
        return ""
    unit = str(row.get("unit") or "")
    number = short_number(row["value"])
    if row.get("value_high") is not None:
        number += f"–{short_number(row['value_high'])}"
    sign = "" if unit == "x" else _KINDS.get(str(row.get("kind")), "")
    spaced = unit if unit in ("%", "x", "") else f" {unit}"
    return f"{_BOUNDS.get(str(row.get('bound')), '')}{sign}{number}{spaced}"


def short_number(value: object) -> str:
    """A number as papers write it: 220000 → "220K", 5700000.0 → "5.7M"; below 100,000 as it is."""
    if isinstance(value, int | float) and abs(value) >= 100_000:
        for size, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")):
            if abs(value) >= size:
                return f"{value / size:.4g}{letter}"
    return cell_text(value)
