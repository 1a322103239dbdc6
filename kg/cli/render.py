"""Rows and messages on a terminal, in a pipe, or in a machine format."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import orjson

from kg.model import Rows, plain_number

if TYPE_CHECKING:
    from rich.console import Console

    from kg.api.extract import ReadingReport


class Format(StrEnum):
    """How answers are printed. `table` is for people, the others for programs."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"


SHORT = 18
"""Cells of a column that are no longer than this (dates, ids, values) are not broken over lines."""

LONGEST = 2000
"""Characters of an error, which may quote what a person typed."""

_MIN = {"title": 24, "paper": 24}
"""Least widths of columns that hold titles."""


def print_rows(rows: Rows, form: Format, *, headers: Mapping[str, str] | None = None) -> None:
    """Print rows to standard output. `headers` renames and selects columns for the table form only."""
    if form is Format.TABLE:
        _print_table(rows, headers)
    else:
        sys.stdout.write(_WRITERS[form](rows))
    if rows.truncated:
        print_note("more rows exist; the answer was cut at the limit")


def print_json(value: Any) -> None:
    """Print one JSON document to standard output."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode() + "\n")


def print_note(text: str) -> None:
    """A remark for the person, on standard error."""
    sys.stderr.write(f"{text}\n")


def print_error(text: str) -> None:
    """An error, on standard error, on one line that is never longer than `LONGEST`."""
    line = " ".join(str(text).split())
    if len(line) > LONGEST:
        line = f"{line[: LONGEST - 1]}…"
    stderr_console().print(f"[bold red]error:[/] {_escape(line)}", soft_wrap=True, highlight=False)


def print_reading(report: ReadingReport) -> None:
    """What could not be read: entries as warnings, whole inputs as errors."""
    for line in report.warnings:
        print_note(f"warning: {line}")
    for line in report.failures:
        print_error(line)


def stdout_console() -> Console:
    """A console on standard output that wraps to the terminal and prints plain text in a pipe."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty(), emoji=False)


def stderr_console() -> Console:
    """A console on standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, emoji=False)


def cell_text(value: object) -> str:
    """A value as people read it: whole numbers without a decimal part, lists joined by commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{plain_number(value):g}" if abs(value) < 1e6 else f"{plain_number(value):,}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(cell_text(item) for item in value)
    return str(value)


def _print_table(rows: Rows, headers: Mapping[str, str] | None) -> None:
    chosen = {name: name for name in rows.columns} if headers is None else headers
    places = [(rows.columns.index(name), title) for name, title in chosen.items() if name in rows.columns]
    if not sys.stdout.isatty():
        _print_plain(rows, places)
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for place, title in places:
        numeric = any(isinstance(row[place], (int, float)) for row in rows.rows[:20])
        short = all(len(cell_text(row[place])) <= SHORT for row in rows.rows)
        table.add_column(
            title, justify="right" if numeric else "left", overflow="fold", no_wrap=short, min_width=_MIN.get(title)
        )
    for row in rows.rows:
        table.add_row(*(_escape(cell_text(row[place])) for place, _ in places))
    stdout_console().print(table)


def _print_plain(rows: Rows, places: Sequence[tuple[int, str]]) -> None:
    """Columns parted by tabs: what `cut` and `awk` expect."""
    out = ["\t".join(title for _, title in places)]
    for row in rows.rows:
        out.append("\t".join(" ".join(cell_text(row[place]).split()) for place, _ in places))
    sys.stdout.write("\n".join(out) + "\n")


def _to_json(rows: Rows) -> str:
    return orjson.dumps(_plain_dicts(rows), option=orjson.OPT_INDENT_2).decode() + "\n"


def _to_jsonl(rows: Rows) -> str:
    return "".join(orjson.dumps(row).decode() + "\n" for row in _plain_dicts(rows))


def _to_csv(rows: Rows) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows([_csv_cell(value) for value in row] for row in rows.rows)
    return out.getvalue()


def _csv_cell(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return "; ".join(str(item) for item in value)
    return plain_number(value) if isinstance(value, float) else value


def _to_md(rows: Rows) -> str:
    lines = [_md_line(rows.columns), _md_line(["---"] * len(rows.columns))]
    lines += [_md_line([cell_text(value) for value in row]) for row in rows.rows]
    return "\n".join(lines) + "\n"


def _md_line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _plain_dicts(rows: Rows) -> list[dict[str, Any]]:
    return [
        {name: plain_number(value) if isinstance(value, float) else value for name, value in row.items()}
        for row in rows.dicts()
    ]


def _escape(text: str) -> str:
    from rich.markup import escape

    return escape(text)


_WRITERS = {Format.JSON: _to_json, Format.JSONL: _to_jsonl, Format.CSV: _to_csv, Format.MD: _to_md}
