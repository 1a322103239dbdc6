"""`extract`: papers in, records out; needs no graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.api.progress import Progress, counted, silent
from kg.model import Paper, Record
from kg.records import write_records

__all__ = ["extract", "read_papers", "write_records"]


def read_papers(inputs: Sequence[str], source: str | None, warnings: list[str]) -> Iterator[Paper]:
    """Papers of all inputs (paths, or "-"), each once; problems that cost single entries go to `warnings`."""
    from kg.sources import Problems, merge_duplicates, open_source

    problems = Problems()
    opened = [open_source(name, source, problems=problems) for name in inputs]
    yield from merge_duplicates(paper for one in opened for paper in one.papers())
    warnings.extend(problems.lines())


def extract(
    inputs: Sequence[str],
    *,
    source: str | None = None,
    workers: int = 1,
    warnings: list[str],
    progress: Progress = silent,
) -> Iterator[Record]:
    """The records of all papers in the inputs, in input order, whatever the number of workers."""
    from kg.extract.pipeline import ExtractionPipeline

    papers = read_papers(inputs, source, warnings)
    yield from counted(ExtractionPipeline.load().extract(papers, workers=workers), "extract", progress)
