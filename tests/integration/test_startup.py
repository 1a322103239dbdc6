"""Commands that only ask load neither spaCy nor what it brings; times are for `make bench`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fixtures.graph import build_fixture_graph

HEAVY = {
    "spacy",
    "thinc",
    "torch",
    "sklearn",
    "networkx",
    "rdflib",
    "neo4j",
    "pyarrow",
    "ray",
    "starlette",
    "pyshacl",
    "numpy",
}
CODE = """
import sys
sys.argv = ["kg", *sys.argv[1:]]
from kg.cli.app import main
try:
    main()
except SystemExit as exc:
    assert not exc.code, exc.code
print("LOADED", *sorted({name.split(".")[0] for name in sys.modules}))
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture records as a published graph."""
    return build_fixture_graph(tmp_path_factory.mktemp("graph"))


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("ask", "which papers report results on CIFAR-10"),
        ("query", "papers-on-dataset", "dataset=CIFAR-10"),
        ("sparql", "SELECT * { ?s ?p ?o } LIMIT 1"),
        ("cypher", "MATCH (p:Paper) RETURN p.id LIMIT 1"),
        ("show", "CIFAR-10"),
        ("stats",),
    ],
    ids=lambda words: words[0],
)
def test_command_that_asks_loads_nothing_heavy(graph: Path, words: tuple[str, ...]) -> None:
    where = () if words == ("--help",) else ("--graph", str(graph))
    command = [sys.executable, "-c", CODE, *words, *where]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    loaded = set(done.stdout.splitlines()[-1].split()[1:])
    assert "kg" in loaded
    assert loaded & HEAVY == set()
