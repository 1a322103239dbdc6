"""`extract`: papers in, records out; needs no graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.api.progress import Progress, counted, silent
from kg.errors import SourceError
from kg.model import Paper, Record
from kg.records import write_records

__all__ = ["ReadingReport", "extract", "read_papers", "write_records"]


@dataclass(slots=True)
class ReadingReport:
    """What could not be read, each a line `path:line: what`."""

    warnings: list[str] = field(default_factory=list)
    """Single entries that were odd or were left out, and how many."""
    failures: list[str] = field(default_factory=list)
    """Whole inputs that were left out."""


def read_papers(
    inputs: Sequence[str], source: str | None, report: ReadingReport, *, strict: bool = False
) -> Iterator[Paper]:
    """Papers of all inputs (paths, or "-"), each once.

    An input that cannot be read goes to the report's failures and the others are read all the same; raises
    `SourceError` where it is the only one or `strict` is set.
    """
    from kg.sources import Problems, merge_duplicates, open_source

    problems = Problems()
    strict = strict or len(inputs) == 1

    def each() -> Iterator[Paper]:
        for name in inputs:
            try:
                yield from open_source(name, source, problems=problems).papers()
            except SourceError as exc:
                if strict:
                    raise
                report.failures.append(str(exc))

    yield from merge_duplicates(each())
    report.warnings.extend(line for line in problems.lines() if line not in report.failures)
    if inputs and len(report.failures) == len(inputs):
        raise SourceError(report.failures[0])


def extract(
    inputs: Sequence[str],
    *,
    source: str | None = None,
    workers: int = 1,
    report: ReadingReport,
    progress: Progress = silent,
) -> Iterator[Record]:
    """The records of all papers in the inputs, in input order, whatever the number of workers."""
    from kg.extract.pipeline import ExtractionPipeline

    papers = read_papers(inputs, source, report)
    yield from counted(ExtractionPipeline.load().extract(papers, workers=workers), "extract", progress)
