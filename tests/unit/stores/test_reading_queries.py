"""What counts as a query that only reads, and how parameters get into it, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import QueryError, QueryParameterError
from kg.mapping.iris import NodeId
from kg.stores import cypher, sparql

CYPHER_READS = [
    "MATCH (p:Paper) RETURN p.title",
    "  // CREATE\nMATCH (p) WHERE p.set = 'DELETE' RETURN p.create;",
    "MATCH (n:`CREATE`)-[:MERGE]->() RETURN n",
    "CALL db.labels() YIELD label RETURN label",
    "MATCH (p) WHERE EXISTS { MATCH (p)-->() } RETURN 'it\\'s'",
    "UNWIND [1, 2] AS x RETURN x",
]
CYPHER_REFUSED = [
    "CREATE (n)",
    "MATCH (n) /* harmless */ DETACH DELETE n",
    "MATCH (n) SET n.x = 1 RETURN n",
    "match (n) ReMoVe n.x",
    "MATCH (n) RETURN n; MATCH (m) DELETE m",
    "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
    "CALL dbms.security.listUsers()",
    "CALL db.index.fulltext.createNodeIndex('a', ['b'], ['c'])",
    "CALL apoc.cypher.doIt('x', {})",
    "EXPLAIN MATCH (n) RETURN n",
    "RETURN '\\u0027 }) CREATE (n'",
    "MATCH (n) RETURN 'no end",
    "",
    ";",
    "MATCH (n) RETURN n" + " " * cypher.MAX_TEXT,
]
SPARQL_READS = {
    "SELECT * WHERE { ?s ?p ?o }": "SELECT",
    "# INSERT\nPREFIX delete: <a:> ASK { ?s delete:insert 'CLEAR ALL' }": "ASK",
    "BASE <http://x/insert> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }": "CONSTRUCT",
    "DESCRIBE <http://example.org/SERVICE>": "DESCRIBE",
    'SELECT ?insert WHERE { ?insert ?p """x DROP \' " y""" }': "SELECT",
}
SPARQL_REFUSED = [
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "prefix x: <a:> delete where { ?s ?p ?o }",
    "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "SELECT * WHERE { SERVICE <http://elsewhere/sparql> { ?s ?p ?o } }",
    "LOAD <http://elsewhere/data>",
    "hello",
    "",
]


@pytest.mark.parametrize("text", CYPHER_READS)
def test_cypher_that_reads(text: str) -> None:
    cypher.check_reading(text)


@pytest.mark.parametrize("text", CYPHER_REFUSED, ids=lambda text: text[:30])
def test_cypher_that_is_refused(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        cypher.check_reading(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", SPARQL_READS)
def test_sparql_that_reads(text: str) -> None:
    assert sparql.check_reading(text) == SPARQL_READS[text]


@pytest.mark.parametrize("text", SPARQL_REFUSED)
def test_sparql_that_is_refused(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        sparql.check_reading(text)
    assert "\n" not in str(caught.value)


@given(value=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_bound_as_itself_in_sparql(value: str) -> None:
    text = sparql.bind("SELECT ?x WHERE { BIND($value AS ?x) }", {"value": value})
    (row,) = list(Store().query(text))  # type: ignore[arg-type]
    assert row["x"].value == value  # type: ignore[index]


@given(value=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_id_is_bound_as_an_iri_and_read_back_in_sparql(value: str) -> None:
    text = sparql.bind("SELECT ?x WHERE { BIND($value AS ?x) }", {"value": NodeId(value)})
    (row,) = list(Store().query(text))  # type: ignore[arg-type]
    assert sparql.plain_iri(row["x"].value) == value  # type: ignore[index]


@given(value=st.one_of(st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), st.booleans()))
def test_numbers_are_bound_as_themselves_in_sparql(value: float) -> None:
    text = sparql.bind("SELECT ?x WHERE { BIND($value AS ?x) }", {"value": value})
    (row,) = list(Store().query(text))  # type: ignore[arg-type]
    term = row["x"]  # type: ignore[index]
    assert sparql.plain(term.value, term.datatype.value) == value


@pytest.mark.parametrize(
    ("bind", "query"),
    [
        (lambda text, values: sparql.bind(text, values), "SELECT ?x WHERE { ?x ?p $a, $b . # $c\n ?x ?p '$d' }"),
        (lambda text, values: cypher.bound_values(text, values), "MATCH (n {a: $a, b: $b, d: '$d'}) RETURN n // $c"),
    ],
    ids=["sparql", "cypher"],
)
def test_a_missing_parameter_is_named_and_text_is_no_parameter(bind: Callable[..., object], query: str) -> None:
    with pytest.raises(QueryParameterError, match=r"needs a value for \$b"):
        bind(query, {"a": 1})
    bind(query, {"a": 1, "b": 2})


@pytest.mark.parametrize(
    "value",
    [object(), 2**63, "\ud800", {"a": 1}, [1, "x"]],
    ids=["object", "too large", "surrogate", "map", "mixed list"],
)
def test_values_that_no_store_takes_are_refused_in_cypher(value: object) -> None:
    with pytest.raises(QueryParameterError):
        cypher.bound_values("RETURN $a", {"a": value})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("text", "limited"),
    [
        ("RETURN 1", True),
        ("RETURN 1;", True),
        ("MATCH (n) RETURN n LIMIT 3", False),
        ("MATCH (n) WITH n LIMIT 3 RETURN n", True),
        ("MATCH (n) WHERE EXISTS { MATCH (n) RETURN n LIMIT 1 } RETURN n", True),
        ("CALL show_tables()", False),
    ],
)
def test_a_limit_is_added_where_there_is_none(text: str, limited: bool) -> None:
    assert cypher.with_limit(text, 7).endswith("\nLIMIT 7") == limited
