"""GEXF 1.3 for Gephi: nodes with their name as label and `kind`, edges with their type; lists as JSON text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.export.formats import Bundles
from kg.export.xml import attribute, node_properties
from kg.mapping.bundle import Edge, Node
from kg.vocab import Datatype

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph mode="static" defaultedgetype="directed">
"""
_TYPES = {Datatype.INTEGER: "long", Datatype.DOUBLE: "double"}
_NAMES = ("name", "title", "quote")
"""The first of these that a node has is its label in Gephi."""


def write_gexf(bundles: Bundles, out: BinaryIO, base: str) -> None:
    """Goes over the graph twice: all nodes stand before all edges."""
    out.write(_HEAD.encode())
    out.writelines(line.encode() for line in _attributes())
    out.write(b"<nodes>\n")
    out.writelines(_node(node).encode() for bundle in bundles() for node in bundle.nodes)
    out.write(b"</nodes>\n<edges>\n")
    edges = (edge for bundle in bundles() for edge in bundle.edges)
    out.writelines(_edge(number, edge).encode() for number, edge in enumerate(edges))
    out.write(b"</edges>\n</graph>\n</gexf>\n")


def _attributes() -> Iterator[str]:
    yield '<attributes class="node" mode="static">\n<attribute id="kind" title="kind" type="string"/>\n'
    for prop in node_properties().values():
        kind = _TYPES.get(prop.datatype, "string")
        yield f'<attribute id="{_key(prop.name)}" title="{_key(prop.name)}" type="{kind}"/>\n'
    yield '</attributes>\n<attributes class="edge" mode="static">\n'
    yield '<attribute id="type" title="type" type="string"/>\n</attributes>\n'


def _key(name: str) -> str:
    """`kind` is the node's label here; a claim's own kind is `claimKind`."""
    return "claimKind" if name == "kind" else name


def _node(node: Node) -> str:
    label = next((str(node.properties[name]) for name in _NAMES if name in node.properties), node.id)
    values = {"kind": node.label, **{_key(name): value for name, value in node.properties.items()}}
    parts = "".join(f'<attvalue for="{name}" value={attribute(value)}/>' for name, value in values.items())
    return f"<node id={attribute(node.id)} label={attribute(label)}><attvalues>{parts}</attvalues></node>\n"


def _edge(number: int, edge: Edge) -> str:
    ends = f"source={attribute(edge.start)} target={attribute(edge.end)}"
    value = f'<attvalues><attvalue for="type" value="{edge.type}"/></attvalues>'
    return f'<edge id="{number}" {ends} label="{edge.type}">{value}</edge>\n'
