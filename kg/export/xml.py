"""What the XML formats share: values as text that XML allows."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

import orjson

from kg.mapping.bundle import PropertyValue
from kg.vocab import NODES, Property

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold at all."""


def text(value: PropertyValue) -> str:
    """A value as element content; lists are JSON, forbidden characters become U+FFFD, a return stays a return."""
    return escape(_plain(value), {"\r": "&#13;"})


def attribute(value: PropertyValue) -> str:
    """A value as an attribute, with its quotes."""
    return quoteattr(_plain(value), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _plain(value: PropertyValue) -> str:
    plain = orjson.dumps(value).decode() if isinstance(value, tuple) else str(value)
    return _FORBIDDEN.sub("\ufffd", plain)


def node_properties() -> dict[str, Property]:
    """Every property of any label by name, in order; those of one name have one type."""
    return {prop.name: prop for node in NODES.values() for prop in node.properties}
