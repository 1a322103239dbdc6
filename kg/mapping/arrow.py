"""Nodes and edges as Arrow tables, with the column types of the schema. Only place for pyarrow types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.mapping.bundle import Edge, Node
from kg.vocab import NODES, Datatype

if TYPE_CHECKING:
    import pyarrow as pa


def arrow_type(datatype: Datatype) -> pa.DataType:
    """The Arrow type of a property's values."""
    import pyarrow as pa

    if datatype is Datatype.STRINGS:
        return pa.list_(pa.string())
    if datatype is Datatype.INTEGER:
        return pa.int64()
    return pa.float64() if datatype is Datatype.DOUBLE else pa.string()


def node_schema(label: str) -> pa.Schema:
    """Columns of a label's nodes: `id`, then the properties in the schema's order."""
    import pyarrow as pa

    columns = [(prop.name, arrow_type(prop.datatype)) for prop in NODES[label].properties]
    return pa.schema([("id", pa.string()), *columns])


def edge_schema() -> pa.Schema:
    """Columns of the edges of one type: label and id of the start, label and id of the end."""
    import pyarrow as pa

    return pa.schema([(name, pa.string()) for name in ("start_label", "start", "end_label", "end")])


def node_table(label: str, nodes: Iterable[Node]) -> pa.Table:
    """Nodes of one label; absent values and empty lists are null.

    Raises `ValueError` (or a subclass) for text that is not Unicode.
    """
    import pyarrow as pa

    rows = list(nodes)
    columns = [pa.array([node.id for node in rows], pa.string())]
    for prop in NODES[label].properties:
        values = [node.properties.get(prop.name) for node in rows]
        columns.append(pa.array([None if value == () else value for value in values], arrow_type(prop.datatype)))
    return pa.table(columns, schema=node_schema(label))


def edge_table(edges: Iterable[Edge]) -> pa.Table:
    """Edges of one type."""
    import pyarrow as pa

    rows = list(edges)
    names = edge_schema().names
    columns = [pa.array([getattr(edge, name) for edge in rows], pa.string()) for name in names]
    return pa.table(columns, schema=edge_schema())
