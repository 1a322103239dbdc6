"""JSON-LD: each node an object on a line of its own, under one context.

Names of properties are those of the property graph; edges are named by the local name of their predicate.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, BinaryIO

import orjson

from kg.export.formats import Bundles
from kg.mapping.bundle import Bundle, Edge, Node
from kg.mapping.iris import to_iri
from kg.mapping.units import unit_terms
from kg.vocab import EDGES, ID_PREDICATE, NODES, PREFIXES, Datatype

_TYPES = {Datatype.INTEGER: "xsd:integer", Datatype.DOUBLE: "xsd:double", Datatype.DATE: "xsd:date"}
_EDGE_KEYS = {edge.type: edge.predicate.partition(":")[2] for edge in EDGES.values()}


def context() -> dict[str, Any]:
    """The JSON-LD context: `schemas/context.jsonld` is this as a file."""
    # The prefix "unit" is left out: the name is that of a property.
    terms: dict[str, Any] = {name: iri for name, iri in PREFIXES.items() if name != "unit"}
    terms |= {"id": "@id", "type": "@type", "identifier": ID_PREDICATE}
    terms |= {label: f"kg:{label}" for label in NODES}
    for node in NODES.values():
        terms |= {prop.name: _term(prop.predicate, prop.datatype) for prop in node.properties}
    terms |= {_EDGE_KEYS[e.type]: {"@id": e.predicate, "@type": "@id", "@container": "@set"} for e in EDGES.values()}
    terms["hasUnit"] = {"@id": "qudt:hasUnit", "@type": "@id"}
    terms["ucumCode"] = "qudt:ucumCode"
    terms["hasSource"] = {"@id": "oa:hasSource", "@type": "@id"}
    return terms


def _term(predicate: str, datatype: Datatype) -> Any:
    if datatype is Datatype.STRINGS:
        return {"@id": predicate, "@container": "@set"}
    return {"@id": predicate, "@type": _TYPES[datatype]} if datatype in _TYPES else predicate


def context_file() -> str:
    """The text of `schemas/context.jsonld`."""
    return orjson.dumps({"@context": context()}, option=orjson.OPT_INDENT_2).decode() + "\n"


def write_jsonld(bundles: Bundles, out: BinaryIO, base: str) -> None:
    """The graph in loading order."""
    out.write(b'{"@context": ' + orjson.dumps(context()) + b', "@graph": [')
    separator = b"\n"
    for bundle in bundles():
        for item in _objects(bundle, base):
            out.write(separator + orjson.dumps(item))
            separator = b",\n"
    out.write(b"\n]}\n")


def _objects(bundle: Bundle, base: str) -> list[dict[str, Any]]:
    edges: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in bundle.edges:
        edges[edge.start].append(edge)
    owner = to_iri(bundle.owner.id, base)
    return [_object(node, edges[node.id], owner, base) for node in bundle.nodes]


def _object(node: Node, edges: list[Edge], owner: str, base: str) -> dict[str, Any]:
    kind = NODES[node.label]
    types = [node.label, *(name for name in kind.classes if name != f"kg:{node.label}")]
    item: dict[str, Any] = {"id": to_iri(node.id, base), "type": types, "identifier": node.id}
    names = (prop.name for prop in kind.properties)
    item |= {name: node.properties[name] for name in names if name in node.properties}
    if "unit" in node.properties:
        terms = unit_terms(str(node.properties["unit"]))
        item |= {k: v for k, v in (("hasUnit", terms.iri), ("ucumCode", terms.ucum)) if v is not None}
    if node.label == "Evidence":
        item["hasSource"] = owner
    for edge in edges:
        item.setdefault(_EDGE_KEYS[edge.type], []).append(to_iri(edge.end, base))
    return item
