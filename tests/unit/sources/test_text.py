"""Ids and dates, and copies of one paper."""

from dataclasses import replace

import pytest

from kg.model import Paper, SourceRef
from kg.sources import merge_duplicates
from kg.sources.text import clean, paper_id, parse_date


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("2306.13649", "arxiv:2306.13649"),
        ("arXiv:2306.13649v2", "arxiv:2306.13649"),
        ("https://arxiv.org/pdf/2306.13649v1.pdf", "arxiv:2306.13649"),
        ("cs/0112017", "arxiv:cs/0112017"),
        ("10.1000/XYZ.1", "doi:10.1000/xyz.1"),
        ("https://doi.org/10.1000/xyz", "doi:10.1000/xyz"),
        ("acl:P19-1001", "acl:P19-1001"),
        ("my own id", "id:myownid"),
        ("", "title:9e95d3dfeb"),
        (None, "title:9e95d3dfeb"),
    ],
)
def test_id_of_a_paper(given: str | None, wanted: str) -> None:
    assert paper_id(given, "Owls: at NIGHT!", "Text.") == wanted


def test_title_decides_by_its_letters_and_digits() -> None:
    assert paper_id(None, "Owls: at NIGHT!", "a") == paper_id(None, "owls at night", "b")
    assert paper_id(None, "", "a").startswith("text:")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2023-06-23", ("2023-06-23", 2023)),
        ("2023-06-23T10:11:12Z", ("2023-06-23", 2023)),
        ("Jun 23, 2023", ("2023-06-23", 2023)),
        ("23 June 2023", ("2023-06-23", 2023)),
        ("Fri, 23 Jun 2023 10:00:00 GMT", ("2023-06-23", 2023)),
        ("2023/6/3", ("2023-06-03", 2023)),
        ("2023", (None, 2023)),
        ("June 2023", (None, 2023)),
        ("2023-02-31", (None, 2023)),
        ("Jun 23", (None, None)),
        ("soon", (None, None)),
        (None, (None, None)),
    ],
)
def test_date(text: str | None, wanted: tuple[str | None, int | None]) -> None:
    assert parse_date(text) == wanted


PAPER = Paper("arxiv:1", "Owls", "Short.", SourceRef("jsonl", "a", 0))


def test_copies_are_one_paper_with_every_detail() -> None:
    longer = replace(PAPER, abstract="Not so short.", source=SourceRef("csv", "b", 3))
    dated = replace(PAPER, published="2023-01-01", year=2023, authors=("Ada",), author_count=1)
    (merged,) = merge_duplicates([PAPER, longer, dated])
    assert merged == replace(dated, abstract="Not so short.", source=longer.source)


def test_order_is_that_of_first_sight_and_memory_is_bounded() -> None:
    papers = [replace(PAPER, id=f"arxiv:{n % 50}") for n in range(200)]
    assert [p.id for p in merge_duplicates(papers, window=10)] == [f"arxiv:{n}" for n in range(50)]


@pytest.mark.parametrize("steers", ["\x1b", "\x07", "\x7f", "\x9b", "\x9d"])
def test_what_steers_a_terminal_becomes_a_space(steers: str) -> None:
    assert clean(f"a{steers}[2Jb") == "a [2Jb"
