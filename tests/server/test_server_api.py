"""The JSON API, Cypher over HTTP, and the OpenAPI document held against what is served."""

from __future__ import annotations

import httpx
import pytest


def test_openapi_document_describes_what_is_served(client: httpx.Client) -> None:
    import jsonschema

    document = client.get("/openapi.json").json()
    schemas = {"components": document["components"]}
    given = {"/api/ask": {"q": "which papers report results on CIFAR-10"}, "/api/graph": {"id": "dataset/cifar-10"}}
    first = client.get("/api/claims").json()["claims"][0]["claim"].partition("/")[2]
    ids = {
        "papers": "sample:0001", "claims": first, "datasets": "cifar-10", "methods": "resnet-50",
        "metrics": "accuracy", "tasks": "image-classification",
    }  # fmt: skip
    for path, methods in document["paths"].items():
        if "get" not in methods:
            continue
        url = path.replace("{id}", ids.get(path.split("/")[2], ""))
        answer = client.get(url, params=given.get(path))
        assert answer.status_code == 200, (url, answer.text)
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(answer.json(), {**schemas, **schema})


def test_lists_are_cut_into_pages(client: httpx.Client) -> None:
    whole = client.get("/api/claims", params={"size": 200}).json()["claims"]
    pages = [client.get("/api/claims", params={"size": 7, "page": n}).json() for n in (1, 2, 3)]
    assert [claim["claim"] for page in pages for claim in page["claims"]] == [c["claim"] for c in whole[:21]]
    assert pages[0]["pages"] == -(-len(whole) // 7)


def test_claims_by_entities(client: httpx.Client) -> None:
    found = client.get("/api/claims", params={"dataset": "dataset/cifar-10", "metric": "metric/accuracy"}).json()
    assert found["total"] > 0
    for claim in found["claims"]:
        assert "dataset/cifar-10" in claim["dataset_ids"]
        assert claim["metric_id"] == "metric/accuracy"


def test_question_is_answered_with_its_query(client: httpx.Client) -> None:
    answer = client.get("/api/ask", params={"q": "which papers report results on CIFAR-10"}).json()
    assert answer["rows"]
    assert "CIFAR-10" in answer["understood"]
    assert answer["query"].lstrip().startswith("SELECT")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/papers/none", 404),
        ("/api/owls", 404),
        ("/api/owls/1", 404),
        ("/api/datasets/none", 404),
        ("/api/claims?page=-1", 400),
        ("/api/graph", 404),
        ("/api/graph?id=dataset/cifar-10&limit=1000", 400),
        ("/api/ask", 400),
        ("/api/papers?year=twenty", 400),
    ],
)
def test_errors_are_problem_documents(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


def _cypher(client: httpx.Client, query: object, **parameters: object) -> httpx.Response:
    return client.post("/cypher", json={"query": query, "parameters": parameters})


def test_cypher_answers_with_parameters(client: httpx.Client) -> None:
    query = "MATCH (d:Dataset {id: $id})<-[:ON_DATASET]-(c:Claim) RETURN d.name AS name, count(c) AS claims"
    answer = _cypher(client, query, id="dataset/cifar-10").json()
    assert answer["columns"] == ["name", "claims"]
    assert answer["rows"][0][0] == "CIFAR-10"


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (p:Paper {id: 'x'})",
        "MATCH (p:Paper) SET p.title = ''",
        "MATCH (p:Paper) DETACH DELETE p",
        "LOAD FROM '/etc/passwd' RETURN *",
        "COPY Paper FROM '/etc/passwd'",
        "COPY (MATCH (p:Paper) RETURN p) TO '/tmp/out.csv'",
        "ATTACH '/tmp/x.db' AS x",
        "INSTALL httpfs",
        "LOAD EXTENSION httpfs",
        "EXPORT DATABASE '/tmp/out'",
        "IMPORT DATABASE '/tmp/out'",
        "CALL threads=8",
        "RETURN 1; CREATE (p:Paper {id: 'x'})",
        "",
        "MATCH (p:Paper RETURN p",
    ],
)
def test_cypher_only_reads_the_graph(client: httpx.Client, query: str) -> None:
    answer = _cypher(client, query)
    assert answer.status_code in (400, 403), answer.text


@pytest.mark.parametrize("body", ["[]", "{", '{"query": 1}', '{"query": "RETURN 1", "parameters": [1]}', "\x00"])
def test_cypher_refuses_other_bodies(client: httpx.Client, body: str) -> None:
    answer = client.post("/cypher", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400


def test_cypher_is_stopped_in_time(client: httpx.Client) -> None:
    query = "MATCH (a), (b), (c), (d) WHERE a.id < b.id AND b.id < c.id AND c.id < d.id RETURN count(*)"
    assert _cypher(client, query).status_code == 504
    assert _cypher(client, "RETURN 1 AS one").json()["rows"] == [[1]]


def test_terms_of_the_graph_are_served(client: httpx.Client) -> None:
    for name in ("ontology.ttl", "shapes.ttl"):
        answer = client.get(f"/schema/{name}")
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, "text/turtle")


def test_examples_of_the_description_run(client: httpx.Client) -> None:
    rdflib = pytest.importorskip("rdflib")
    described = rdflib.Graph().parse(data=client.get("/sparql").text, format="turtle")
    texts = list(described.subject_objects(rdflib.URIRef("http://www.w3.org/ns/shacl#select")))
    assert texts
    assert client.get(str(texts[0][0]), follow_redirects=True, headers={"accept": "text/html"}).status_code == 200
    for _, text in texts:
        answer = client.get("/sparql", params={"query": str(text)})
        assert answer.status_code == 200, answer.text
