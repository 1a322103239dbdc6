"""Reading a whole graph back out of any store, by queries in its own language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.mapping.bundle import Edge, Node, PropertyValue
from kg.model import Dialect
from kg.stores.base import Limits, Store
from kg.vocab import EDGES, NODES, Datatype, NodeType, expand

_NO_LIMITS = Limits(seconds=None, rows=10**9)


def read_graph(store: Store) -> Iterator[Node | Edge]:
    """Every node, then every edge. Lists come sorted, because RDF does not keep their order."""
    labels: dict[str, str] = {}
    read_nodes, pattern = _DIALECTS[store.dialect]
    for kind in NODES.values():
        for node in read_nodes(store, kind):
            labels[node.id] = node.label
            yield node
    for edge in EDGES.values():
        name = expand(edge.predicate) if store.dialect is Dialect.SPARQL else edge.type
        for start, end in _rows(store, pattern.format(name)):
            yield Edge(edge.type, labels[start], start, labels[end], end)


def _sparql_nodes(store: Store, kind: NodeType) -> Iterator[Node]:
    properties = {expand(prop.predicate): prop for prop in kind.properties}
    query = f"SELECT ?n ?p ?v WHERE {{ ?n a kg:{kind.label} . ?n ?p ?v }} ORDER BY ?n"
    found: dict[str, Any] = {}
    current = None
    for node_id, predicate, value in _rows(store, query):
        if node_id != current:
            if current is not None:
                yield Node(kind.label, current, _finished(found))
            current, found = node_id, {}
        prop = properties.get(predicate)
        if prop is not None and prop.datatype is Datatype.STRINGS:
            found.setdefault(prop.name, []).append(value)
        elif prop is not None:
            found[prop.name] = value
    if current is not None:
        yield Node(kind.label, current, _finished(found))


def _cypher_nodes(store: Store, kind: NodeType) -> Iterator[Node]:
    names = [prop.name for prop in kind.properties]
    returned = ", ".join(f"n.{name} AS {name}" for name in names)
    for node_id, *values in _rows(store, f"MATCH (n:{kind.label}) RETURN n.id AS id, {returned} ORDER BY id"):
        yield Node(kind.label, node_id, _finished(dict(zip(names, values, strict=True))))


def _finished(found: dict[str, Any]) -> dict[str, PropertyValue]:
    return {
        name: tuple(sorted(value)) if isinstance(value, list) else value
        for name, value in found.items()
        if value is not None and value != []
    }


def _rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    return store.query(query, limits=_NO_LIMITS).rows


_DIALECTS = {
    Dialect.SPARQL: (_sparql_nodes, "SELECT ?a ?b WHERE {{ ?a <{}> ?b }} ORDER BY ?a ?b"),
    Dialect.CYPHER: (_cypher_nodes, "MATCH (a)-[:{}]->(b) RETURN a.id AS first, b.id AS second ORDER BY first, second"),
}
