"""`kg evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.progress import progress_bar
from kg.cli.render import Format, print_note, print_rows
from kg.model import Rows


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated papers (JSON Lines).", show_default=False)],
    records: Annotated[
        Path | None, typer.Argument(help="Records to score; without it the gold papers are extracted.")
    ] = None,
    show: Annotated[int, typer.Option(min=0, help="Also print so many differences, on standard error.")] = 0,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print the figures.")] = Format.TABLE,
) -> None:
    """Score extraction against annotated papers: precision, recall and F1.

    Example: kg evaluate dev.jsonl --show 20
    """
    from kg.api.evaluate import evaluate as run
    from kg.extract.collector import look_seldom

    look_seldom()
    with progress_bar() as progress:
        result = run(gold, records, progress=progress)
    rows: list[tuple[str | int | float | bool | list[object] | None, ...]] = [
        (name, round(t.precision, 4), round(t.recall, 4), round(t.f1, 4), t.right, t.extra, t.missed)
        for name, t in result.tallies.items()
    ]
    print_rows(Rows(("what", "precision", "recall", "f1", "right", "extra", "missed"), rows), form)
    fields = ", ".join(f"{name} {result.field_accuracy(name):.2f}" for name in result.fields)
    own = f"introduced {result.introduced_accuracy:.4f}; " if result.introduced else ""
    print_note(f"{result.papers} papers; {own}fields of found claims: {fields}")
    for line in result.differences[:show]:
        print_note(f"- {line}")
