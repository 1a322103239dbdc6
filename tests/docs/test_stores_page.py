"""`docs/stores.md` is current, and what it says of Ladybug's Cypher is true."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures.bundles import fixture_bundles

from kg.errors import QueryError
from kg.queries import named_queries
from kg.stores import Store, open_store

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("make_stores", ROOT / "docs" / "make_stores.py")
assert SPEC is not None
make_stores = importlib.util.module_from_spec(SPEC)
assert SPEC.loader is not None
SPEC.loader.exec_module(make_stores)

WORKS = [
    "MATCH (a:Dataset)-[:BROADER* TRAIL 1..3]->(b:Dataset) RETURN a.id AS a_id",
    "MATCH (p:Paper)-[r]->(x) RETURN label(r) AS t LIMIT 1",
    "RETURN cast('3' AS INT64) AS n",
    "RETURN list_transform([3, 1], x -> x + 1) AS l",
    "MATCH (p:Paper) WHERE EXISTS { MATCH (p)-[:REPORTS]->(:Claim) } RETURN count(*) AS n",
    "MATCH (p:Paper) RETURN COUNT { MATCH (p)-[:REPORTS]->(:Claim) } AS n LIMIT 1",
]
REFUSED = [
    "MATCH (a:Author) RETURN a.id",
    "MATCH (p:Paper) RETURN p.colour",
    "MATCH (paper:Paper) RETURN paper.title AS paper ORDER BY paper",
    "MATCH (p:Paper)-[r]->(x) RETURN type(r) AS t",
    "RETURN toInteger('3') AS n",
    "RETURN [x IN [3, 1] | x] AS l",
    "MATCH (p:Paper) RETURN elementId(p) AS e",
    "MATCH (p:Paper) CALL { WITH p MATCH (p)-[:REPORTS]->(c) RETURN count(c) AS n } RETURN n",
]


@pytest.fixture(scope="module")
def ladybug(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(f"ladybug:{tmp_path_factory.mktemp('page') / 'g.lbug'}", mode="write")
    store.put(fixture_bundles())
    yield store
    store.close()


@pytest.mark.parametrize("query", WORKS)
def test_ladybug_takes(ladybug: Store, query: str) -> None:
    assert ladybug.query(query).rows


@pytest.mark.parametrize("query", REFUSED)
def test_ladybug_refuses(ladybug: Store, query: str) -> None:
    with pytest.raises(QueryError):
        ladybug.query(query)


def test_generated_parts_are_current() -> None:
    text = make_stores.PAGE.read_text(encoding="utf-8")
    assert make_stores.current(text) == text, "run: python docs/make_stores.py"


def test_table_holds_every_test_of_the_suite() -> None:
    files = sorted((ROOT / "tests" / "contract").glob("test_*.py"))
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    names = {node.name for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)}
    wanted = {name for name in names if name.startswith("test_")}
    assert set(json.loads(make_stores.SUITE.read_text(encoding="utf-8"))) == wanted


def test_no_store_fails_a_test_of_the_suite() -> None:
    outcomes = json.loads(make_stores.SUITE.read_text(encoding="utf-8"))
    assert {outcome for stores in outcomes.values() for outcome in stores.values()} == {"passed", "skipped"}
    assert all(set(stores) == set(make_stores.STORES) for stores in outcomes.values())


def test_every_named_query_was_measured_with_equal_rows() -> None:
    results = json.loads(make_stores.GRAPH.read_text(encoding="utf-8"))["queries"]
    assert set(results) <= set(named_queries())
    assert all(result["equal"] for result in results.values())


def test_links_of_the_page_lead_to_files() -> None:
    text = make_stores.PAGE.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert links
    assert all((make_stores.PAGE.parent / link).exists() for link in links)
