"""`kg validate` on a built graph and on files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph
import pytest
from fixtures.graph import build_fixture_graph
from typer.testing import CliRunner

from kg.api.graph import Graph
from kg.api.validate import validate, validate_file
from kg.cli.app import app
from kg.errors import KgError, ValidationError
from kg.vocab import BASE


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_fixture_graph(tmp_path_factory.mktemp("graph"))


@pytest.fixture
def broken(graph: Path, tmp_path: Path) -> Path:
    """A copy in which a claim's quote was changed behind our back."""
    copy = shutil.copytree(graph, tmp_path / "broken")
    store = pyoxigraph.Store(str(copy / "rdf" / "1"))
    store.update('DELETE { ?e ?exact ?q } INSERT { ?e ?exact "nothing" } WHERE { VALUES ?exact '
                 "{ <http://www.w3.org/ns/oa#exact> } { SELECT ?e { ?e a ?c } ORDER BY ?e } ?e ?exact ?q }")  # fmt: skip
    store.flush()
    return copy


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["validate", *arguments])
    if isinstance(result.exception, KgError):
        return 1, f"{result.output}error: {result.exception}"
    return result.exit_code, result.output


def test_built_graph_is_sound(graph: Path) -> None:
    with Graph(graph) as opened:
        report = validate(opened)
    assert (report.count, report.problems) == (0, [])
    assert report.nodes > 150
    assert report.triples > 10 * report.nodes


def test_command_says_that_nothing_is_wrong(graph: Path) -> None:
    code, output = run("--graph", str(graph))
    assert code == 0
    assert "no problems in" in output


def test_broken_graph_exits_with_one_and_names_the_node(broken: Path) -> None:
    code, output = run("--graph", str(broken), "--limit", "3")
    assert code == 1
    assert output.count("evidence/") == 3
    assert "quote" in output
    assert "problems in" in output


@pytest.mark.parametrize("form", ["nq", "ttl"])
def test_exported_file_is_sound(graph: Path, tmp_path: Path, form: str) -> None:
    from kg.api.export import export_path

    path = tmp_path / f"graph.{form}"
    with Graph(graph) as opened:
        export_path(opened, {"nq": "nquads", "ttl": "turtle"}[form], path)
    report = validate_file(path)
    assert report.count == 0
    assert report.nodes > 150


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.xyz", "", "not known as an RDF file"),
        ("x.ttl", "this is no turtle", "x.ttl: "),
        ("x.nq", f"<{BASE}a> <{BASE}b> <{BASE}c> .\n", ""),
    ],
)
def test_files_that_are_no_graph(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    if message:
        with pytest.raises(ValidationError, match=message):
            validate_file(path)
    else:
        assert [p.message for p in validate_file(path).problems] == ["is of no class of the graph"]


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"no\.ttl"):
        validate_file(tmp_path / "no.ttl")
