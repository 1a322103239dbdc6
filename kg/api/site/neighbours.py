"""The nodes around a node, for the explorer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pyoxigraph import Literal, NamedNode, Store

from kg.api.graph import Graph
from kg.api.site.common import Json
from kg.errors import NotFoundError, QueryParameterError
from kg.mapping.iris import from_iri, to_iri
from kg.stores.oxigraph import OxigraphStore
from kg.vocab import EDGES, expand

_LABELS = {expand(f"kg:{name}"): name.lower() for name in ("Paper", "Method", "Dataset", "Metric", "Task", "Claim")}
_EDGES = {expand(edge.predicate): edge.type for edge in EDGES.values()}
_TYPE = NamedNode(expand("rdf:type"))
_NAMES = [NamedNode(expand(curie)) for curie in ("dcterms:title", "skos:prefLabel")]
_VALUE, _UNIT = NamedNode(expand("kg:value")), NamedNode(expand("kg:unit"))
_SEEN = 20_000
"""Edges of one node that are looked at."""


def neighbours(graph: Graph, *, what: str, limit: int = 24) -> Json:
    """A node and those joined to it by one edge, either way. Raises `NotFoundError`.

    Edges of a kind take turns, so that a dataset's thousand papers do not hide its one claim.
    """
    if not 1 <= limit <= 200:
        raise QueryParameterError("limit is a number from 1 to 200")
    store = graph.store("oxigraph")
    assert isinstance(store, OxigraphStore)
    reader = _Reader(store.database, graph.published.base)
    centre = reader.node(NamedNode(to_iri(what, graph.published.base)))
    if centre is None:
        raise NotFoundError(f"nothing has the id {what!r}")
    groups: dict[tuple[str, bool], list[tuple[Json, NamedNode]]] = {}
    for edge, other in reader.edges(what):
        groups.setdefault((edge["type"], edge["from"] == what), []).append((edge, other))
    nodes, edges = {what: centre}, list[Json]()
    for edge, other in _by_turns([groups[key] for key in sorted(groups)]):
        if len(edges) > limit:
            break
        node = reader.node(other)
        if node is not None:
            nodes.setdefault(node["id"], node)
            edges.append(edge)
    more = len(edges) > limit
    edges = sorted(edges[:limit], key=lambda edge: (edge["type"], edge["from"], edge["to"]))
    kept = {what, *(edge["from"] for edge in edges), *(edge["to"] for edge in edges)}
    return {"id": what, "nodes": [nodes[one] for one in nodes if one in kept], "edges": edges, "more": more}


def _by_turns(groups: list[list[tuple[Json, NamedNode]]]) -> Iterator[tuple[Json, NamedNode]]:
    for turn in range(max((len(group) for group in groups), default=0)):
        yield from (group[turn] for group in groups if turn < len(group))


class _Reader:
    """Looks at single triples: a query would join where a look-up is enough."""

    def __init__(self, database: Store, base: str) -> None:
        self._database, self._base = database, base

    def edges(self, what: str) -> list[tuple[Json, NamedNode]]:
        """Edges of the graph from and to a node, each with the node at its other end, in a fixed order."""
        node = NamedNode(to_iri(what, self._base))
        found: list[tuple[Json, NamedNode]] = []
        for quad in islice(self._database.quads_for_pattern(node, None, None), _SEEN):
            kind, other = _EDGES.get(quad.predicate.value), quad.object
            if kind and isinstance(other, NamedNode):
                found.append(({"from": what, "to": from_iri(other.value, self._base), "type": kind}, other))
        for quad in islice(self._database.quads_for_pattern(None, None, node), _SEEN):
            kind, start = _EDGES.get(quad.predicate.value), quad.subject
            if kind and isinstance(start, NamedNode):
                found.append(({"from": from_iri(start.value, self._base), "to": what, "type": kind}, start))
        return sorted(found, key=lambda item: item[1].value)

    def node(self, node: NamedNode) -> Json | None:
        """Id, type and name of a node; None for kinds that the explorer leaves out."""
        classes = (quad.object for quad in self._database.quads_for_pattern(node, _TYPE, None))
        kind = next(
            (_LABELS[one.value] for one in classes if isinstance(one, NamedNode) and one.value in _LABELS), None
        )
        node_id = from_iri(node.value, self._base)
        if kind is None or node_id is None:
            return None
        name = next((text for predicate in _NAMES if (text := self._text(node, predicate))), "")
        if kind == "claim":
            unit = self._text(node, _UNIT)
            name = f"{float(self._text(node, _VALUE) or 0):g}{'' if unit in ('%', 'x') else ' '}{unit}".strip()
        return {"id": node_id, "type": kind, "name": name or node_id}

    def _text(self, node: NamedNode, predicate: NamedNode) -> str:
        values = (quad.object for quad in self._database.quads_for_pattern(node, predicate, None))
        return next((value.value for value in values if isinstance(value, Literal)), "")
