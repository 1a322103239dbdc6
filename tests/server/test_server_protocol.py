"""The SPARQL 1.1 protocol as a table, after the W3C's protocol tests: a request, its status, its media type."""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx
import pytest

SELECT, ASK, CONSTRUCT = "SELECT ?s { ?s ?p ?o } LIMIT 2", "ASK {}", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 2"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
INSERT = "INSERT DATA { <http://example.org/a> <http://example.org/b> 1 }"
GRAPH_URI = "http://example.org/none"


@dataclass
class Case:
    """A request and what is expected of its answer."""

    name: str
    status: int
    kind: str = ""
    method: str = "GET"
    params: list[tuple[str, str]] = field(default_factory=list)
    form: dict[str, str] | None = None
    body: str | bytes | None = None
    sent: str = ""
    accept: str = ""


def get(name: str, status: int, kind: str = "", accept: str = "", **params: str) -> Case:
    pairs = [(key.replace("_", "-"), value) for key, value in params.items()]
    return Case(name, status, kind, params=pairs, accept=accept)


def post(name: str, status: int, kind: str = "", *, sent: str, body: str | bytes = "", **params: str) -> Case:
    pairs = [(key.replace("_", "-"), value) for key, value in params.items()]
    return Case(name, status, kind, "POST", pairs, body=body, sent=sent)


def form(name: str, status: int, kind: str = "", accept: str = "", **fields: str) -> Case:
    names = {key.replace("_", "-"): value for key, value in fields.items()}
    return Case(name, status, kind, "POST", form=names, accept=accept)


CASES = [
    # What must work
    get("query by GET", 200, JSON, query=SELECT),
    form("query by form", 200, JSON, query=SELECT),
    post("query by body", 200, JSON, sent=QUERY, body=SELECT),
    post("query by body with charset", 200, JSON, sent=f"{QUERY}; charset=UTF-8", body=SELECT),
    get("one default graph", 200, JSON, query=SELECT, default_graph_uri=GRAPH_URI),
    get("one named graph", 200, JSON, query=SELECT, named_graph_uri=GRAPH_URI),
    form("graphs by form", 200, JSON, query=SELECT, default_graph_uri=GRAPH_URI, named_graph_uri=GRAPH_URI),
    post("graphs by URL of a body", 200, JSON, sent=QUERY, body=SELECT, default_graph_uri=GRAPH_URI),
    Case(
        "several graphs", 200, JSON, params=[("query", SELECT), *[("default-graph-uri", GRAPH_URI + x) for x in "ab"]]
    ),
    form("graphs of the protocol before those of the query", 200, JSON, query=f"ASK FROM <{GRAPH_URI}> {{}}"),
    # Media types
    get("SELECT as JSON", 200, JSON, accept=JSON, query=SELECT),
    get("SELECT as XML", 200, XML, accept=XML, query=SELECT),
    get("SELECT as CSV", 200, CSV, accept=CSV, query=SELECT),
    get("SELECT as TSV", 200, TSV, accept=TSV, query=SELECT),
    get("SELECT as plain JSON", 200, JSON, accept="application/json", query=SELECT),
    get("SELECT by weight", 200, XML, accept=f"{CSV};q=0.1, {XML};q=0.9, text/html;q=1", query=SELECT),
    get("SELECT as anything", 200, JSON, accept="*/*", query=SELECT),
    get("SELECT as any text", 200, CSV, accept="text/*", query=SELECT),
    get("SELECT by parameter", 200, TSV, query=SELECT, format="tsv"),
    get("ASK as JSON", 200, JSON, accept=JSON, query=ASK),
    get("ASK as XML", 200, XML, accept=XML, query=ASK),
    get("CONSTRUCT as Turtle", 200, "text/turtle", query=CONSTRUCT),
    get("CONSTRUCT as N-Triples", 200, "application/n-triples", accept="application/n-triples", query=CONSTRUCT),
    get("CONSTRUCT as RDF/XML", 200, "application/rdf+xml", accept="application/rdf+xml", query=CONSTRUCT),
    get("CONSTRUCT as JSON-LD", 200, "application/ld+json", accept="application/ld+json", query=CONSTRUCT),
    get("DESCRIBE", 200, "text/turtle", query="DESCRIBE <http://example.org/a>"),
    get("no acceptable type", 406, query=SELECT, accept="image/png"),
    get("a table as Turtle", 406, query=SELECT, accept="text/turtle"),
    get("unknown format parameter", 200, JSON, query=SELECT, format="gif"),
    get("CONSTRUCT by parameter", 200, "application/rdf+xml", query=CONSTRUCT, format="xml"),
    get("media type as parameter", 200, CSV, query=SELECT, format="text/csv"),
    get("CONSTRUCT as plain JSON", 200, "application/ld+json", accept="application/json", query=CONSTRUCT),
    # The description
    get("description", 200, "text/turtle"),
    get("description as RDF/XML", 200, "application/rdf+xml", accept="application/rdf+xml"),
    get("description as JSON-LD", 200, "application/ld+json", accept="application/ld+json"),
    get("description for a browser", 303, accept="text/html,application/xhtml+xml,*/*;q=0.8"),
    get("description as a picture", 406, accept="image/png"),
    # What must be refused
    Case("PUT", 405, method="PUT", params=[("query", SELECT)]),
    Case("DELETE", 405, method="DELETE"),
    Case("two queries", 400, params=[("query", SELECT), ("query", ASK)]),
    get("syntax", 400, query="SELECT ?s WHERE { broken"),
    get("empty query", 400, query=""),
    get("relative graph", 400, query=SELECT, default_graph_uri="not-absolute"),
    get("update by GET", 400, update=INSERT),
    get("update sent as query", 400, query=INSERT),
    form("update sent as query by form", 400, query=INSERT),
    post("wrong media type", 415, sent="text/plain", body=SELECT),
    post("no media type", 415, sent="", body=SELECT),
    post("another charset", 415, sent=f"{QUERY}; charset=UTF-16", body=SELECT.encode("utf-16")),
    post("not UTF-8", 400, sent=QUERY, body=b"ASK { ?s ?p \xff }"),
    form("query and update", 400, query=SELECT, update=INSERT),
    Case("form without a query", 400, method="POST", form={"other": "x"}),
    get("using graph in a query", 400, query=SELECT, using_graph_uri=GRAPH_URI),
    post("body too long", 413, sent=QUERY, body=b"#" * (1 << 20) + b"\nASK {}"),
    # Nothing leaves the server, and nothing is written
    get("SERVICE", 400, query="SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }"),
    get("SERVICE SILENT", 400, query="SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }"),
    get("SERVICE after an operator", 400, query="SELECT * { FILTER(1<2)SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }"),
    get("SERVICE in a string", 200, JSON, query='SELECT ("SERVICE <x> {}" AS ?a) {}'),
    get("SERVICE in a comment", 200, JSON, query="ASK { # SERVICE <http://x> {\n }"),
    get("SERVICE as a variable", 200, JSON, query="SELECT ?service { ?service ?p ?o } LIMIT 1"),
    post("update without --write", 403, sent=UPDATE, body=INSERT),
    form("update by form without --write", 403, update=INSERT),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_protocol_answers_as_the_table_says(client: httpx.Client, case: Case) -> None:
    headers = {"accept": case.accept} if case.accept else {}
    if case.sent:
        headers["content-type"] = case.sent
    answer = client.request(
        case.method, "/sparql", params=case.params, data=case.form, content=case.body, headers=headers
    )
    assert answer.status_code == case.status, answer.text
    assert answer.headers.get("content-type", "").startswith(case.kind)


def test_graphs_of_the_protocol_replace_those_of_the_query(client: httpx.Client) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 1"
    bindings = [
        client.get("/sparql", params={"query": query, **more}).json()["results"]["bindings"]
        for more in ({}, {"default-graph-uri": GRAPH_URI})
    ]
    assert [len(rows) for rows in bindings] == [1, 0]


def test_cors_lets_pages_of_others_query(client: httpx.Client) -> None:
    asked = {"origin": "https://example.org", "access-control-request-method": "POST"}
    assert client.options("/sparql", headers=asked).headers["access-control-allow-origin"] == "*"
    answer = client.get("/sparql", params={"query": ASK}, headers={"origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"


def test_etag_saves_the_second_transfer(client: httpx.Client) -> None:
    first = client.get("/sparql", params={"query": SELECT})
    again = client.get("/sparql", params={"query": SELECT}, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/sparql", params={"query": ASK}, headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_long_answers_are_compressed(client: httpx.Client) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 100"
    assert client.get("/sparql", params={"query": query}).headers["content-encoding"] == "gzip"
