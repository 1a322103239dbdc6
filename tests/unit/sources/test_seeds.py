"""The five real pages: counts pinned, and counted a second time in another way."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from reading import read

from kg.sources import merge_duplicates

# Entries, and those with a date and an author count, by the page's first digits.
PINNED = {"000": (72, 0, 0), "001": (75, 0, 0), "002": (40, 37, 40), "003": (57, 0, 0), "004": (223, 0, 0)}
PAPERS = 398
"""Distinct by title. Three entries of 002 are dated without a year: the page leaves out the current one."""


def pages(shared: Path) -> list[Path]:
    return sorted((shared / "seeds").glob("*.txt"))


@pytest.mark.parametrize("number", sorted(PINNED))
def test_page_has_its_entries(shared: Path, number: str) -> None:
    (path,) = (page for page in pages(shared) if page.name.startswith(number))
    papers, problems = read(path)
    counted = (
        len(papers),
        sum(p.published is not None for p in papers),
        sum(p.author_count is not None for p in papers),
    )
    assert counted == PINNED[number]
    assert problems.lines() == []
    assert all(p.title and len(p.abstract) > 300 for p in papers)


def test_pages_hold_398_papers(shared: Path) -> None:
    papers = [paper for page in pages(shared) for paper in read(page)[0]]
    merged = list(merge_duplicates(papers))
    assert (len(papers), len(merged)) == (sum(n for n, _, _ in PINNED.values()), PAPERS)
    assert sum(p.published is not None for p in merged) == PINNED["002"][1]


def test_count_by_long_lines_agrees(shared: Path) -> None:
    """Every line of over 300 characters is an abstract, and the line of text before it its title."""
    titles: list[str] = []
    for page in pages(shared):
        lines = [line.strip() for line in page.read_text(encoding="utf-8").splitlines() if line.strip()]
        titles += [title for title, text in pairwise(lines) if len(text) > 300]
    folded = {re.sub(r"[\W_]+", "", title.removeprefix("Subscribe").lower()) for title in titles}
    assert (len(titles), len(folded)) == (sum(n for n, _, _ in PINNED.values()), PAPERS)
