"""Parquet: `nodes/LABEL.parquet` and `edges/TYPE.parquet`, for DuckDB, Polars, Spark and pandas."""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from kg.export.formats import Bundles
from kg.mapping.arrow import edge_schema, edge_table, node_schema, node_table
from kg.vocab import EDGES, NODES

ROWS = 20_000
"""Rows in memory and in a row group, for each file."""


def write_parquet(bundles: Bundles, folder: Path) -> None:
    """Fill a folder; a label or type that the graph lacks gets a file without rows."""
    with ExitStack() as stack:
        nodes = {x: _Writer(stack, folder / "nodes" / f"{x}.parquet", node_schema(x)) for x in NODES}
        edges = {x: _Writer(stack, folder / "edges" / f"{x}.parquet", edge_schema()) for x in EDGES}
        pending: defaultdict[str, list[Any]] = defaultdict(list)
        for bundle in bundles():
            for node in bundle.nodes:
                pending[node.label].append(node)
            for edge in bundle.edges:
                pending[edge.type].append(edge)
            for name in [name for name, rows in pending.items() if len(rows) >= ROWS]:
                _write(name, pending.pop(name), nodes, edges)
        for name, rows in pending.items():
            _write(name, rows, nodes, edges)


def _write(name: str, rows: list[Any], nodes: dict[str, _Writer], edges: dict[str, _Writer]) -> None:
    if name in nodes:
        nodes[name].write(node_table(name, rows))
    else:
        edges[name].write(edge_table(rows))


class _Writer:
    """A Parquet file, closed with the stack."""

    def __init__(self, stack: ExitStack, path: Path, schema: Any) -> None:
        from pyarrow.parquet import ParquetWriter

        path.parent.mkdir(exist_ok=True)
        self._writer = stack.enter_context(ParquetWriter(path, schema, compression="zstd"))

    def write(self, table: Any) -> None:
        """Add a row group."""
        self._writer.write_table(table)
