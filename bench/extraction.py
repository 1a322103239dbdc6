"""Speed of extraction on real abstracts, beside bare spaCy tokenisation of the same text in the same run.

    python bench/extraction.py ../shared/corpora/arxiv-2025-100k.jsonl.gz [--papers 2000]

Figures are processor time of one process. "entities" is everything up to the entities of a paper: reading it into a
document (tokens, sentences, abbreviations), finding mentions, merging them; "whole" adds the claims. Papers are read in
batches, and garbage is looked for seldom, as `kg extract` does it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Paper

os.environ.setdefault("OMP_NUM_THREADS", "1")
WARM = 1000
"""Papers read before the clock starts: caches of words fill while a corpus is read, and stay."""


def read_papers(path: Path, count: int) -> list[Paper]:
    """The first papers of arXiv's snapshot."""
    from kg.model import Paper, SourceRef

    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, count + WARM)]
    return [
        Paper(
            f"arxiv:{row['id']}",
            " ".join(row["title"].split()),
            " ".join(row["abstract"].split()),
            SourceRef("arxiv", path.name, i),
        )
        for i, row in enumerate(rows)
    ]


def measure(work: Callable[[list[Paper]], object], papers: list[Paper], size: int) -> float:
    """Abstracts a second of processor time in batches of a size, after a warm-up."""
    for first in range(0, WARM, size):
        work(papers[first : min(first + size, WARM)])
    start = time.process_time()
    for first in range(WARM, len(papers), size):
        work(papers[first : first + size])
    return (len(papers) - WARM) / (time.process_time() - start)


def main() -> None:
    """Prints a table of abstracts a second and their ratio to bare tokenisation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--papers", type=int, default=2000)
    arguments = parser.parse_args()

    import spacy

    from kg.extract.collector import look_seldom
    from kg.extract.pipeline import BATCH, ExtractionPipeline

    look_seldom()
    papers = read_papers(arguments.corpus, arguments.papers)
    bare = spacy.blank("en")
    pipeline = ExtractionPipeline.load()
    rows = {
        "bare spaCy tokenisation": lambda batch: [bare(f"{one.title}\n{one.abstract}") for one in batch],
        "tokens, sentences, abbreviations": lambda batch: [*map(pipeline.document, batch)],
        "entities": lambda batch: pipeline.entities([*map(pipeline.document, batch)]),
        "whole": pipeline.read_all,
    }
    speeds = {name: measure(work, papers, BATCH) for name, work in rows.items()}
    base = speeds["bare spaCy tokenisation"]
    print("| what | abstracts/s and core | share of bare tokenisation |\n|---|---|---|")
    for name, speed in speeds.items():
        print(f"| {name} | {speed:.0f} | {speed / base:.2f} |")


if __name__ == "__main__":
    main()
