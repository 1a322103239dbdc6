"""CSV for `neo4j-admin database import full`, with a file of its options.

    cd FOLDER && neo4j-admin database import full neo4j @neo4j-admin.args

Text is always quoted and absent values never are, so that an empty text and no value stay apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from kg.export.formats import Bundles
from kg.mapping.bundle import Node, PropertyValue
from kg.vocab import EDGES, NODES, Datatype

ARGUMENTS = "neo4j-admin.args"
"""The file of options."""

_ARRAY = "\x1f"
"""Between the values of a list: a control character that stands in no name."""

_TYPES = {Datatype.INTEGER: ":long", Datatype.DOUBLE: ":double", Datatype.STRINGS: ":string[]"}


def write_neo4j_csv(bundles: Bundles, folder: Path) -> None:
    """Fill a folder: `Paper.csv`, …, one file a label; `REPORTS.csv`, …, one file a type."""
    (folder / ARGUMENTS).write_text("".join(f"{line}\n" for line in _arguments()), encoding="utf-8")
    with ExitStack() as stack:
        files = {name: stack.enter_context(_open(folder / f"{name}.csv")) for name in (*NODES, *EDGES)}
        for label in NODES:
            files[label].write(_node_header(label))
        for kind in EDGES:
            files[kind].write(":START_ID,:END_ID\n")
        for bundle in bundles():
            for node in bundle.nodes:
                files[node.label].write(_node_line(node))
            for edge in bundle.edges:
                files[edge.type].write(f"{_quoted(edge.start)},{_quoted(edge.end)}\n")


def _open(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _arguments() -> Iterator[str]:
    yield from (f"--nodes={label}={label}.csv" for label in NODES)
    yield from (f"--relationships={kind}={kind}.csv" for kind in EDGES)
    yield "--array-delimiter=U+001F"
    yield "--multiline-fields=true"


def _node_header(label: str) -> str:
    columns = [f"{p.name}{_TYPES.get(p.datatype, ':string')}" for p in NODES[label].properties]
    return ",".join(["id:ID", *columns]) + "\n"


def _node_line(node: Node) -> str:
    values = (node.properties.get(prop.name) for prop in NODES[node.label].properties)
    return ",".join([_quoted(node.id), *map(_cell, values)]) + "\n"


def _cell(value: PropertyValue | None) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return _quoted(_ARRAY.join(_items(value)))
    return _quoted(value) if isinstance(value, str) else repr(value)


def _items(values: Iterable[str]) -> Iterator[str]:
    return (value.replace(_ARRAY, " ") for value in values)


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
