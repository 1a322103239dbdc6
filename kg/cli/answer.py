"""Answers on a terminal: rows of claims with their evidence, or told in few columns, so that they fit."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from kg.cli.evidence import NEEDED, print_evidence
from kg.cli.phrase import about, method, value
from kg.cli.render import Format, cell_text, print_note, print_rows, stdout_console
from kg.model import Rows, Value

WIDE = 110
"""From this width on, the quote has a column of its own."""
HIDDEN = ("value_high", "unit", "kind", "bound", "claim", "baseline_value", "field", "start")
"""Told by the value, or of use to programs only."""


def print_answer(rows: Rows, form: Format) -> None:
    """Print an answer; claims on a terminal under their papers, with the sentence of each; in a pipe as columns."""
    if form is not Format.TABLE:
        print_rows(rows, form)
    elif not sys.stdout.isatty() or not {"claim", "value", "paper", "title"} <= set(rows.columns):
        print_rows(readable(rows), form)
    elif set(rows.columns) >= NEEDED and set(rows.columns) <= _TOLD:
        print_evidence(rows.dicts(), stdout_console())
        if rows.truncated:
            print_note("more rows exist; the answer was cut at the limit")
    else:
        print_rows(compact(rows, wide=stdout_console().width >= WIDE), form)


_TOLD = frozenset(
    "paper title published claim value value_high unit kind bound metric method datasets baseline baseline_value quote "
    "confidence sentence direction task".split()
)


def readable(rows: Rows) -> Rows:
    """Rows for people: a claim's numbers as one phrase ("≤ 2.33x"), ids of claims left out."""
    if "value" not in rows.columns or "unit" not in rows.columns:
        return rows
    kept = [name for name in rows.columns if name not in HIDDEN]
    out = [tuple(value(row) if name == "value" else row[name] for name in kept) for row in rows.dicts()]
    return Rows(tuple(kept), out, rows.truncated)


def compact(rows: Rows, *, wide: bool) -> Rows:
    """Claims in four columns, five where `wide`; other columns stay before them."""
    more = [name for name in rows.columns if name not in _TOLD]
    columns = (*more, "value", "of", "method", *(("quote",) if wide else ()), "paper")
    out: list[tuple[Value, ...]] = []
    for row in rows.dicts():
        quote = (row.get("quote"),) if wide else ()
        out.append((*(row[name] for name in more), value(row), about(row), method(row), *quote, _paper(row)))
    return Rows(columns, out, rows.truncated)


def _paper(row: Mapping[str, Value]) -> str:
    """The title, and below it the id with the date where it is known."""
    known = " ".join(filter(None, (cell_text(row.get("paper")), cell_text(row.get("published")))))
    return f"{cell_text(row.get('title'))}\n{known}"
