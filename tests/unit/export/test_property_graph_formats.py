"""GraphML, GEXF, NetworkX and Parquet hold the same nodes and edges, read back by other libraries."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import orjson
import pyarrow.parquet
import pytest
from fixtures.bundles import fixture_records

from kg.api.export import to_networkx
from kg.export import export_format
from kg.export.to_networkx import from_bundles
from kg.mapping.bundle import Bundle
from kg.vocab import EDGES, NODES, Datatype

Written = Callable[[str], bytes]
LISTS = {p.name for node in NODES.values() for p in node.properties if p.datatype is Datatype.STRINGS}


def xml_value(value: Any) -> Any:
    """What an XML format can say: lists as JSON, a control character as U+FFFD."""
    if isinstance(value, tuple):
        value = orjson.dumps(value).decode()
    return value.replace("\x0b", "\ufffd") if isinstance(value, str) else value


def wanted_nodes(bundles: list[Bundle], convert: Callable[[Any], Any]) -> dict[str, dict[str, Any]]:
    nodes = [node for bundle in bundles for node in bundle.nodes]
    return {n.id: {"label": n.label, **{k: convert(v) for k, v in n.properties.items()}} for n in nodes}


def wanted_edges(bundles: list[Bundle]) -> set[tuple[str, str, str]]:
    return {(edge.start, edge.end, edge.type) for bundle in bundles for edge in bundle.edges}


def edges_of(graph: Any) -> set[tuple[str, str, str]]:
    return {(start, end, data["type"]) for start, end, data in graph.edges(data=True)}


def test_graphml_is_read_by_networkx(written: Written, bundles: list[Bundle]) -> None:
    graph = networkx.read_graphml(io.BytesIO(written("graphml")), force_multigraph=True)
    assert dict(graph.nodes(data=True)) == wanted_nodes(bundles, xml_value)
    assert edges_of(graph) == wanted_edges(bundles)


def test_gexf_is_read_by_networkx(written: Written, bundles: list[Bundle]) -> None:
    graph = networkx.read_gexf(io.BytesIO(written("gexf")), version="1.3")
    nodes = {i: {k: v for k, v in data.items() if k != "label"} for i, data in graph.nodes(data=True)}
    wanted = wanted_nodes(bundles, xml_value)
    for data in wanted.values():
        data.update({"claimKind": data.pop("kind")} if "kind" in data else {}, kind=data.pop("label"))
    assert nodes == wanted
    assert edges_of(graph) == wanted_edges(bundles)


def test_gexf_labels_are_names(written: Written) -> None:
    labels = dict(re.findall(rb'<node id="([^"]+)" label="([^"]*)">', written("gexf")))
    assert labels[b"dataset/cifar-10"] == b"CIFAR-10"


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_xml_is_well_formed_and_lists_every_edge_once(written: Written, bundles: list[Bundle], form: str) -> None:
    from xml.etree import ElementTree

    tree = ElementTree.fromstring(written(form))
    count = sum(len(bundle.edges) for bundle in bundles)
    assert sum(element.tag.endswith("}edge") for element in tree.iter()) == count


def test_networkx_holds_nodes_and_edges(bundles: list[Bundle]) -> None:
    graph = from_bundles(bundles)
    assert dict(graph.nodes(data=True)) == wanted_nodes(bundles, lambda v: list(v) if isinstance(v, tuple) else v)
    assert edges_of(graph) == wanted_edges(bundles)
    assert all(key == data["type"] for _, _, key, data in graph.edges(keys=True, data=True))


def test_networkx_from_records_has_the_papers_and_claims(bundles: list[Bundle]) -> None:
    graph, wanted = to_networkx(fixture_records()), from_bundles(bundles)
    for label in ("Paper", "Claim", "Evidence", "ExtractionRun"):
        nodes = {i: data for i, data in graph.nodes(data=True) if data["label"] == label}
        assert nodes == {i: data for i, data in wanted.nodes(data=True) if data["label"] == label}
    assert edges_of(graph) == {edge for edge in edges_of(wanted) if edge[2] != "BROADER"}


@pytest.fixture(scope="module")
def tables(bundles: list[Bundle], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet")
    export_format("parquet").write_folder(lambda: bundles, folder)
    return folder


@pytest.mark.parametrize("label", NODES)
def test_parquet_nodes(tables: Path, bundles: list[Bundle], label: str) -> None:
    rows = pyarrow.parquet.read_table(tables / "nodes" / f"{label}.parquet").to_pylist()
    found = {
        row.pop("id"): {k: tuple(v) if k in LISTS and v else v for k, v in row.items() if v is not None} for row in rows
    }
    nodes = [node for bundle in bundles for node in bundle.nodes if node.label == label]
    assert found == {node.id: dict(node.properties) for node in nodes}


@pytest.mark.parametrize("kind", EDGES)
def test_parquet_edges(tables: Path, bundles: list[Bundle], kind: str) -> None:
    rows = pyarrow.parquet.read_table(tables / "edges" / f"{kind}.parquet").to_pylist()
    edges = [edge for bundle in bundles for edge in bundle.edges if edge.type == kind]
    assert [tuple(row.values()) for row in rows] == [(e.start_label, e.start, e.end_label, e.end) for e in edges]
