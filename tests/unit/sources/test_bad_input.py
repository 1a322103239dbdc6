"""Input that cannot be read: one line that names the file, or a counted warning with the rest kept."""

import gzip
from pathlib import Path

import orjson
import pytest
from reading import read

from kg.errors import SourceError

GOOD = b'{"title": "A", "abstract": "We reach 95% accuracy."}\n'
UNREADABLE = {
    "empty.txt": (b"", ":1: empty"),
    "blank.txt": (b" \n\n\t\n", ":1: empty"),
    "binary.txt": (bytes(range(256)) * 8, ":1: a binary file, not text"),
    "paper.pdf": (b"%PDF-1.7\n\x00\x01\x02", ":1: a binary file, not text"),
    "error.html": (b"<!DOCTYPE html>\n<html><body>502</body></html>", ":1: an HTML page, not a list of papers"),
    "error.txt": (b"\n <html lang='en'>Too many requests", ":1: an HTML page, not a list of papers"),
    "cut.jsonl": (b'{"title": "A", "abst', ":1: not valid JSON"),
    "deep.jsonl": (b'{"abstract": ' + b"[" * 50_000, ":1: not valid JSON"),
    "cut.json": (b'[{"title": "A",\n "abst', ":2: not valid JSON"),
    "none.json": (b"[]", ":1: no papers found"),
    "null.json": (b"null", ":1: no papers found"),
    "other.csv": (b"a,b\n1,2\n", ":1: no columns for title and abstract"),
    "bare.csv": (b"title,abstract\nA,\n", ":2: no abstract"),
    "broken.jsonl.gz": (gzip.compress(GOOD * 9)[:40], ":1: cannot read: "),
    "garbage.gz": (b"\x1f\x8bgarbage", ":1: cannot read: "),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_input_is_one_line_with_file_and_line(tmp_path: Path, name: str) -> None:
    content, message = UNREADABLE[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}{message}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("name", "reason"), [("missing.txt", "No such file or directory"), ("", "Is a directory")])
def test_what_is_no_file_is_named(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(tmp_path / name)


def test_unknown_format_lists_the_known(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(GOOD)
    with pytest.raises(SourceError, match="'nosuch' is not a format; choose one of arxiv, csv, hf-page"):
        read(tmp_path / "a.jsonl", "nosuch")


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (b'{"title": "B", "abs', "not valid JSON"),
        (b"[1, 2]", "not a JSON object"),
        (b'{"title": "B"}', "no abstract"),
        (b'{"abstract": "Text."}', "no title and no id"),
        (b'{"title": "B", "abstract": 7.5}', "no abstract"),
    ],
)
def test_bad_line_is_skipped_and_the_rest_kept(tmp_path: Path, bad: bytes, message: str) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(GOOD + bad + b"\n" + GOOD.replace(b'"A"', b'"C"'))
    papers, problems = read(path)
    assert [p.title for p in papers] == ["A", "C"]
    assert problems.lines() == [f"{path}:2: {message}", "1 entry skipped"]


def test_many_bad_lines_are_counted_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(GOOD + b"oops\n" * 1000)
    lines = read(path)[1].lines()
    assert lines[-2:] == ["… and 980 more like these", "1000 entries skipped"]
    assert len(lines) == 22


def test_other_encoding_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "latin.jsonl"
    path.write_bytes('{"title": "Café", "abstract": "Très bien."}'.encode("latin-1"))
    papers, problems = read(path)
    assert papers[0].title == "Café"
    assert problems.lines() == [f"{path}:1: not UTF-8; read as Latin-1"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_mark_is_understood(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"title": "Öl", "abstract": "Text."}\n'.encode(encoding))
    assert read(tmp_path / "a.jsonl")[0][0].title == "Öl"


def test_control_characters_and_surrogates_become_spaces(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(rb'{"title": "A\u0000B", "abstract": "x\u001by\ufffe"}')
    (paper,) = read(tmp_path / "a.jsonl")[0]
    assert (paper.title, paper.abstract) == ("A B", "x y ")


def test_gzip_that_breaks_off_late_keeps_what_came_before(tmp_path: Path) -> None:
    lines = b"".join(orjson.dumps({"title": f"Paper {n}", "abstract": f"{n * n}" * 40}) + b"\n" for n in range(20_000))
    path = tmp_path / "big.jsonl.gz"
    path.write_bytes(gzip.compress(lines, 1)[:-4000])
    papers, problems = read(path)
    assert 1000 < len(papers) < 20_000
    assert "input breaks off" in problems.lines()[0]


def test_line_beyond_the_limit_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_bytes(GOOD + b'{"title": "' + b"x" * (9 << 20) + b'"}\n' + GOOD.replace(b'"A"', b'"C"'))
    papers, problems = read(path)
    assert [p.title for p in papers] == ["A", "C"]
    assert problems.lines()[0] == f"{path}:2: line longer than 8 MiB"
