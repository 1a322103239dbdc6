"""`kg build`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.cli.progress import progress_bar
from kg.cli.render import print_json, print_reading, stdout_console

if TYPE_CHECKING:
    from kg.api.build import BuildReport


def build(
    inputs: options.Inputs,
    graph: options.Graph = options.GRAPH,
    source: options.Source = None,
    workers: options.Workers = 1,
    prune: Annotated[bool, typer.Option("--prune", help="Take out papers that are not in INPUT.")] = False,
    base: Annotated[str | None, typer.Option(help="Base of all node IRIs, for a new graph.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Read papers and build or update the graph.

    Only new and revised papers are extracted; building twice changes nothing.

    Example: kg build pages/*.txt --graph papers
    """
    from dataclasses import asdict

    from kg.api.build import build as run
    from kg.extract.collector import look_seldom

    look_seldom()
    with progress_bar() as progress:
        report = run(inputs, graph, source=source, workers=workers, prune=prune, base=base, progress=progress)
    print_reading(report.reading)
    if json:
        print_json(asdict(report))
    else:
        _print_report(report, graph)
    if report.reading.failures:
        raise typer.Exit(1)


def _print_report(report: BuildReport, graph: Path) -> None:
    _print_papers(graph, report.papers, report.extracted, report.unchanged, report.removed)
    if not report.published:
        stdout_console().print("nothing changed")
        return
    kinds = ("claim", "dataset", "method", "metric", "task")
    counts = ", ".join(f"{report.counts.get(kind, 0):,} {kind}s" for kind in kinds)
    seconds = ", ".join(f"{stage} {value:.1f} s" for stage, value in report.seconds.items())
    stdout_console().print(f"{counts}\n{seconds}")


def _print_papers(graph: Path, papers: int, extracted: int, unchanged: int, removed: int) -> None:
    parts = [f"{extracted:,} extracted", f"{unchanged:,} unchanged"]
    if removed:
        parts.append(f"{removed:,} removed")
    stdout_console().print(f"{graph}: {papers:,} papers ({', '.join(parts)})", markup=False)
