"""Ids and IRIs, both ways: IRI = base + percent-encoded id."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from kg.vocab import BASE

_SAFE = "/:@!$&'()*+,;=~-._"
"""What an IRI path may hold as it is, so that ids stay readable."""


_BASE = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*[/#:=]""")


class NodeId(str):
    """The id of a node, as a query parameter: an IRI in SPARQL, the plain id in Cypher."""

    __slots__ = ()


class Iri(str):
    """A whole IRI, as a query parameter."""

    __slots__ = ()


def is_base(text: str) -> bool:
    """Whether ids may be put behind this: an absolute IRI (RFC 3987) that ends in `/`, `#`, `:` or `=`."""
    return _BASE.fullmatch(text) is not None


def to_iri(node_id: str, base: str = BASE) -> str:
    """The IRI of a node."""
    return base + quote(node_id, safe=_SAFE)


def from_iri(iri: str, base: str = BASE) -> str | None:
    """The id of the node with this IRI; None where it is not one of ours."""
    return unquote(iri[len(base) :]) if iri.startswith(base) else None
