"""A revised paper takes back its own contribution and nothing else; a removed one leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from builds import STORES, content, nquads, revised
from fixtures.bundles import fixture_records
from fixtures.graph import add_records, build_fixture_graph

from kg.api.build import rebuild, remove_papers
from kg.model import Record

RECORDS = fixture_records()
CHANGED = RECORDS[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("retract")


@pytest.fixture(scope="module")
def updated(folder: Path) -> Path:
    """A graph whose third paper was revised after it had been published."""
    path = build_fixture_graph(folder / "updated")
    add_records(path, [revised(CHANGED)])
    report = rebuild(path)
    assert {kind: (r.added, r.changed) for kind, r in report.stores.items()} == {"rdf": (0, 1), "lpg": (0, 1)}
    return path


@pytest.fixture(scope="module")
def shrunk(folder: Path) -> Path:
    """A graph from which the third paper was removed."""
    path = build_fixture_graph(folder / "shrunk")
    assert remove_papers(path, [CHANGED.paper.id, "arxiv:no.such"]).removed == 1
    return path


def fresh(folder: Path, name: str, records: list[Record]) -> Path:
    path = folder / name
    return path if path.exists() else build_fixture_graph(path, records)


@pytest.mark.parametrize("store", STORES)
def test_revised_paper_takes_back_exactly_its_own_contribution(folder: Path, updated: Path, store: str) -> None:
    wanted = fresh(folder, "wanted-update", [revised(r) if r is CHANGED else r for r in RECORDS])
    assert content(updated, store) == content(wanted, store)
    assert nquads(updated) == nquads(wanted)


@pytest.mark.parametrize("store", STORES)
def test_removed_paper_leaves_no_orphan(folder: Path, shrunk: Path, store: str) -> None:
    wanted = fresh(folder, "wanted-removal", [r for r in RECORDS if r is not CHANGED])
    assert content(shrunk, store) == content(wanted, store)
    assert nquads(shrunk) == nquads(wanted)


def test_what_only_the_removed_paper_named_is_gone(folder: Path, shrunk: Path) -> None:
    before = content(build_fixture_graph(folder / "before"), "oxigraph")
    gone = {key[1] for key in before.keys() - content(shrunk, "oxigraph").keys() if isinstance(key, tuple)}
    others = {entity.id for record in RECORDS if record is not CHANGED for entity in record.entities}
    assert CHANGED.paper.id in gone
    assert {claim.id for claim in CHANGED.claims} <= gone
    assert not gone & others


@pytest.mark.parametrize("store", STORES)
def test_a_paper_that_comes_back_is_there_as_before(folder: Path, store: str) -> None:
    path = build_fixture_graph(folder / f"back-{store}")
    before = content(path, store)
    remove_papers(path, [CHANGED.paper.id])
    add_records(path, [CHANGED])
    rebuild(path)
    assert content(path, store) == before
