"""`docs/model.md` is current, and what it shows is true of the fixture graph."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import ladybug
import pytest
from fixtures.bundles import fixture_bundles
from pyoxigraph import RdfFormat, parse

from kg.mapping.bundle import Bundle
from kg.mapping.rdf import to_triples
from kg.stores import open_store
from kg.stores.read import read_graph

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("make_model", ROOT / "docs" / "make_model.py")
assert SPEC is not None
make_model = importlib.util.module_from_spec(SPEC)
assert SPEC.loader is not None
SPEC.loader.exec_module(make_model)

PAGE = make_model.PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bundles() -> list[Bundle]:
    return fixture_bundles()


@pytest.fixture
def file(tmp_path: Path, bundles: list[Bundle]) -> Path:
    """The fixture graph in a Ladybug file."""
    path = tmp_path / "model.lbug"
    store = open_store(f"ladybug:{path}", mode="write")
    store.put(bundles)
    store.close()
    return path


def block(language: str, part: str) -> str:
    """The fenced block of a generated part."""
    found = re.search(rf"<!-- {part} -->\n```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_generated_parts_are_current() -> None:
    assert make_model.current(PAGE) == PAGE, "run: python docs/make_model.py"


def test_turtle_is_part_of_the_graph(bundles: list[Bundle]) -> None:
    triples = {triple for bundle in bundles for triple in to_triples(bundle)}
    shown = {quad.triple for quad in parse(block("turtle", "turtle"), RdfFormat.TURTLE)}
    assert len(shown) > 25
    assert shown <= triples


def test_cypher_makes_exactly_the_claim(file: Path) -> None:
    before = set(map(repr, read_graph(open_store(f"ladybug:{file}"))))
    connection = ladybug.Connection(ladybug.Database(str(file)))
    for label, node_id in (("Evidence", make_model.EVIDENCE), ("Claim", make_model.CLAIM)):
        connection.execute(f"MATCH (n:{label} {{id: $id}}) DETACH DELETE n", {"id": node_id})
    connection.execute(block("cypher", "cypher"))
    connection.close()
    assert set(map(repr, read_graph(open_store(f"ladybug:{file}")))) == before


def test_queries_of_the_page_give_equal_answers(file: Path, bundles: list[Bundle]) -> None:
    texts = dict(make_model.queries(PAGE))
    rdf = open_store("memory:", mode="write")
    rdf.put(bundles)
    rows = rdf.query(texts["sparql"]).rows
    assert rows == open_store(f"ladybug:{file}").query(texts["cypher"]).rows
    assert any("TideNet" in str(row[0]) and row[1:] == (96.8, "%", "accuracy") for row in rows)
