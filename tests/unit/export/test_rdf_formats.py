"""RDF formats read back by rdflib: the same triples in each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest
import rdflib

from kg.export.jsonld import context, context_file
from kg.mapping.bundle import Bundle
from kg.mapping.rdf import from_triples, to_triples
from kg.resources import read_text

# rdflib's parsers call names that rdflib itself has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*(Dataset|ConjunctiveGraph):DeprecationWarning")

Written = Callable[[str], bytes]
Triples = set[tuple[Any, ...]]


def by_value(graph: Any) -> Triples:
    """Triples with numbers compared by value: JSON writes 96.8 where RDF may write 9.68E1."""
    return {(s, p, o.toPython() if isinstance(o, rdflib.Literal) else o) for s, p, o, *_ in graph}


@pytest.fixture(scope="module")
def wanted(bundles: list[Bundle]) -> Triples:
    lines = "".join(f"{triple} .\n" for bundle in bundles for triple in to_triples(bundle))
    return by_value(rdflib.Graph().parse(data=lines, format="nt"))


@pytest.mark.parametrize(("form", "parser"), [("ntriples", "nt"), ("turtle", "turtle"), ("jsonld", "json-ld")])
def test_triples_are_read_back(written: Written, wanted: Triples, form: str, parser: str) -> None:
    assert by_value(rdflib.Graph().parse(data=written(form), format=parser)) == wanted


@pytest.mark.parametrize(("form", "parser"), [("nquads", "nquads"), ("trig", "trig")])
def test_quads_are_read_back_in_the_default_graph(written: Written, wanted: Triples, form: str, parser: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=written(form), format=parser)
    assert by_value(dataset.default_graph) == wanted
    assert len(dataset) == len(dataset.default_graph)


@pytest.mark.parametrize("form", ["nquads", "ntriples"])
def test_lines_are_sorted_and_unique(written: Written, form: str) -> None:
    lines = written(form).splitlines(keepends=True)
    assert lines == sorted(set(lines))


def test_order_of_bundles_does_not_matter_to_nquads(written: Written, bundles: list[Bundle]) -> None:
    import io

    from kg.export import export_format

    out = io.BytesIO()
    export_format("nquads").write(lambda: reversed(bundles), out, "https://w3id.org/paperkg/id/")
    assert out.getvalue() == written("nquads")


def test_bundles_are_read_back_from_triples(bundles: list[Bundle]) -> None:
    found = from_triples(triple for bundle in bundles for triple in to_triples(bundle))
    assert {bundle.owner.id: bundle.hash for bundle in found} == {b.owner.id: b.hash for b in bundles}


def test_turtle_writes_each_namespace_once(written: Written) -> None:
    assert written("turtle").count(b"<https://w3id.org/paperkg/ontology#") == 1


def test_context_file_is_current() -> None:
    assert read_text("schemas/context.jsonld") == context_file()


def test_jsonld_holds_one_node_a_line_under_that_context(written: Written, bundles: list[Bundle]) -> None:
    data = orjson.loads(written("jsonld"))
    assert data["@context"] == context()
    nodes = [node for bundle in bundles for node in bundle.nodes]
    assert [item["identifier"] for item in data["@graph"]] == [node.id for node in nodes]
    assert len(written("jsonld").splitlines()) == len(nodes) + 2
