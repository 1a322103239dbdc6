"""The graph in pieces: a bundle is what one owner (a paper, an entity, a run) contributes.

Stores load, compare and retract whole bundles, so that re-loading changes nothing and a revised paper takes
back exactly its own contribution.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

FORMAT = 2
"""Raised when the mapping changes, so that stores re-load everything."""

PropertyValue = str | int | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A node with its properties (absent ones are left out), named as in `kg.vocab.NODES`."""

    label: str
    id: str
    properties: Mapping[str, PropertyValue]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of a type in `kg.vocab.EDGES`, between two nodes given by label and id."""

    type: str
    start_label: str
    start: str
    end_label: str
    end: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one owner contributes. `nodes[0]` is the owner; every edge starts at one of `nodes`.

    Edges point to nodes of this bundle or of bundles that came earlier.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def owner(self) -> Node:
        """The node that the bundle is about."""
        return self.nodes[0]

    @property
    def hash(self) -> str:
        """The owner's `hash` property."""
        return str(self.owner.properties["hash"])


def make_bundle(nodes: list[Node], edges: list[Edge]) -> Bundle:
    """A bundle whose owner carries the hash of the whole content."""
    content = [
        FORMAT,
        [[n.label, n.id, dict(n.properties)] for n in nodes],
        [[e.type, e.start, e.end] for e in edges],
    ]
    digest = hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
    owner = nodes[0]
    hashed = Node(owner.label, owner.id, {**owner.properties, "hash": digest})
    return Bundle((hashed, *nodes[1:]), tuple(edges))
