"""A server that may write: updates and corrections, with a token and not without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sites import TOKEN, make_graph, running

INSERT = "INSERT DATA { <http://example.org/a> <http://example.org/b> 1 }"
ASK = "ASK { <http://example.org/a> <http://example.org/b> 1 }"
HEADERS = {"authorization": f"Bearer {TOKEN}", "content-type": "application/sparql-update"}


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    graph = make_graph(tmp_path_factory.mktemp("writable") / "graph")
    with (
        running(graph, tmp_path_factory.mktemp("server"), "--write", "--workers", "1") as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        yield client


def _asks(client: httpx.Client, query: str) -> bool:
    return bool(client.get("/sparql", params={"query": query}).json()["boolean"])


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", "Bearer owls-see-in-the-darK"])
def test_update_needs_the_token(writable: httpx.Client, token: str) -> None:
    headers = {**HEADERS, "authorization": token}
    answer = writable.post("/sparql", content=INSERT, headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="kg"')


def test_update_is_seen_by_the_next_query(writable: httpx.Client) -> None:
    assert not _asks(writable, ASK)
    assert writable.post("/sparql", content=INSERT, headers=HEADERS).status_code == 204
    assert _asks(writable, ASK)
    removed = writable.post(
        "/sparql",
        data={"update": "DELETE WHERE { <http://example.org/a> ?p ?o }"},
        headers={"authorization": f"Bearer {TOKEN}"},
    )
    assert removed.status_code == 204
    assert not _asks(writable, ASK)


@pytest.mark.parametrize(
    ("update", "status"),
    [
        ("LOAD <http://127.0.0.1:1/x>", 400),
        ("LOAD SILENT <file:///etc/passwd>", 400),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 400),
        ("INSERT DATA { broken", 400),
        ("SELECT * { ?s ?p ?o }", 400),
    ],
)
def test_update_that_must_fail(writable: httpx.Client, update: str, status: int) -> None:
    assert writable.post("/sparql", content=update, headers=HEADERS).status_code == status


def test_update_does_not_use_other_graphs(writable: httpx.Client) -> None:
    for name in ("using-graph-uri", "default-graph-uri"):
        answer = writable.post("/sparql", params={name: "http://example.org/g"}, content=INSERT, headers=HEADERS)
        assert answer.status_code == 400


def test_correction_by_the_form_of_a_claim(writable: httpx.Client) -> None:
    claim = writable.get("/api/claims", params={"paper": "sample:0001"}).json()["claims"][0]
    page = writable.get(f"/{claim['claim']}", headers={"accept": "text/html"}).text
    assert "Report an error" in page
    form = {"claim": claim["claim"], "action": "set-claim", "field": "unit", "value": "ms"}
    assert writable.post("/correct", data={**form, "token": "guess"}).status_code == 401
    done = writable.post("/correct", data={**form, "token": TOKEN})
    assert (done.status_code, done.headers["location"]) == (303, f"/{claim['claim']}")
    assert writable.get(f"/{claim['claim']}.json").json()["unit"] == "ms"
    renamed = {"claim": claim["claim"], "action": "set-claim", "field": "metric_id"}
    name = writable.get("/metrics.json").json()["entries"][-1]["name"]
    assert writable.post("/correct", data={**renamed, "value": name, "token": TOKEN}).status_code == 303
    assert writable.get(f"/{claim['claim']}.json").json()["metric"] == name
    dropped = writable.post("/correct", data={"claim": claim["claim"], "action": "drop-claim", "token": TOKEN})
    assert dropped.headers["location"] == "/corrected"
    assert writable.get(f"/{claim['claim']}.json").status_code == 404
    assert claim["claim"] not in writable.get("/api/claims", params={"paper": "sample:0001"}).text


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"action": "merge", "claim": "claim/x"}, 400),
        ({"action": "drop-claim", "claim": "claim/none"}, 422),
        ({"action": "drop-claim"}, 422),
        ({"action": "set-claim", "claim": "claim/none", "field": "unit"}, 422),
    ],
)
def test_correction_that_does_not_apply(writable: httpx.Client, form: dict[str, str], status: int) -> None:
    assert writable.post("/correct", data={**form, "token": TOKEN}).status_code == status


def test_token_is_needed_to_start(tmp_path: Path) -> None:
    import subprocess
    import sys

    program = Path(sys.executable).parent / "kg"
    command = [str(program), "serve", "--write", "--graph", str(tmp_path), "--token", "short"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "token of at least 16 characters" in done.stderr
