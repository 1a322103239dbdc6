"""Every store: parameters, limits, values and errors of queries."""

from __future__ import annotations

from dataclasses import dataclass

import graphs
import pytest
from registry import Place

from kg.errors import QueryError, QueryParameterError, QuerySyntaxError, QueryTimeoutError, StoreError
from kg.mapping.bundle import Bundle
from kg.mapping.iris import NodeId
from kg.model import Dialect
from kg.stores import Limits, Store


@dataclass(frozen=True)
class Both:
    """A query in both dialects."""

    sparql: str
    cypher: str

    def of(self, store: Store) -> str:
        """The text that the store understands."""
        return self.sparql if store.dialect is Dialect.SPARQL else self.cypher


PAPERS_ON = Both(
    """SELECT ?paper ?title
       WHERE { ?p kg:reportsOn $dataset ; dcterms:identifier ?paper ; dcterms:title ?title } ORDER BY ?paper""",
    "MATCH (p:Paper)-[:REPORTS_ON]->(d:Dataset {id: $dataset}) RETURN p.id AS paper, p.title AS title ORDER BY paper",
)
BY_TITLE = Both(
    "SELECT ?paper WHERE { ?p a kg:Paper ; dcterms:title $title ; dcterms:identifier ?paper } ORDER BY ?paper",
    "MATCH (p:Paper {title: $title}) RETURN p.id AS paper ORDER BY paper",
)
ABOVE = Both(
    "SELECT (COUNT(?c) AS ?n) WHERE { ?c a kg:Claim ; kg:value ?v FILTER(?v > $least) }",
    "MATCH (c:Claim) WHERE c.value > $least RETURN count(c) AS n",
)
ALL_PAPERS = Both(
    "SELECT ?paper WHERE { ?p a kg:Paper ; dcterms:identifier ?paper } ORDER BY ?paper",
    "MATCH (p:Paper) RETURN p.id AS paper ORDER BY paper",
)
CLAIM = Both(
    """SELECT ?value ?start ?quote ?high WHERE { $claim kg:value ?value ; kg:supportedBy ?e .
       ?e oa:start ?start ; oa:exact ?quote OPTIONAL { $claim kg:valueHigh ?high } }""",
    """MATCH (c:Claim {id: $claim})-[:SUPPORTED_BY]->(e:Evidence)
       RETURN c.value AS value, e.startOffset AS start, e.quote AS quote, c.valueHigh AS high""",
)
WRONG = Both("SELECT ?p WHERE { ?p a kg:Paper", "MATCH (p:Paper RETURN p")
WRITES = [
    Both("INSERT DATA { <a:a> <a:b> <a:c> }", "CREATE (p:Paper {id: 'x'})"),
    Both("# SELECT\nDELETE WHERE { ?s ?p ?o }", "MATCH (p:Paper) DETACH DELETE p"),
    Both("PREFIX select: <a:> CLEAR ALL", "MATCH (p:Paper) SET p.title = 'x' RETURN p.id"),
]
SLOW = Both(
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) < STR(?l)) }",
    """MATCH (a), (b), (c), (d), (e), (f), (g), (h) WHERE a.id + b.id < c.id + d.id AND e.id + f.id < g.id + h.id
       RETURN count(*) AS n""",
)


def test_id_is_bound_as_the_node(loaded: Store) -> None:
    rows = loaded.query(PAPERS_ON.of(loaded), {"dataset": NodeId("dataset/cifar-10")})
    assert rows.columns == ("paper", "title")
    assert rows.rows == [("arxiv:2401.00001", "Owl 1: seeing in the dark"), ("arxiv:2401.00002", graphs.ODD)]


def test_unknown_id_gives_no_rows(loaded: Store) -> None:
    assert loaded.query(PAPERS_ON.of(loaded), {"dataset": NodeId("dataset/ <none> \"'")}).rows == []


@pytest.mark.parametrize("text", [graphs.ODD, "' OR 1=1 //", '" . ?s ?p ?o . "', "\\", "$title", "}"])
def test_text_is_bound_and_never_read_as_query(loaded: Store, text: str) -> None:
    rows = loaded.query(BY_TITLE.of(loaded), {"title": text}).rows
    assert rows == ([("arxiv:2401.00002",)] if text == graphs.ODD else [])


@pytest.mark.parametrize(("least", "count"), [(90, 4), (90.5, 0), (-1e300, 4), (90.49999, 4)])
def test_number_is_bound(loaded: Store, least: float, count: int) -> None:
    assert loaded.query(ABOVE.of(loaded), {"least": least}).rows == [(count,)]


def test_values_are_plain(loaded: Store) -> None:
    (row,) = loaded.query(CLAIM.of(loaded), {"claim": NodeId("claim/1-0")}).rows
    assert row == (90.5, 16, "90.5%", None)
    assert [type(value) for value in row] == [float, int, str, type(None)]


def test_missing_parameter_is_named(loaded: Store) -> None:
    with pytest.raises(QueryParameterError, match="dataset"):
        loaded.query(PAPERS_ON.of(loaded), {})


def test_parameter_that_the_query_lacks_is_no_error(loaded: Store) -> None:
    assert len(loaded.query(ALL_PAPERS.of(loaded), {"other": 1}).rows) == 3


def test_row_limit_cuts_and_says_so(loaded: Store) -> None:
    cut = loaded.query(ALL_PAPERS.of(loaded), limits=Limits(rows=2))
    assert (cut.rows, cut.truncated) == ([("arxiv:2401.00001",), ("arxiv:2401.00002",)], True)
    whole = loaded.query(ALL_PAPERS.of(loaded), limits=Limits(rows=3))
    assert (len(whole.rows), whole.truncated) == (3, False)


def test_time_limit_stops_a_query(loaded: Store) -> None:
    loaded.put(graphs.graph([graphs.record(number) for number in range(10, 40)]))
    with pytest.raises(QueryTimeoutError):
        loaded.query(SLOW.of(loaded), limits=Limits(seconds=0.5))
    assert len(loaded.query(ALL_PAPERS.of(loaded)).rows) == 33


def test_wrong_syntax_is_one_line(loaded: Store) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        loaded.query(WRONG.of(loaded))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("query", WRITES, ids=["insert", "delete", "clear"])
def test_query_cannot_write(loaded: Store, bundles: list[Bundle], query: Both) -> None:
    with pytest.raises(QueryError):
        loaded.query(query.of(loaded))
    assert graphs.stored(loaded) == graphs.content_of(bundles)


def test_closed_store_refuses(place: Place) -> None:
    store = place.open()
    store.close()
    with pytest.raises(StoreError):
        store.versions()
    with pytest.raises(StoreError):
        store.query(ALL_PAPERS.of(store))
