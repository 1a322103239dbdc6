"""Servers that only read, shared by all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sites import make_graph, running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process runs all tests of this folder, so that one server is started for them."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("server"))


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published graph that no test changes."""
    return make_graph(tmp_path_factory.mktemp("served") / "graph")


@pytest.fixture(scope="session")
def url(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that stops queries after 2 seconds."""
    with running(graph, tmp_path_factory.mktemp("server"), "--seconds", "2", "--memory", "400") as address:
        yield address


@pytest.fixture(scope="session")
def client(url: str) -> Iterator[httpx.Client]:
    """A client of that server."""
    with httpx.Client(base_url=url, timeout=30) as opened:
        yield opened
