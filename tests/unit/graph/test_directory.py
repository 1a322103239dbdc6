"""The graph directory: publishing, locking, and what a killed build leaves."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.graph import GraphDirectory, Published


def test_nothing_there_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no graph here; build one with: kg build"):
        GraphDirectory(tmp_path / "none").published()


def test_what_is_published_is_read_back(tmp_path: Path) -> None:
    wanted = Published(3, 'https://example.org/"odd"/', "paperkg", "1", "abc", 7)
    GraphDirectory(tmp_path).publish(wanted)
    assert GraphDirectory(tmp_path).published() == wanted


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("format = 99\n", "format 99"),
        ("not toml", "graph.toml: "),
        ("", "format None"),
        ('format = 1\ngeneration = "x"\n', "generation = 'x' is not"),
    ],
)
def test_foreign_or_damaged_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "graph.toml").write_text(text)
    with pytest.raises(GraphError, match=message):
        GraphDirectory(tmp_path).published()


def test_second_build_is_refused_at_once(tmp_path: Path) -> None:
    code = f"from pathlib import Path; from kg.graph import GraphDirectory\nwith GraphDirectory(Path({str(tmp_path)!r})).locked(): pass"
    with GraphDirectory(tmp_path).locked():
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "another build is writing to this graph" in done.stderr
    subprocess.run([sys.executable, "-c", code], check=True)


def test_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GraphError, match="cannot write here"), GraphDirectory(tmp_path / "file").locked():
        pass


def test_leftovers_of_a_killed_build_are_cleared(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path)
    for generation in (1, 2, 3, 4):
        directory.view("rdf", generation).mkdir(parents=True)
    directory.view("catalog", 4).parent.mkdir()
    directory.view("catalog", 4).write_text("half")
    assert directory.prepare(3) == 4
    assert [directory.view("rdf", n).exists() for n in (1, 2, 3, 4)] == [False, True, True, False]
    assert not directory.view("catalog", 4).exists()
