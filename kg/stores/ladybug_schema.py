"""Ladybug's tables, derived from `kg.vocab`: one node table a label, one relationship table a type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.mapping import arrow
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
    """Nodes of one label: `c0` is the id, `c1`… the properties in the schema's order."""
    table = arrow.node_table(label, nodes)
    return table.rename_columns([f"c{number}" for number in range(table.num_columns)])


def edge_table(edges: Iterable[Edge]) -> pa.Table:
    """Edges of one type and pair of labels: `c0` the start's id, `c1` the end's."""
    return arrow.edge_table(edges).select(["start", "end"]).rename_columns(["c0", "c1"])


def set_clause(label: str) -> str:
    """`n.title = c1, …`: every property from the columns of `node_table`."""
    return ", ".join(f"n.`{p.name}` = c{number}" for number, p in enumerate(NODES[label].properties, start=1))
