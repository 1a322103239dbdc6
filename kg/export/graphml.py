"""GraphML: nodes with `label`, edges with `type`; lists as JSON text, because GraphML has none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import BinaryIO

from kg.export.formats import Bundles
from kg.export.xml import attribute, node_properties, text
from kg.mapping.bundle import Bundle
from kg.vocab import Datatype

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="type" for="edge" attr.name="type" attr.type="string"/>
"""
_TYPES = {Datatype.INTEGER: "long", Datatype.DOUBLE: "double"}


def write_graphml(bundles: Bundles, out: BinaryIO, base: str) -> None:
    """One directed graph; an edge stands after the nodes that it joins."""
    out.write(_HEAD.encode())
    for prop in node_properties().values():
        kind = _TYPES.get(prop.datatype, "string")
        out.write(f'<key id="{prop.name}" for="node" attr.name="{prop.name}" attr.type="{kind}"/>\n'.encode())
    out.write(b'<graph id="papers" edgedefault="directed">\n')
    numbers = count()
    for bundle in bundles():
        out.writelines(line.encode() for line in _lines(bundle, numbers))
    out.write(b"</graph>\n</graphml>\n")


def _lines(bundle: Bundle, numbers: Iterator[int]) -> Iterator[str]:
    for node in bundle.nodes:
        data = "".join(f'<data key="{name}">{text(value)}</data>' for name, value in node.properties.items())
        yield f'<node id={attribute(node.id)}><data key="label">{node.label}</data>{data}</node>\n'
    for edge in bundle.edges:
        ends = f"source={attribute(edge.start)} target={attribute(edge.end)}"
        yield f'<edge id="e{next(numbers)}" {ends}><data key="type">{edge.type}</data></edge>\n'
