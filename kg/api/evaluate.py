"""`evaluate`: extraction against annotated papers."""

from __future__ import annotations

from pathlib import Path

from kg.api.progress import Progress, counted, silent
from kg.evaluate import Evaluation, read_gold
from kg.evaluate import evaluate as compare
from kg.model import Paper, SourceRef


def evaluate(gold: Path, records: Path | None = None, *, progress: Progress = silent) -> Evaluation:
    """Score a file of records, or without one what extraction makes of the gold papers now."""
    papers = read_gold(gold)
    if records is not None:
        from kg.records import iter_records

        return compare(papers, [record.to_dict() for record in iter_records(records)])
    from kg.extract.pipeline import ExtractionPipeline

    read = [
        Paper(p["id"], p["title"], p["abstract"], SourceRef("gold", gold.name, position))
        for position, p in enumerate(papers)
    ]
    extracted = ExtractionPipeline.load().extract(counted(read, "extract", progress, len(read)))
    return compare(papers, [record.to_dict() for record in extracted])
