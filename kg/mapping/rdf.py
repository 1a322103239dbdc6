"""Bundles as RDF triples, and back.

`to_triples` also writes what RDF users expect and the property graph does not need (QUDT units, the source of a
quote); `from_triples` reads a whole graph and leaves those out. Sets have no order: values of a list come back
sorted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from pyoxigraph import Literal, NamedNode, Triple

from kg.mapping.bundle import Bundle, Edge, Node, PropertyValue
from kg.mapping.iris import from_iri, to_iri
from kg.mapping.units import unit_terms
from kg.vocab import BASE, DERIVED_PREDICATES, EDGES, ID_PREDICATE, NODES, OWNER_LABELS, Datatype, expand

RDF_TYPE = NamedNode(expand("rdf:type"))
IDENTIFIER = NamedNode(expand(ID_PREDICATE))
HASH = NamedNode(expand("kg:hash"))
REPORTS = NamedNode(expand("kg:reports"))
SUPPORTED_BY = NamedNode(expand("kg:supportedBy"))

DERIVED = {name: NamedNode(expand(name)) for name in DERIVED_PREDICATES}

_DATE = NamedNode(expand("xsd:date"))


@cache
def predicate(curie: str) -> NamedNode:
    """`kg:value` → its IRI as a term."""
    return NamedNode(expand(curie))


_WRITERS: dict[Datatype, Callable[[PropertyValue], Iterable[Literal]]] = {
    Datatype.STRING: lambda value: (Literal(str(value)),),
    Datatype.STRINGS: lambda value: [Literal(item) for item in value] if isinstance(value, tuple) else (),
    Datatype.INTEGER: lambda value: (Literal(int(value)),) if isinstance(value, int) else (),
    Datatype.DOUBLE: lambda value: (Literal(float(value)),) if isinstance(value, int | float) else (),
    Datatype.DATE: lambda value: (Literal(str(value), datatype=_DATE),),
}


def to_triples(bundle: Bundle, base: str = BASE) -> Iterator[Triple]:
    """The triples of a bundle, the owner's hash last."""
    hashes: list[Triple] = []
    owner = NamedNode(to_iri(bundle.owner.id, base))
    for node in bundle.nodes:
        subject = NamedNode(to_iri(node.id, base))
        for triple in _node_triples(node, subject):
            (hashes.append(triple) if triple.predicate == HASH else (yield triple))
        if node.label == "Evidence":
            yield Triple(subject, DERIVED["oa:hasSource"], owner)
    for edge in bundle.edges:
        start, end = NamedNode(to_iri(edge.start, base)), NamedNode(to_iri(edge.end, base))
        yield Triple(start, predicate(EDGES[edge.type].predicate), end)
    yield from hashes


def _node_triples(node: Node, subject: NamedNode) -> Iterator[Triple]:
    kind = NODES[node.label]
    for name in kind.classes:
        yield Triple(subject, RDF_TYPE, predicate(name))
    yield Triple(subject, IDENTIFIER, Literal(node.id))
    for prop in kind.properties:
        if prop.name in node.properties:
            for literal in _WRITERS[prop.datatype](node.properties[prop.name]):
                yield Triple(subject, predicate(prop.predicate), literal)
    if "unit" in node.properties:
        yield from _unit_triples(str(node.properties["unit"]), subject)


def _unit_triples(unit: str, subject: NamedNode) -> Iterator[Triple]:
    terms = unit_terms(unit)
    if terms.iri is not None:
        yield Triple(subject, DERIVED["qudt:hasUnit"], NamedNode(terms.iri))
    if terms.ucum is not None:
        yield Triple(subject, DERIVED["qudt:ucumCode"], Literal(terms.ucum))


class _Subject:
    """All triples of one subject, by predicate."""

    __slots__ = ("literals", "objects")

    def __init__(self) -> None:
        self.literals: defaultdict[str, list[str]] = defaultdict(list)
        self.objects: defaultdict[str, list[str]] = defaultdict(list)


_LABELS = {expand(f"kg:{label}"): label for label in NODES}
_EDGE_TYPES = {expand(edge.predicate): edge.type for edge in EDGES.values()}


def from_triples(triples: Iterable[Triple], base: str = BASE) -> list[Bundle]:
    """The bundles of a whole graph by owner (label, id); nodes and edges in canonical order.

    Reads everything into memory. Triples about other things than our nodes are left out.
    """
    subjects = _by_subject(triples, base)
    nodes = {node_id: node for node_id, subject in subjects.items() if (node := _to_node(node_id, subject)) is not None}
    edges: defaultdict[str, list[Edge]] = defaultdict(list)
    for node_id, start in nodes.items():
        edges[node_id] = list(_edges_of(start, subjects[node_id], nodes))
    owners = [node for node in nodes.values() if node.label in OWNER_LABELS]
    owners.sort(key=lambda node: (OWNER_LABELS.index(node.label), node.id))
    return [_to_bundle(owner, nodes, edges) for owner in owners]


def _by_subject(triples: Iterable[Triple], base: str) -> dict[str, _Subject]:
    subjects: dict[str, _Subject] = {}
    for triple in triples:
        node_id = from_iri(triple.subject.value, base) if isinstance(triple.subject, NamedNode) else None
        if node_id is None:
            continue
        subject = subjects.setdefault(node_id, _Subject())
        name, value = triple.predicate.value, triple.object
        if isinstance(value, Literal):
            subject.literals[name].append(value.value)
        elif isinstance(value, NamedNode):
            other = from_iri(value.value, base)
            subject.objects[name].append(value.value if other is None else other)
    return subjects


def _to_node(node_id: str, subject: _Subject) -> Node | None:
    labels = [_LABELS[name] for name in subject.objects[RDF_TYPE.value] if name in _LABELS]
    if len(labels) != 1:
        return None
    properties: dict[str, PropertyValue] = {}
    for prop in NODES[labels[0]].properties:
        values = subject.literals.get(expand(prop.predicate))
        if values:
            properties[prop.name] = _from_literals(values, prop.datatype)
    return Node(labels[0], node_id, properties)


def _from_literals(values: list[str], datatype: Datatype) -> PropertyValue:
    match datatype:
        case Datatype.STRINGS:
            return tuple(sorted(values))
        case Datatype.INTEGER:
            return int(values[0])
        case Datatype.DOUBLE:
            return float(values[0])
        case _:
            return values[0]


def _edges_of(start: Node, subject: _Subject, nodes: dict[str, Node]) -> Iterator[Edge]:
    for name, ends in subject.objects.items():
        if name in _EDGE_TYPES:
            for end in ends:
                if end in nodes:
                    yield Edge(_EDGE_TYPES[name], start.label, start.id, nodes[end].label, end)


def _to_bundle(owner: Node, nodes: dict[str, Node], edges: dict[str, list[Edge]]) -> Bundle:
    owned: list[Node] = []
    for report in edges[owner.id]:
        if report.type == "REPORTS":
            owned.append(nodes[report.end])
            owned += [nodes[edge.end] for edge in edges[report.end] if edge.type == "SUPPORTED_BY"]
    owned.sort(key=lambda node: (node.label, node.id))
    mine = [edge for node in (owner, *owned) for edge in edges[node.id]]
    mine.sort(key=lambda edge: (edge.type, edge.start, edge.end))
    return Bundle((owner, *owned), tuple(mine))
