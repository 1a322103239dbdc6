"""SERVICE: other servers that queries may ask, and only these."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sites import running


@pytest.fixture(scope="module")
def asking(graph: Path, url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose queries may ask the other one."""
    with running(graph, tmp_path_factory.mktemp("asking"), "--service", f"{url}/sparql") as address:
        yield address


def test_allowed_service_is_asked(asking: str, url: str) -> None:
    query = f"SELECT (COUNT(?p) AS ?n) {{ SERVICE <{url}/sparql> {{ ?p a kg:Paper }} }}"
    there = "SELECT (COUNT(?p) AS ?n) { ?p a kg:Paper }"
    wanted = httpx.get(f"{url}/sparql", params={"query": there, "format": "csv"}, timeout=30)
    found = httpx.get(f"{asking}/sparql", params={"query": query, "format": "csv"}, timeout=30)
    assert (found.status_code, found.text) == (200, wanted.text)


@pytest.mark.parametrize(
    "service",
    [
        "<http://127.0.0.1:1/sparql>",
        "SILENT <http://127.0.0.1:1/sparql>",
        "?where",
        "kg:sparql",
        "# <{url}/sparql>\n ?s",
    ],
)
def test_every_other_service_is_refused(asking: str, url: str, service: str) -> None:
    query = f"SELECT * {{ SERVICE {service.format(url=url)} {{ ?p a kg:Paper }} }}"
    found = httpx.get(f"{asking}/sparql", params={"query": query}, timeout=30)
    assert found.status_code == 400
    assert "SERVICE is not allowed" in found.text


def test_load_stays_refused(asking: str, url: str) -> None:
    found = httpx.get(f"{asking}/sparql", params={"query": f"LOAD <{url}/sparql>"}, timeout=30)
    assert found.status_code == 400
