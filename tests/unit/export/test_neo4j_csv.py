"""The CSV for Neo4j: quoting, types and options. The services tests import it into a real server."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.export import export_format
from kg.export.neo4j_csv import ARGUMENTS
from kg.mapping.bundle import Bundle, Node
from kg.vocab import EDGES, NODES


@pytest.fixture(scope="module")
def folder(bundles: list[Bundle], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("csv")
    export_format("neo4j-csv").write_folder(lambda: bundles, path)
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_options_name_every_file(folder: Path) -> None:
    arguments = (folder / ARGUMENTS).read_text().split()
    named = {line.rpartition("=")[2] for line in arguments if line.endswith(".csv")}
    assert named == {path.name for path in folder.glob("*.csv")} == {f"{name}.csv" for name in (*NODES, *EDGES)}


def test_nodes_are_read_back(folder: Path, bundles: list[Bundle]) -> None:
    papers = {row["id:ID"]: row for row in rows(folder / "Paper.csv")}
    wanted: list[Node] = [node for bundle in bundles for node in bundle.nodes if node.label == "Paper"]
    assert {i: row["title:string"] for i, row in papers.items()} == {n.id: n.properties["title"] for n in wanted}
    odd = papers["arxiv:2401.00001"]
    assert odd["authors:string[]"].split("\x1f") == ["Zoe; Strix", 'Bo "B" Tyto', ""]


def test_edges_are_read_back(folder: Path, bundles: list[Bundle]) -> None:
    for kind in EDGES:
        edges = [edge for bundle in bundles for edge in bundle.edges if edge.type == kind]
        found = [(row[":START_ID"], row[":END_ID"]) for row in rows(folder / f"{kind}.csv")]
        assert found == [(edge.start, edge.end) for edge in edges]


def test_an_empty_text_is_quoted_and_an_absent_value_is_not(folder: Path) -> None:
    lines = (folder / "Claim.csv").read_text(encoding="utf-8").splitlines()
    header = lines[0].split(",")
    unitless = next(line.split(",") for line in lines[1:] if ',"",' in line)
    assert unitless[header.index("unit:string")] == '""'
    assert unitless[header.index("valueHigh:double")] == ""
