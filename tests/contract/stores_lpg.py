"""The property-graph stores in the behaviour suite."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j
from registry import StoreCase
from services.neo4j_server import ServerMissing, fetch_jars, running_neo4j
from services.processes import Unavailable

from kg.stores import Mode, Store, open_store


def _open_ladybug(location: str, mode: Mode) -> Store:
    return open_store(f"ladybug:{location}", mode=mode)


def _open_neo4j(location: str, mode: Mode) -> Store:
    return open_store(location, mode=mode)


@contextmanager
def _neo4j(folder: Path) -> Iterator[str]:
    try:
        fetch_jars()
    except ServerMissing as exc:
        raise Unavailable(str(exc)) from exc
    with running_neo4j(folder) as server:
        os.environ.update(NEO4J_USERNAME=server.user, NEO4J_PASSWORD=server.password)
        yield server.url


def _clear_neo4j(url: str) -> None:
    login = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(url, auth=login) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")


CASES = [
    StoreCase("ladybug", _open_ladybug, locks=True, reads_beside_writer=False),
    StoreCase("neo4j", _open_neo4j, server=_neo4j, clear=_clear_neo4j),
]
