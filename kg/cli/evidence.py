"""Claims on a terminal as a researcher reads them: paper by paper, each number with the sentence that states it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from kg.cli.phrase import about, method, value
from kg.model import Value

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

Row = Mapping[str, Value]
NEEDED = frozenset("paper title claim value metric method datasets quote sentence".split())
"""Columns that rows must have to be printed so."""


def print_evidence(rows: Sequence[Row], console: Console) -> None:
    """Print rows in their order; neighbours of one paper share its title, neighbours of one sentence its text."""
    for number, (_, group) in enumerate(groupby(rows, key=lambda row: row["paper"])):
        if number:
            console.print()
        for part in _paper(list(group)):
            console.print(part)


def _paper(rows: Sequence[Row]) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    first = rows[0]
    known = " ".join(str(first[name]) for name in ("published", "paper") if first.get(name))
    yield Text.assemble((str(first["title"]), "bold"), "  ", (known, "dim"))
    for sentence, group in groupby(rows, key=lambda row: row["sentence"]):
        claims = [row for row in group if row["claim"] is not None]
        if claims:
            yield Padding(_numbers(claims), (0, 0, 0, 2))
            yield Padding(_sentence(str(sentence), [str(row["quote"]) for row in claims]), (0, 0, 0, 6))


def _numbers(claims: Sequence[Row]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold cyan", no_wrap=True, min_width=8)
    table.add_column(overflow="fold")
    for row in claims:
        table.add_row(value(row), Text(" · ".join(filter(None, (about(row), method(row))))))
    return table


def _sentence(text: str, quotes: Sequence[str]) -> RenderableType:
    """The sentence, its quotes marked in their order: two equal quotes are two places."""
    from rich.text import Text

    shown, at = Text(f"“{text}”", style="dim"), 1
    for quote in quotes:
        start = shown.plain.find(quote, at)
        if quote and start >= 0:
            at = start + len(quote)
            shown.stylize("not dim underline", start, at)
    return shown
