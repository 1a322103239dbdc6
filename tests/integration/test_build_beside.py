"""Readers and writers beside a build."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from builds import STORES, revised
from fixtures.bundles import fixture_records
from fixtures.graph import add_records, build_fixture_graph
from typer.testing import CliRunner

from kg.api.build import rebuild, remove_papers
from kg.api.graph import Graph
from kg.cli.app import app
from kg.errors import GraphError
from kg.graph import GraphDirectory
from kg.model import Dialect

RECORDS = fixture_records()
TITLES = {
    Dialect.SPARQL: "SELECT ?t WHERE { ?p a kg:Paper ; dcterms:title ?t } ORDER BY ?t",
    Dialect.CYPHER: "MATCH (p:Paper) RETURN p.title AS t ORDER BY t",
}


def titles(graph: Graph) -> list[list[object]]:
    """The titles of all papers, by each embedded store."""
    stores = [graph.store(name) for name in STORES]
    return [[row[0] for row in store.query(TITLES[store.dialect]).rows] for store in stores]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return build_fixture_graph(tmp_path / "graph")


def test_readers_keep_reading_the_graph_that_they_opened(path: Path) -> None:
    with Graph(path) as reader:
        before = titles(reader)
        seen: list[str] = []

        def look(stage: str, done: int, total: int | None) -> None:
            if done in (0, total):
                assert titles(reader) == before
                with Graph(path) as newcomer:
                    assert titles(newcomer) == before
                seen.append(stage)

        add_records(path, [revised(RECORDS[2])])
        rebuild(path, progress=look)
        assert {"resolve", "catalog", "load rdf", "load lpg"} <= set(seen)
        assert titles(reader) == before
    with Graph(path) as reader:
        assert titles(reader) != before


@pytest.mark.parametrize("write", [rebuild, lambda path: remove_papers(path, ["x"])], ids=["build", "remove"])
def test_second_writer_is_refused(path: Path, write) -> None:  # type: ignore[no-untyped-def]
    code = (
        "import sys; from pathlib import Path; from kg.graph import GraphDirectory\n"
        "with GraphDirectory(Path(sys.argv[1])).locked():\n    print('locked', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ}) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(GraphError, match="another build is writing to this graph; wait until it ends"):
            write(path)
        other.communicate(b"")
    write(path)


def test_command_says_it_in_one_line(path: Path) -> None:
    with GraphDirectory(path).locked():
        result = CliRunner().invoke(app, ["remove", "x", "--graph", str(path)])
    assert isinstance(result.exception, GraphError)
    assert "\n" not in str(result.exception)


def test_a_lock_dies_with_its_process(path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from kg.graph import GraphDirectory\n"
        "with GraphDirectory(Path(sys.argv[1])).locked():\n    os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    rebuild(path)
