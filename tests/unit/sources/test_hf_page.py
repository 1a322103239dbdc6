"""The daily-papers page: every layout, invented entries."""

from pathlib import Path

import pytest
from reading import read

LONG = "We study how invented methods behave when nobody runs them. " * 8
OTHER = "A second abstract speaks of other things, at length and calmly. " * 8
HEAD = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\nJul 30\n\n"


def page(tmp_path: Path, body: str, head: str = HEAD) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(head + body, encoding="utf-8")
    return path


def test_plain_entries_have_title_and_abstract(tmp_path: Path) -> None:
    papers, problems = read(page(tmp_path, f"First Title\n\n{LONG}\n\nSecond Title\n\n{OTHER}"))
    assert [(p.title, p.abstract) for p in papers] == [
        ("First Title", LONG.strip()),
        ("Second Title", OTHER.strip()),
    ]
    assert [(p.published, p.author_count) for p in papers] == [(None, None)] * 2
    assert problems.lines() == []


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Jan 31, 2024", "2024-01-31"),
        ("Jan 31, 2024 17", "2024-01-31"),
        ("Jul 11", None),
        ("September 5, 2016 1", "2016-09-05"),
    ],
)
def test_lines_for_authors_date_and_votes_are_read(tmp_path: Path, line: str, published: str | None) -> None:
    papers, _ = read(
        page(
            tmp_path,
            f"First\n\n{LONG}\n\n  • 3 authors\n·\n{line}\n\nSecond\n\n{OTHER}\n\n  • 1 author\n·\nMay 2, 2020\n",
        )
    )
    assert [(p.title, p.author_count, p.published) for p in papers] == [
        ("First", 3, published),
        ("Second", 1, "2020-05-02"),
    ]


def test_title_glued_to_subscribe_is_freed(tmp_path: Path) -> None:
    head = "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"
    papers, _ = read(page(tmp_path, f"First Title\n{LONG}\nSecond Title\n{OTHER}", head))
    assert [p.title for p in papers] == ["First Title", "Second Title"]


def test_missing_title_keeps_the_abstract_with_a_warning(tmp_path: Path) -> None:
    long = "This abstract is as long as an abstract may be, so that no second can belong to it. " * 14
    papers, problems = read(page(tmp_path, f"First\n\n{long}\n\n{long}Quite.\n\nThird\n\n{OTHER}"))
    assert [p.title for p in papers] == ["First", "", "Third"]
    assert papers[1].id.startswith("text:")
    assert problems.lines()[0].endswith(":17: an abstract without a title; kept untitled")


def test_abstract_in_paragraphs_is_one(tmp_path: Path) -> None:
    papers, problems = read(page(tmp_path, f"First\n\n{LONG}\n\n{OTHER}\n\nSecond\n\n{LONG}"))
    assert [(p.title, p.abstract.count("\n\n")) for p in papers] == [("First", 1), ("Second", 0)]
    assert problems.skipped == 0


def test_title_without_an_abstract_is_skipped_and_counted(tmp_path: Path) -> None:
    papers, problems = read(page(tmp_path, f"First\n\n{LONG}\n\nLonely Title\n"))
    assert [p.title for p in papers] == ["First"]
    assert problems.lines() == [f"{tmp_path}/page.txt:17: a title without an abstract", "1 entry skipped"]


def test_page_that_is_cut_short_is_told_of(tmp_path: Path) -> None:
    papers, problems = read(page(tmp_path, f"First\n\n{LONG}\n\nSecond\n\n{OTHER[:-20]}"))
    assert [p.title for p in papers] == ["First", "Second"]
    assert problems.lines() == [f"{tmp_path}/page.txt:17: the last abstract breaks off; the file may be cut short"]


def test_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    path = page(tmp_path, f"First\n\n{LONG}\n")
    before, _ = read(path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read(path)[0] == before
