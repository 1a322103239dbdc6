"""The same paper from several places becomes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Paper

WINDOW = 100_000
"""Papers that are held back, at about 2 KiB each; of older ones only an 8-byte hash is kept."""


def merge_duplicates(papers: Iterable[Paper], *, window: int = WINDOW) -> Iterator[Paper]:
    """Each id once, in the order of first sight, with the longest abstract and every detail that any copy gives.

    A copy that comes more than `window` papers after the first is dropped, so that memory stays bounded.
    """
    held: dict[str, Paper] = {}
    gone: set[int] = set()
    for paper in papers:
        if paper.id in held:
            held[paper.id] = merge(held[paper.id], paper)
        elif hash(paper.id) not in gone:
            held[paper.id] = paper
            if len(held) > window:
                oldest = next(iter(held))
                gone.add(hash(oldest))
                yield held.pop(oldest)
    yield from held.values()


def merge(first: Paper, second: Paper) -> Paper:
    """The first paper, with the longer text and with details from the second where it has none."""
    longer = second if len(second.abstract) > len(first.abstract) else first
    dated = first if first.published or not second.published else second
    return replace(
        first,
        title=first.title or second.title,
        abstract=longer.abstract,
        source=longer.source,
        published=dated.published,
        year=dated.year or first.year or second.year,
        authors=first.authors or second.authors,
        author_count=first.author_count if first.author_count is not None else second.author_count,
    )
