"""Going over an Oxigraph database in excerpts, however large it is; every subject is in one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store, Triple

from kg.mapping.excerpt import Excerpt
from kg.mapping.rdf import RDF_TYPE, REPORTS, SUPPORTED_BY
from kg.stores.batches import in_batches
from kg.vocab import NODES, expand

OWNERS = 300
"""Papers, entities and other roots in one excerpt: some 40,000 triples."""

_KINDS = [NamedNode(expand(f"kg:{label}")) for label in NODES]

_CONTEXT = (RDF_TYPE, NamedNode(expand("dcterms:title")), NamedNode(expand("dcterms:abstract")))
"""What is needed of nodes that others point to: the class, and a paper's text for quotes."""

_OWNED_BY = {NamedNode(expand("kg:Claim")): REPORTS, NamedNode(expand("kg:Evidence")): SUPPORTED_BY}
"""Class of nodes that belong to another node → the edge from that node."""


def iter_excerpts(database: Store, size: int = OWNERS) -> Iterator[Excerpt]:
    """Excerpts of `size` roots each. A root is a node that no other owns: a paper, an entity, a stray claim."""
    for roots in in_batches(_roots(database), size):
        yield _excerpt(database, roots)


def _roots(database: Store) -> Iterator[NamedNode]:
    for kind in _KINDS:
        for quad in database.quads_for_pattern(None, RDF_TYPE, kind):
            node = quad.subject
            if isinstance(node, NamedNode) and _kind_of(database, node) == kind and not _is_owned(database, node, kind):
                yield node
    yield from _unclassed(database)


def _kind_of(database: Store, node: NamedNode) -> NamedNode | None:
    """The first of the graph's classes that a node is of."""
    classes = {quad.object for quad in database.quads_for_pattern(node, RDF_TYPE, None)}
    return next((kind for kind in _KINDS if kind in classes), None)


def _is_owned(database: Store, node: NamedNode, kind: NamedNode) -> bool:
    link = _OWNED_BY.get(kind)
    return link is not None and next(iter(database.quads_for_pattern(None, link, node)), None) is not None


def _unclassed(database: Store) -> Iterator[NamedNode]:
    seen: set[NamedNode] = set()
    last = None
    for quad in database.quads_for_pattern(None, None, None, DefaultGraph()):
        node = quad.subject
        if node != last and isinstance(node, NamedNode) and node not in seen and _kind_of(database, node) is None:
            seen.add(node)
            yield node
        last = node


def _excerpt(database: Store, roots: Iterable[NamedNode]) -> Excerpt:
    nodes: dict[NamedNode, None] = {}
    triples: set[Triple] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node not in nodes:
            nodes[node] = None
            own = _triples(database.quads_for_pattern(node, None, None))
            triples.update(own)
            waiting += [
                t.object for t in own if t.predicate in (REPORTS, SUPPORTED_BY) and isinstance(t.object, NamedNode)
            ]
    return Excerpt(nodes.keys(), triples | _context(database, nodes, triples))


def _context(database: Store, nodes: dict[NamedNode, None], triples: Iterable[Triple]) -> set[Triple]:
    context: set[Triple] = set()
    others: set[NamedNode | BlankNode] = set()
    for triple in triples:
        if triple.predicate in (REPORTS, SUPPORTED_BY):
            context.update(_triples(database.quads_for_pattern(None, triple.predicate, triple.object)))
        elif triple.predicate != RDF_TYPE and isinstance(triple.object, NamedNode | BlankNode):
            others.add(triple.object)
    for other in others - nodes.keys():
        for wanted in _CONTEXT:
            context.update(_triples(database.quads_for_pattern(other, wanted, None)))
    return context


def _triples(quads: Iterable[Quad]) -> list[Triple]:
    return [quad.triple for quad in quads]
