"""`kg export` on a built graph: files, folders, standard output, and what goes wrong."""

from __future__ import annotations

import io
from pathlib import Path

import networkx
import pytest
from builds import STORES
from fixtures.graph import build_fixture_graph
from typer.testing import CliRunner

from kg.api.export import FORMAT_NAMES, export, export_path, is_folder, to_networkx
from kg.api.graph import Graph
from kg.cli.app import app
from kg.errors import KgError
from kg.records import iter_records


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_fixture_graph(tmp_path_factory.mktemp("export"))


@pytest.mark.parametrize("form", FORMAT_NAMES)
def test_every_format_is_written_twice_alike(graph: Path, tmp_path: Path, form: str) -> None:
    for name in ("a", "b"):
        result = CliRunner().invoke(app, ["export", "-g", str(graph), "-f", form, "-o", str(tmp_path / name)])
        assert result.exit_code == 0, result.output
    first, second = (
        {file.relative_to(tmp_path / name): file.read_bytes() for file in sorted((tmp_path / name).rglob("*"))
         if file.is_file()} if is_folder(form) else (tmp_path / name).read_bytes()
        for name in ("a", "b")
    )  # fmt: skip
    assert first
    assert first == second
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_standard_output_takes_formats_of_one_file(graph: Path) -> None:
    result = CliRunner().invoke(app, ["export", "-g", str(graph), "-f", "turtle"])
    assert result.stdout_bytes.startswith(b"@prefix")


def test_folder_format_needs_a_folder(graph: Path) -> None:
    with Graph(graph) as opened, pytest.raises(KgError, match="parquet fills a folder: name one with --output"):
        export(opened, "parquet", io.BytesIO())


def test_folder_format_goes_over_nothing_that_is_there(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with Graph(graph) as opened, pytest.raises(KgError, match="there is something already"):
        export_path(opened, "neo4j-csv", tmp_path / "mine")


@pytest.mark.parametrize("form", ["nquads", "parquet"])
def test_export_that_breaks_off_leaves_what_was_there(graph: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / "graph.out"
    if form == "nquads":
        target.write_text("old")

    def stop(stage: str, done: int, total: int | None) -> None:
        if done == 100:
            raise KeyboardInterrupt

    with Graph(graph) as opened, pytest.raises(KeyboardInterrupt):
        export_path(opened, form, target, progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == (["graph.out"] if form == "nquads" else [])
    assert form != "nquads" or target.read_text() == "old"


@pytest.mark.parametrize("store", STORES)
def test_networkx_is_the_same_from_records_and_from_each_store(graph: Path, store: str) -> None:
    with Graph(graph) as opened:
        whole, stored = to_networkx(opened), to_networkx(opened, store=store)
    assert networkx.utils.graphs_equal(_sorted_lists(whole), _sorted_lists(stored))


def _sorted_lists(graph: networkx.MultiDiGraph) -> networkx.MultiDiGraph:
    for _, data in graph.nodes(data=True):
        data.update({name: sorted(value) for name, value in data.items() if isinstance(value, list)})
    return graph


def test_exported_records_build_the_same_networkx_papers(graph: Path, tmp_path: Path) -> None:
    with Graph(graph) as opened:
        export_path(opened, "records", tmp_path / "records.jsonl")
        whole = to_networkx(opened)
    again = to_networkx(iter_records(tmp_path / "records.jsonl"))
    papers = {i for i, label in whole.nodes(data="label") if label in ("Paper", "Claim", "Evidence")}
    assert papers == {i for i, label in again.nodes(data="label") if label in ("Paper", "Claim", "Evidence")}


def test_output_into_a_missing_folder_is_one_line(graph: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", "-g", str(graph), "-o", str(tmp_path / "no" / "x.nq")])
    assert isinstance(result.exception, KgError)
    assert result.stdout == ""


def test_target_that_cannot_be_written_is_named(graph: Path, tmp_path: Path) -> None:
    with Graph(graph) as opened:
        with pytest.raises(KgError, match=f"{tmp_path}: is a folder"):
            export_path(opened, "turtle", tmp_path)
        with pytest.raises(KgError, match=r"none/x\.ttl: cannot be written: No such file"):
            export_path(opened, "turtle", tmp_path / "none" / "x.ttl")
