"""The invented graph in every embedded store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.catalog import Catalog
from kg.graph.directory import GraphDirectory, Published
from kg.stores import open_store
from kg.stores.base import Store
from kg.stores.sync import sync

sys.path.insert(0, str(Path(__file__).parent))

import world

STORES = ("oxigraph", "ladybug")


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    """Each embedded store with the graph, by name."""
    folder = tmp_path_factory.mktemp("world")
    opened = {name: open_store(f"{name}:{folder / name}", mode="write") for name in STORES}
    for store in opened.values():
        sync(store, world.bundles())
    yield opened
    for store in opened.values():
        store.close()


@pytest.fixture(scope="session")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """The graph's catalog."""
    path = tmp_path_factory.mktemp("catalog") / "catalog.db"
    world.write_world_catalog(path)
    opened = Catalog(path)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def world_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented graph as a graph directory, as `kg build` would publish it."""
    directory = GraphDirectory(tmp_path_factory.mktemp("graph"))
    generation = directory.prepare(0)
    world.write_world_catalog(directory.view("catalog", generation))
    for name, view in (("oxigraph", "rdf"), ("ladybug", "lpg")):
        store = open_store(name, path=directory.view(view, generation), mode="write")
        sync(store, world.bundles())
        store.close()
    directory.publish(Published(generation=generation, papers=len(world.records())))
    return directory.path
