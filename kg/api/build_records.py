"""The first half of a build: papers in, records in shards; only what is new or revised is extracted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from kg.api.build_report import BuildReport
from kg.api.extract import read_papers
from kg.api.progress import Progress, counted
from kg.graph import Shards
from kg.model import Paper, Record

SHARD = 2000
"""Records a shard: what a killed build loses at most."""


def extract_new(
    inputs: Sequence[str],
    source: str | None,
    shards: Shards,
    report: BuildReport,
    *,
    workers: int,
    prune: bool,
    progress: Progress,
) -> None:
    """Extract the papers that the shards do not hold as they are; `prune` takes out those not among the inputs."""
    from kg.extract.version import extractor_version

    version = extractor_version()
    seen: set[str] = set()

    def fresh() -> Iterator[Paper]:
        for paper in counted(read_papers(inputs, source, report.reading, strict=prune), "read", progress):
            seen.add(paper.id)
            if shards.has(paper.id, paper.text_hash, version):
                report.unchanged += 1
            else:
                yield paper

    papers = fresh()
    first = next(papers, None)
    if first is not None:
        _extract_into(chain([first], papers), shards, report, workers=workers, progress=progress)
    if prune:
        report.removed += shards.remove([paper_id for paper_id in shards.ids() if paper_id not in seen])


def _extract_into(
    papers: Iterable[Paper], shards: Shards, report: BuildReport, *, workers: int, progress: Progress
) -> None:
    from kg.extract.pipeline import ExtractionPipeline

    pipeline = ExtractionPipeline.load()
    pending: list[Record] = []
    for record in counted(pipeline.extract(papers, workers=workers), "extract", progress):
        pending.append(record)
        report.extracted += 1
        if len(pending) == SHARD:
            shards.append(pending)
            pending = []
    shards.append(pending)
