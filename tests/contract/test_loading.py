"""Every store: what is loaded, replaced and taken back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import graphs
import pytest
from registry import Place

from kg.errors import StoreError, StoreReadOnlyError
from kg.mapping.bundle import Bundle
from kg.mapping.records import entity_bundle, paper_bundle
from kg.stores import Store
from kg.stores.sync import SyncReport, sync


def test_new_store_is_empty(store: Store) -> None:
    assert store.versions() == {}
    assert graphs.stored(store) == ({}, set())


def test_put_loads_every_node_and_edge(loaded: Store, bundles: list[Bundle]) -> None:
    assert graphs.stored(loaded) == graphs.content_of(bundles)
    assert loaded.versions() == {bundle.owner.id: bundle.hash for bundle in bundles}


def test_put_again_changes_nothing(loaded: Store, bundles: list[Bundle]) -> None:
    loaded.put(bundles)
    assert graphs.stored(loaded) == graphs.content_of(bundles)


def test_put_adds_to_what_is_there(loaded: Store, bundles: list[Bundle]) -> None:
    more = [bundle for bundle in graphs.graph([graphs.record(7)]) if bundle not in bundles]
    loaded.put(more)
    assert graphs.stored(loaded) == graphs.content_of([*bundles, *more])


def test_put_nothing_is_allowed(store: Store) -> None:
    store.put([])
    assert store.versions() == {}


def test_revised_paper_takes_back_its_own_contribution(loaded: Store) -> None:
    old = graphs.record(1)
    loaded.put([paper_bundle(graphs.revised(old))])
    wanted = graphs.graph([graphs.revised(old), graphs.record(2, title=graphs.ODD), graphs.record(3, claims=0)])
    assert graphs.stored(loaded) == graphs.content_of(wanted)


def test_replaced_entity_keeps_edges_that_point_to_it(loaded: Store, bundles: list[Bundle]) -> None:
    renamed = graphs.CatalogEntity(graphs.EntityType.DATASET, "dataset/cifar-10", "CIFAR 10", 1)
    loaded.put([entity_bundle(renamed)])
    rest = [bundle for bundle in bundles if bundle.owner.id != "dataset/cifar-10"]
    assert graphs.stored(loaded) == graphs.content_of([*rest, entity_bundle(renamed)])


def test_removed_paper_leaves_no_orphan(loaded: Store, bundles: list[Bundle]) -> None:
    loaded.remove(["arxiv:2401.00001"])
    rest = [bundle for bundle in bundles if bundle.owner.id != "arxiv:2401.00001"]
    assert graphs.stored(loaded) == graphs.content_of(rest)


def test_removed_entity_leaves_no_dangling_edge(loaded: Store) -> None:
    loaded.remove(["dataset/cifar-10"])
    nodes, edges = graphs.stored(loaded)
    ids = {node_id for _, node_id in nodes}
    assert "dataset/cifar-10" not in ids
    assert {start for _, start, _ in edges} | {end for _, _, end in edges} <= ids


def test_remove_of_unknown_owner_is_no_error(loaded: Store, bundles: list[Bundle]) -> None:
    loaded.remove(["arxiv:0000.00000", "no such thing"])
    assert graphs.stored(loaded) == graphs.content_of(bundles)


def test_sync_reports_and_reaches_the_wanted_graph(store: Store) -> None:
    before = graphs.graph([graphs.record(1), graphs.record(2)])
    after = graphs.graph([graphs.revised(graphs.record(1)), graphs.record(3)])
    assert sync(store, before) == SyncReport(added=len(before))
    assert sync(store, before) == SyncReport(unchanged=len(before))
    assert sync(store, after) == SyncReport(added=2, changed=1, removed=2, unchanged=7)
    assert graphs.stored(store) == graphs.content_of(after)


def test_sync_without_prune_keeps_the_rest(loaded: Store, bundles: list[Bundle]) -> None:
    report = sync(loaded, [bundles[0]], prune=False)
    assert report == SyncReport(unchanged=1)
    assert graphs.stored(loaded) == graphs.content_of(bundles)


def test_sync_counts_progress(store: Store, bundles: list[Bundle]) -> None:
    seen: list[int] = []
    sync(store, bundles, progress=seen.append)
    assert seen == list(range(1, len(bundles) + 1))


def test_content_outlives_closing(place: Place, bundles: list[Bundle]) -> None:
    store = place.open()
    store.put(bundles)
    store.close()
    store.close()
    again = place.open("read")
    assert graphs.stored(again) == graphs.content_of(bundles)
    again.close()


def test_store_opened_for_reading_refuses_writes(place: Place, bundles: list[Bundle]) -> None:
    writer = place.open()
    writer.put(bundles[:1])
    writer.close()
    reader = place.open("read")
    with pytest.raises(StoreReadOnlyError):
        reader.put(bundles)
    with pytest.raises(StoreReadOnlyError):
        reader.remove(["arxiv:2401.00001"])
    reader.close()


def test_second_writer_is_refused(place: Place) -> None:
    if not place.case.locks:
        pytest.skip("servers take many writers")
    first = place.open()
    assert _open_elsewhere(place).endswith("another process writes to this store")
    first.close()
    assert _open_elsewhere(place) == ""


def _open_elsewhere(place: Place) -> str:
    """Open the store for writing in another process; the message of the `StoreBusyError`, or nothing."""
    code = (
        "import sys; from kg.stores import open_store; from kg.errors import StoreBusyError\n"
        "try:\n    open_store(sys.argv[1], mode='write').close()\n"
        "except StoreBusyError as exc:\n    print(exc, end='')"
    )
    command = [sys.executable, "-c", code, f"{place.case.name}:{place.location}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_reader_beside_a_writer(place: Place, bundles: list[Bundle]) -> None:
    if not place.case.reads_beside_writer:
        pytest.skip("readers get a published copy")
    writer = place.open()
    writer.put(bundles)
    reader = place.open("read")
    assert reader.versions() == writer.versions()
    reader.close()
    writer.close()


def test_reading_never_creates_a_store(place: Place) -> None:
    if place.case.server is not None:
        pytest.skip("a server's dataset is there before us")
    with pytest.raises(StoreError):
        place.open("read")
    assert not Path(place.location).exists()


def _broken(bundles: list[Bundle]) -> Iterator[Bundle]:
    yield from bundles[: len(bundles) // 2]
    raise KeyboardInterrupt


def test_load_that_was_cut_off_is_finished_by_the_next(store: Store, bundles: list[Bundle]) -> None:
    with pytest.raises(KeyboardInterrupt):
        sync(store, _broken(bundles))
    sync(store, bundles)
    assert graphs.stored(store) == graphs.content_of(bundles)


def test_update_that_was_cut_off_is_finished_by_the_next(loaded: Store) -> None:
    more = graphs.graph([graphs.revised(graphs.record(1)), *map(graphs.record, range(10, 20))])
    with pytest.raises(KeyboardInterrupt):
        sync(loaded, _broken(more))
    sync(loaded, more)
    assert graphs.stored(loaded) == graphs.content_of(more)


@pytest.mark.parametrize("first", [True, False], ids=["first load", "later load"])
def test_killed_load_is_finished_by_the_next(place: Place, bundles: list[Bundle], first: bool) -> None:
    if not first:
        store = place.open()
        store.put(bundles)
        store.close()
    _kill_a_load(place)
    store = place.open()
    sync(store, bundles)
    assert graphs.stored(store) == graphs.content_of(bundles)
    store.close()


def _kill_a_load(place: Place) -> None:
    """Start a load of many papers in another process and kill it in the middle."""
    command = [sys.executable, str(Path(__file__).with_name("endless_load.py")), place.case.name, place.location]
    folders = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[1])])
    env = {**os.environ, "PYTHONPATH": folders}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=env)
    assert process.stdout is not None
    assert process.stdout.readline() == b"loading\n"
    time.sleep(0.3)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    _wait_until_settled(place)


def _wait_until_settled(place: Place) -> None:
    """A server may still be at work on the last request of a client that is gone."""
    store = place.open()
    before: dict[str, str] | None = None
    while (now := store.versions()) != before:
        before = now
        time.sleep(1.0 if place.case.server else 0.0)
    store.close()
