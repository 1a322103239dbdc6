"""OPTIONAL on Oxigraph: rewritten where it is safe, and with the same answers."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.stores.oxigraph_optional import with_lateral

REWRITTEN = [
    "SELECT * { ?p <a:p> ?c OPTIONAL { ?c <a:v> ?v } }",
    "SELECT * { ?p <a:p> ?c . optional{?c <a:v> ?v ; <a:w> ?w .} OPTIONAL { ?p <a:v>/<a:w> ?x } }",
    'SELECT * { ?p <a:p> ?c OPTIONAL { ?c <a:v> "FILTER }" } }',
    "SELECT ?p (COUNT(?v) AS ?n) { ?p <a:p> ?c OPTIONAL { ?c <a:v> ?v } } GROUP BY ?p",
]
KEPT = [
    "SELECT * { ?p <a:p> ?c OPTIONAL { ?c <a:v> ?v FILTER(?v > 1) } }",
    "SELECT * { ?p <a:p> ?c OPTIONAL { ?c <a:v> ?v BIND(2 AS ?w) } }",
    "SELECT * { ?p <a:p> ?c OPTIONAL { ?c <a:v>? ?v } }",
    "SELECT * { ?p <a:p> ?c OPTIONAL { ?c <a:v>* ?v } }",
    "SELECT * { ?p <a:p> ?c OPTIONAL { { ?c <a:v> ?v } UNION { ?c <a:w> ?v } } }",
    'SELECT * { ?p <a:p> "OPTIONAL { ?c <a:v> ?v }" }',
    "SELECT * { ?p <a:p> ?c } # OPTIONAL { ?c <a:v> ?v }",
    "SELECT ?optional { ?optional <a:p> ?c }",
]


@pytest.fixture(scope="module")
def store() -> Store:
    """Three papers with claims, some of which have values."""
    made = Store()
    for number in range(3):
        claim = NamedNode(f"a:c{number}")
        made.add(Quad(NamedNode(f"a:{number}"), NamedNode("a:p"), claim))
        if number:
            made.add(Quad(claim, NamedNode("a:v"), Literal(number)))
            made.add(Quad(claim, NamedNode("a:w"), Literal(f"w{number}")))
    return made


@pytest.mark.parametrize("text", KEPT)
def test_what_is_not_plain_stays(text: str) -> None:
    assert with_lateral(text) == text


@pytest.mark.parametrize("text", REWRITTEN)
def test_rewritten_query_answers_alike(text: str, store: Store) -> None:
    rewritten = with_lateral(text)
    assert "LATERAL { " in rewritten
    assert sorted(map(str, store.query(rewritten))) == sorted(map(str, store.query(text)))
