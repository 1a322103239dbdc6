"""Every store: a built graph loaded into it, revised, shrunk, and loaded by a process that dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import graphs
import pytest
from fixtures.bundles import fixture_records
from fixtures.graph import build_fixture_graph
from registry import Place

from kg.api.graph import Graph
from kg.api.load import bundles, load
from kg.mapping.bundle import Edge, Node
from kg.model import Record
from kg.stores import Store
from kg.stores.read import read_graph
from kg.stores.sync import SyncReport

RECORDS = fixture_records()
CHANGED = RECORDS[2]
SCRIPT = """
import os, signal, sys
from pathlib import Path
from kg.api.graph import Graph
from kg.api.load import load

def progress(stage, done, total):
    if done == 60:
        os.kill(os.getpid(), signal.SIGKILL)

with Graph(Path(sys.argv[1])) as graph:
    load(graph, sys.argv[2], progress=progress)
"""


@dataclass(frozen=True)
class Versions:
    """One graph at three times: as first built, with a revised paper, without it."""

    first: Path
    revised: Path
    removed: Path


@pytest.fixture(scope="session")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    folder = tmp_path_factory.mktemp("versions")
    others = [record for record in RECORDS if record is not CHANGED]
    return Versions(
        build_fixture_graph(folder / "first", RECORDS),
        build_fixture_graph(folder / "revised", [_revised(r) if r is CHANGED else r for r in RECORDS]),
        build_fixture_graph(folder / "removed", others),
    )


def _revised(record: Record) -> Record:
    return replace(graphs.revised(record), entities=record.entities)


def _target(place: Place) -> str:
    return place.location if place.case.server is not None else f"{place.case.name}:{place.location}"


def _load(place: Place, path: Path) -> SyncReport:
    with Graph(path) as graph:
        return load(graph, _target(place))


def _holds(place: Place, path: Path) -> bool:
    store = place.open("read")
    try:
        with Graph(path) as graph:
            return _content(store) == graphs.content_of(list(bundles(graph)))
    finally:
        store.close()


def _content(store: Store) -> graphs.Content:
    """As `graphs.stored`, by fewer queries."""
    items = list(read_graph(store))
    nodes = {(item.label, item.id): dict(item.properties) for item in items if isinstance(item, Node)}
    return nodes, {(item.type, item.start, item.end) for item in items if isinstance(item, Edge)}


def test_loading_again_changes_nothing(place: Place, versions: Versions) -> None:
    first = _load(place, versions.first)
    assert first.added > 150 - len(RECORDS)
    assert _load(place, versions.first) == SyncReport(unchanged=first.added)
    assert _holds(place, versions.first)


def test_revised_and_removed_papers_take_back_their_own(place: Place, versions: Versions) -> None:
    _load(place, versions.first)
    report = _load(place, versions.revised)
    assert (report.added, report.changed) == (0, 1)
    assert _holds(place, versions.revised)
    report = _load(place, versions.removed)
    assert (report.added, report.changed) == (0, 0)
    assert report.removed >= 1
    assert _holds(place, versions.removed)


@pytest.mark.parametrize("before", [False, True], ids=["first load", "update"])
def test_load_that_was_killed_is_finished_by_the_next(place: Place, versions: Versions, before: bool) -> None:
    if before:
        _load(place, versions.removed)
    command = [sys.executable, "-c", SCRIPT, str(versions.revised), _target(place)]
    done = subprocess.run(command, env={**os.environ}, check=False, capture_output=True, timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr
    _load(place, versions.revised)
    assert _holds(place, versions.revised)
