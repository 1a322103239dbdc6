"""Ladybug's tables, derived from `kg.vocab`: one node table a label, one relationship table a type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.mapping.bundle import Edge, Node
from kg.vocab import EDGES, NODES, Datatype

if TYPE_CHECKING:
    import pyarrow as pa

_TYPES = {
    Datatype.STRING: "STRING",
    Datatype.STRINGS: "STRING[]",
    Datatype.INTEGER: "INT64",
    Datatype.DOUBLE: "DOUBLE",
    Datatype.DATE: "STRING",
}


def ddl() -> Iterator[str]:
    """Statements that make the tables that are not there yet."""
    for node in NODES.values():
        columns = "".join(f", `{p.name}` {_TYPES[p.datatype]}" for p in node.properties)
        yield f"CREATE NODE TABLE IF NOT EXISTS `{node.label}`(`id` STRING PRIMARY KEY{columns})"
    for edge in EDGES.values():
        pairs = ", ".join(f"FROM `{start}` TO `{end}`" for start, end in edge.pairs)
        yield f"CREATE REL TABLE IF NOT EXISTS `{edge.type}`({pairs})"


def node_table(label: str, nodes: Iterable[Node]) -> pa.Table:
    """Nodes of one label as an Arrow table: `c0` is the id, `c1`… the properties in the schema's order.

    Absent values and empty lists are null. Raises `ValueError` (or a subclass) for text that is not Unicode.
    """
    import pyarrow as pa

    rows = list(nodes)
    columns: dict[str, pa.Array] = {"c0": pa.array([node.id for node in rows], pa.string())}
    for number, prop in enumerate(NODES[label].properties, start=1):
        values = [node.properties.get(prop.name) for node in rows]
        columns[f"c{number}"] = pa.array(
            [None if value == () else value for value in values], arrow_type(prop.datatype)
        )
    return pa.table(columns)


def edge_table(edges: Iterable[Edge]) -> pa.Table:
    """Edges of one type and pair of labels as an Arrow table: `c0` the start's id, `c1` the end's."""
    import pyarrow as pa

    rows = list(edges)
    starts = pa.array([edge.start for edge in rows], pa.string())
    return pa.table({"c0": starts, "c1": pa.array([edge.end for edge in rows], pa.string())})


def arrow_type(datatype: Datatype) -> pa.DataType:
    """The Arrow type of a property's values."""
    import pyarrow as pa

    if datatype is Datatype.STRINGS:
        return pa.list_(pa.string())
    if datatype is Datatype.INTEGER:
        return pa.int64()
    return pa.float64() if datatype is Datatype.DOUBLE else pa.string()


def set_clause(label: str) -> str:
    """`n.title = c1, …`: every property from the columns of `node_table`."""
    return ", ".join(f"n.`{p.name}` = c{number}" for number, p in enumerate(NODES[label].properties, start=1))
