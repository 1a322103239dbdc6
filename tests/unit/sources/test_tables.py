"""Tables, JSON, the arXiv snapshot and plain text: the same paper from each."""

import gzip
from pathlib import Path

import pytest
from reading import read

ARXIV = (
    '{"id": "2301.00001", "title": "Owls\\n  at Night", "abstract": "  We reach $95\\\\%$\\n on CIFAR-10.\\n", '
    '"authors": "Ada Strix (Nest (Oak)), Bo Tyto and Cy Otus", "categories": "cs.LG", "update_date": "2023-02-01", '
    '"versions": [{"created": "Sun, 1 Jan 2023 10:00:00 GMT"}]}'
)
FORMATS = {
    "papers.jsonl": '{"id": "2301.00001", "title": "Owls at Night", "abstract": "Text.", "published": "2023-01-01"}',
    "papers.json": '{"papers": [{"arxiv_id": "2301.00001v2", "title": "Owls at Night", "summary": "Text.", "date": "2023-01-01"}]}',
    "list.json": '[{"paper": {"id": "2301.00001", "title": "Owls at Night", "summary": "Text.", "publishedAt": "2023-01-01T00:00:00Z"}}]',
    "papers.csv": 'Title,Abstract,Date,ID\n"Owls at Night",Text.,"Jan 1, 2023",arXiv:2301.00001\n',
    "papers.tsv": "id\ttitle\tabstract\tdate\nhttps://arxiv.org/abs/2301.00001v3\tOwls at Night\tText.\t1 January 2023\n",
}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_gives_the_same_paper(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FORMATS[name], encoding="utf-8")
    ((paper,), problems) = read(tmp_path / name)
    assert (paper.id, paper.title, paper.abstract, paper.published) == (
        "arxiv:2301.00001",
        "Owls at Night",
        "Text.",
        "2023-01-01",
    )
    assert (paper.source.name, paper.source.position, problems.lines()) == (name, 0, [])


def test_gzip_is_read_by_content(tmp_path: Path) -> None:
    (tmp_path / "papers").write_bytes(gzip.compress(FORMATS["papers.csv"].encode()))
    assert read(tmp_path / "papers")[0][0].id == "arxiv:2301.00001"


def test_arxiv_snapshot_unwraps_lines_and_parses_authors(tmp_path: Path) -> None:
    (tmp_path / "snapshot.json").write_text(ARXIV + "\n", encoding="utf-8")
    (paper,) = read(tmp_path / "snapshot.json")[0]
    assert (paper.title, paper.abstract) == ("Owls at Night", "We reach $95\\%$ on CIFAR-10.")
    assert (paper.authors, paper.published) == (("Ada Strix", "Bo Tyto", "Cy Otus"), "2023-01-01")
    assert paper.source.format == "arxiv"


def test_plain_text_is_one_paper_with_its_title_first(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Owls at Night\n\nWe reach 95%.\n", encoding="utf-8")
    (paper,) = read(tmp_path / "a.txt")[0]
    assert (paper.title, paper.abstract, paper.source.format) == ("Owls at Night", "We reach 95%.", "text")


def test_quoted_line_breaks_in_csv_keep_line_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('title,abstract\nA,"one\ntwo"\nB,\n', encoding="utf-8")
    papers, problems = read(tmp_path / "a.csv")
    assert [p.abstract for p in papers] == ["one\ntwo"]
    assert problems.lines()[0].endswith("a.csv:4: no abstract")
