"""Stores that are damaged on disk: readers say what to do, builds make them anew from the records."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fixtures.bundles import fixture_records
from fixtures.graph import build_fixture_graph

from kg.api.build import rebuild, remove_papers
from kg.api.graph import Graph
from kg.errors import StoreError
from kg.graph.directory import delete_view

RECORDS = fixture_records()[:3]
VIEWS = {"oxigraph": "rdf/1", "ladybug": "lpg/1.lbug"}


@pytest.fixture(params=VIEWS)
def damaged(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A graph one of whose stores is damaged, and the store's name."""
    path = build_fixture_graph(tmp_path / "g", RECORDS)
    view = path / VIEWS[request.param]
    (view / "CURRENT" if view.is_dir() else view).write_bytes(b"no such thing\n" * 1000)
    return path, request.param


def test_reader_is_told_what_to_do(damaged: tuple[Path, str]) -> None:
    path, store = damaged
    with Graph(path) as graph, pytest.raises(StoreError) as caught:
        graph.store(store)
    assert str(caught.value).endswith(f"damaged: delete {path / VIEWS[store]} and build again, the records are kept")
    assert "\n" not in str(caught.value)
    delete_view(path / VIEWS[store])
    rebuild(path)
    with Graph(path) as graph:
        assert graph.store(store).versions()


def test_next_build_makes_it_anew(damaged: tuple[Path, str]) -> None:
    path, store = damaged
    remove_papers(path, [RECORDS[0].paper.id])
    with Graph(path) as graph:
        versions = graph.store(store).versions()
    assert {record.paper.id for record in RECORDS[1:]} <= set(versions)
    assert RECORDS[0].paper.id not in versions


def test_missing_store_is_not_called_damaged(tmp_path: Path) -> None:
    path = build_fixture_graph(tmp_path / "g", RECORDS)
    shutil.rmtree(path / "rdf" / "1")
    with Graph(path) as graph, pytest.raises(StoreError, match=r"no Oxigraph store is there$"):
        graph.store("oxigraph")
