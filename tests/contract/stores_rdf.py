"""The RDF stores in the behaviour suite."""

from __future__ import annotations

from collections.abc import Callable

import httpx
from registry import StoreCase
from services import fuseki, oxigraph_server

from kg.stores import Mode, Store, open_store
from kg.stores.sparql_session import Endpoints

_MEMORY: dict[str, Store] = {}


def _open_disk(location: str, mode: Mode) -> Store:
    return open_store(f"oxigraph:{location}", mode=mode)


def _clear(url: str) -> None:
    headers = {"Content-Type": "application/sparql-update"}
    httpx.post(Endpoints.of(url).update, content="CLEAR ALL", headers=headers).raise_for_status()


def _server() -> Callable[[str, Mode], Store]:
    return lambda location, mode: open_store(location, mode=mode)


CASES = [
    StoreCase("oxigraph", _open_disk, locks=True),
    StoreCase("fuseki", _server(), server=fuseki.running, clear=_clear),
    StoreCase("oxigraph-server", _server(), server=oxigraph_server.running, clear=_clear),
]
