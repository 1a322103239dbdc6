"""Every store: the whole graph read back."""

from __future__ import annotations

import graphs

from kg.export.to_networkx import from_bundles, from_items
from kg.mapping.bundle import Bundle, Edge, Node
from kg.stores import Store
from kg.stores.read import read_graph


def test_graph_is_read_back_whole(loaded: Store, bundles: list[Bundle]) -> None:
    items = list(read_graph(loaded))
    nodes, edges = graphs.content_of(bundles)
    assert {(n.label, n.id): dict(n.properties) for n in items if isinstance(n, Node)} == nodes
    assert {(e.type, e.start, e.end) for e in items if isinstance(e, Edge)} == edges
    assert len(items) == len(nodes) + len(edges)


def test_empty_store_gives_nothing(store: Store) -> None:
    assert list(read_graph(store)) == []


def test_networkx_is_the_same_from_the_store_and_from_the_bundles(loaded: Store, bundles: list[Bundle]) -> None:
    found, wanted = from_items(read_graph(loaded)), from_bundles(bundles)
    assert set(found.nodes) == set(wanted.nodes)
    assert set(found.edges(keys=True)) == set(wanted.edges(keys=True))
    assert dict(found.nodes(data="label")) == dict(wanted.nodes(data="label"))
