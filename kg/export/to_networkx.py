"""The graph in memory as a NetworkX MultiDiGraph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.mapping.bundle import Bundle, Edge, Node

if TYPE_CHECKING:
    import networkx


def from_bundles(bundles: Iterable[Bundle]) -> networkx.MultiDiGraph:
    """Nodes keyed by id, with `label` and their properties; edges keyed by type, with `type`."""
    return from_items(item for bundle in bundles for part in (bundle.nodes, bundle.edges) for item in part)


def from_items(items: Iterable[Node | Edge]) -> networkx.MultiDiGraph:
    """As `from_bundles`, from single nodes and edges; nodes first."""
    import networkx

    graph = networkx.MultiDiGraph()
    for item in items:
        if isinstance(item, Node):
            values = {
                name: list(value) if isinstance(value, tuple) else value for name, value in item.properties.items()
            }
            graph.add_node(item.id, label=item.label, **values)
        else:
            graph.add_edge(item.start, item.end, key=item.type, type=item.type)
    return graph
