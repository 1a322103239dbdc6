"""Answers on a terminal: rows of claims told in few columns, so that they fit."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from kg.cli.ask import phrase, readable
from kg.cli.render import Format, cell_text, print_rows, stdout_console
from kg.model import Rows, Value

WIDE = 110
"""From this width on, the quote has a column of its own."""


def print_answer(rows: Rows, form: Format) -> None:
    """Print an answer; on a terminal claims as `value | of | method | paper`, in a pipe as columns for programs."""
    if form is not Format.TABLE:
        print_rows(rows, form)
    elif sys.stdout.isatty() and {"claim", "value", "paper", "title"} <= set(rows.columns):
        print_rows(compact(rows, wide=stdout_console().width >= WIDE), form)
    else:
        print_rows(readable(rows), form)


_TOLD = frozenset(
    "paper title published claim value value_high unit kind bound metric method datasets baseline baseline_value quote "
    "confidence sentence direction task".split()
)


def compact(rows: Rows, *, wide: bool) -> Rows:
    """Claims in four columns, five where `wide`; other columns stay before them."""
    more = [name for name in rows.columns if name not in _TOLD]
    columns = (*more, "value", "of", "method", *(("quote",) if wide else ()), "paper")
    out: list[tuple[Value, ...]] = []
    for row in rows.dicts():
        quote = (row.get("quote"),) if wide else ()
        out.append((*(row[name] for name in more), phrase(row), _about(row), _method(row), *quote, _paper(row)))
    return Rows(columns, out, rows.truncated)


def _about(row: Mapping[str, Value]) -> str:
    """ "accuracy on CIFAR-10"."""
    datasets = cell_text(row.get("datasets"))
    return " ".join(filter(None, (cell_text(row.get("metric")), datasets and f"on {datasets}")))


def _method(row: Mapping[str, Value]) -> str:
    """ "SLAB vs Swin (76.1)"."""
    value = row.get("baseline_value")
    other = " ".join(filter(None, (cell_text(row.get("baseline")), "" if value is None else f"({cell_text(value)})")))
    return " ".join(filter(None, (cell_text(row.get("method")), other and f"vs {other}")))


def _paper(row: Mapping[str, Value]) -> str:
    """The title, and below it the id with the date where it is known."""
    known = " ".join(filter(None, (cell_text(row.get("paper")), cell_text(row.get("published")))))
    return f"{cell_text(row.get('title'))}\n{known}"
