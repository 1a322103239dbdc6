"""`kg extract`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg.cli import options
from kg.cli.progress import progress_bar
from kg.cli.render import print_note, print_reading


def extract(
    inputs: options.Inputs,
    output: Annotated[str, typer.Option("--output", "-o", help="Where to write; - is standard output.")] = "-",
    source: options.Source = None,
    workers: options.Workers = 1,
) -> None:
    """Read papers and write one record a line (JSON Lines); needs no graph.

    Example: kg extract page.txt -o records.jsonl
    """
    from kg.api.extract import ReadingReport, write_records
    from kg.api.extract import extract as run
    from kg.extract.collector import look_seldom

    look_seldom()
    report = ReadingReport()
    with progress_bar() as progress:
        records = run(inputs, source=source, workers=workers, report=report, progress=progress)
        if output == "-":
            count = write_records(records, sys.stdout.buffer)
        else:
            with open(output, "wb") as out:  # noqa: PTH123 - a path as the user wrote it
                count = write_records(records, out)
    print_reading(report)
    print_note(f"{count:,} {'record' if count == 1 else 'records'}")
    if report.failures:
        raise typer.Exit(1)
