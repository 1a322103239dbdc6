"""A part of an RDF graph that can be judged by itself."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some nodes with all triples that start at them, and what is needed to judge these.

    That is: classes (and texts) of what they point to, and the edges from owners to claims and from claims to evidence.
    """

    nodes: Set[NamedNode]
    triples: Set[Triple]
