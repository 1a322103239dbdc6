"""Data of pages as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

TABLES = {
    "home": "newest",
    "search": "papers",
    "browse": "entries",
    "ask": "rows",
    "paper": "claims",
    "dataset": "results",
    "method": "claims",
    "metric": "claims",
    "task": "papers_list",
    "claim": "",
    "claims": "claims",
    "compare": "papers",
}
"""Page → the list of its data that its CSV holds; an empty name is the data itself, as one row."""


def to_csv(page: str, data: Mapping[str, Any]) -> bytes:
    """The main table of a page; lists in a cell are joined by "; "."""
    rows = rows_of(page, data)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_cell(row.get(name)) for name in columns] for row in rows])
    return out.getvalue().encode()


def rows_of(page: str, data: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The rows of a page's main table."""
    name = TABLES[page]
    found: Sequence[Mapping[str, Any]] = data[name] if name else [data]
    return found


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(str(_cell(item)) for item in value)
    if isinstance(value, Mapping):
        return value.get("name") or value.get("id") or value.get("paper") or ""
    if isinstance(value, str) and value[:1] in "=+-@\t\r" and not _is_number(value):
        return "'" + value  # a spreadsheet would take it as a formula
    return value


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
