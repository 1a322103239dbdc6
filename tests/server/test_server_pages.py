"""The pages, their JSON and CSV, and what every answer must carry."""

from __future__ import annotations

import csv
import io
import re

import httpx
import pytest

HTML = {"accept": "text/html"}
PAGES = [
    "/",
    "/search",
    "/search?q=image+classification",
    "/search?dataset=dataset/cifar-10",
    "/papers",
    "/datasets",
    "/methods?starts=res",
    "/metrics",
    "/tasks",
    "/ask?q=which+papers+report+results+on+CIFAR-10",
    "/paper/sample:0001",
    "/dataset/cifar-10",
    "/method/resnet-50",
    "/metric/accuracy",
    "/task/image-classification",
    "/compare?paper=sample:0001&paper=sample:0002",
]


def _twin(path: str, suffix: str) -> str:
    head, mark, query = path.partition("?")
    return ("/index" if head == "/" else head) + suffix + mark + query


@pytest.mark.parametrize("path", PAGES)
def test_page_has_twins_and_no_inline_script(client: httpx.Client, path: str) -> None:
    page = client.get(path, headers=HTML)
    assert page.status_code == 200, page.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", page.text)
    assert re.search(r"<h1>\s*\S", page.text)
    assert client.get(_twin(path, ".json")).json()
    table = client.get(_twin(path, ".csv"))
    assert table.headers["content-type"].startswith("text/csv")
    lines = list(csv.reader(io.StringIO(table.text)))
    assert len({len(line) for line in lines}) == 1


@pytest.mark.parametrize("path", ["/explore", "/explore?id=sample:0001", "/query", "/api", "/corrected"])
def test_page_without_twins(client: httpx.Client, path: str) -> None:
    assert client.get(path, headers=HTML).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/paper/none", 404),
        ("/dataset/none", 404),
        ("/claim/none", 404),
        ("/search.gif", 404),
        ("/search?page=0", 400),
        ("/search?page=x", 400),
        ("/search?size=100000", 400),
        ("/search?q=a&q=b", 400),
        ("/methods?size=0", 400),
        ("/ask?q=" + "long+" * 200, 400),
        ("/ask?q=how+do+owls+feel", 422),
        ("/compare?" + "&".join(f"paper=sample:000{n}" for n in range(1, 9)), 400),
        ("/query?lang=sql", 400),
        ("/query?q=SELECT", 400),
        ("/schema/../../etc/passwd", 404),
        ("/static/../app.py", 404),
    ],
)
def test_wrong_requests_are_answered_as_such(client: httpx.Client, path: str, status: int) -> None:
    page = client.get(path, headers=HTML)
    assert page.status_code == status
    assert "Traceback" not in page.text


def test_text_of_strangers_is_escaped(client: httpx.Client) -> None:
    nasty = "<script>alert(1)</script>"
    for path in ("/search", "/query", "/explore", "/ask"):
        page = client.get(path, params={"q": nasty, "id": nasty}, headers=HTML)
        assert nasty not in page.text


def test_abstract_shows_claims_and_entities_in_place(client: httpx.Client) -> None:
    data = client.get("/paper/sample:0001.json").json()
    assert "".join(part["text"] for part in data["abstract_parts"]) == data["abstract"]
    for claim in data["claims"]:
        assert any(part["id"] == claim["claim"] and part["text"] == claim["quote"] for part in data["abstract_parts"])
    page = client.get("/paper/sample:0001", headers=HTML).text
    assert '<a class="dataset" href="/dataset/cifar-10">CIFAR-10</a>' in page


def test_claim_page_shows_its_sentence(client: httpx.Client) -> None:
    claim = client.get("/api/claims").json()["claims"][0]
    data = client.get(f"/{claim['claim']}.json").json()
    assert data["sentence_parts"][1] == claim["quote"]
    page = client.get(f"/{claim['claim']}", headers=HTML).text
    assert f"<mark>{claim['quote']}</mark>" in page
    assert "Report an error" not in page, "a server that only reads takes no corrections"


@pytest.mark.parametrize("path", ["/dataset/cifar-10", "/paper/sample:0001"])
def test_entity_dereferences_by_content_negotiation(client: httpx.Client, path: str) -> None:
    iri = path.replace("/paper", "")
    moved = client.get(f"/id{iri}", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (303, path)
    turtle = client.get(path, headers={"accept": "text/turtle"})
    assert turtle.headers["content-type"].startswith("text/turtle")
    assert f"https://w3id.org/paperkg/id{iri}" in turtle.text
    assert client.get(f"{path}.ttl").text == turtle.text


def test_facets_narrow_and_count(client: httpx.Client) -> None:
    every = client.get("/search.json").json()
    assert every["total"] == client.get("/api/stats").json()["counts"]["paper"]
    for kind in ("dataset", "method", "metric", "task"):
        for facet in every["facets"][kind][:3]:
            narrowed = client.get("/search.json", params={kind: facet["id"]})
            assert narrowed.status_code == 200, narrowed.text
            assert narrowed.json()["total"] == facet["papers"]


def test_search_finds_beginnings_of_words(client: httpx.Client) -> None:
    assert client.get("/search.json", params={"q": "tiden"}).json()["papers"][0]["title"].count("TideNet") == 1
    assert client.get("/search.json", params={"q": '"unclosed AND ( NEAR*'}).status_code == 200


def test_numbers_of_lists_agree(client: httpx.Client) -> None:
    counts = client.get("/api/stats").json()["counts"]
    for kind in ("dataset", "method", "metric", "task", "paper"):
        assert client.get(f"/{kind}s.json").json()["total"] == counts[kind]
    assert client.get("/api/claims").json()["total"] == counts["claim"]


def test_spreadsheets_do_not_run_what_a_title_says() -> None:
    from kg.server.tables import to_csv

    rows = {"papers": [{"title": "=HYPERLINK(1)", "value": -1.5, "text": "-1.5", "list": ["a", "b"]}]}
    assert to_csv("search", rows).decode().splitlines()[1] == "'=HYPERLINK(1),-1.5,-1.5,a; b"


def test_question_that_is_not_understood_can_be_asked_anew(client: httpx.Client) -> None:
    page = client.get("/ask", params={"q": "which papers report results on CIFAR-11"}, headers=HTML)
    assert page.status_code in (404, 422)
    assert 'value="which papers report results on CIFAR-11"' in page.text
    assert "CIFAR-10" in page.text
