"""Turtle and TriG, with the project's prefixes; statements about one thing stand together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.export.formats import Bundles
from kg.mapping.rdf import to_triples
from kg.vocab import PREFIXES


def write_turtle(bundles: Bundles, out: BinaryIO, base: str) -> None:
    """The graph in loading order."""
    serialize(_triples(bundles, base), out, RdfFormat.TURTLE, prefixes=PREFIXES)


def write_trig(bundles: Bundles, out: BinaryIO, base: str) -> None:
    """The graph in loading order, in the default graph."""
    quads = (Quad(t.subject, t.predicate, t.object) for t in _triples(bundles, base))
    serialize(quads, out, RdfFormat.TRIG, prefixes=PREFIXES)


def _triples(bundles: Bundles, base: str) -> Iterator[Triple]:
    """The triples, those of a bundle grouped by subject."""
    for bundle in bundles():
        yield from sorted(to_triples(bundle, base), key=lambda triple: str(triple.subject))
