"""`load`: the graph into a server."""

from __future__ import annotations

from collections.abc import Iterator

from kg.api.graph import Graph
from kg.api.progress import Progress, counted, silent
from kg.mapping.bundle import Bundle
from kg.mapping.records import entity_bundle, paper_bundle, run_bundle
from kg.stores import open_store
from kg.stores.sync import SyncReport, sync


def bundles(graph: Graph) -> Iterator[Bundle]:
    """The whole graph in loading order: runs, entities (broader ones first), papers."""
    for extractor in sorted({r.extractor for r in graph.catalog.records()}, key=lambda e: (e.name, e.version)):
        yield run_bundle(extractor)
    done: set[str] = set()
    waiting = list(graph.catalog.entities())
    while waiting:
        ready = [entity for entity in waiting if done.issuperset(entity.broader)]
        yield from map(entity_bundle, ready)
        done.update(entity.id for entity in ready)
        waiting = [entity for entity in waiting if entity.id not in done] if ready else []
    yield from map(paper_bundle, graph.catalog.records())


def load(graph: Graph, target: str, *, progress: Progress = silent) -> SyncReport:
    """Bring a server to the state of the graph."""
    store = open_store(target, mode="write", base=graph.published.base)
    try:
        return sync(store, counted(bundles(graph), "load", progress, _count(graph)))
    finally:
        store.close()


def _count(graph: Graph) -> int:
    """How many bundles there are, but for the extractors'."""
    return graph.catalog.counts()["paper"] + sum(1 for _ in graph.catalog.entities())
