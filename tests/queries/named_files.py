"""Expected rows of the named queries on the invented graph: `queries/<name>/expected.json`.

A list of cases, each with `parameters` as a user types them and the `rows`. `python tests/queries/named_files.py`
writes the rows anew for the parameters that stand there, to be read through.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from kg.catalog import Catalog
from kg.queries import NamedQuery, finish, named_queries
from kg.stores.base import Store

QUERIES = Path(__file__).resolve().parent.parent.parent / "queries"


def read_cases(name: str) -> list[dict[str, Any]]:
    """The cases of a query."""
    cases: list[dict[str, Any]] = json.loads((QUERIES / name / "expected.json").read_text("utf-8"))
    return cases


def answer(query: NamedQuery, parameters: dict[str, Any], catalog: Catalog, store: Store) -> list[list[Any]]:
    """The rows of a store, as JSON has them."""
    bound = query.bind(parameters, catalog)
    rows = finish(store.query(query.text(store.dialect), bound), query.columns)
    found: list[list[Any]] = json.loads(json.dumps(rows.rows))
    return found


def write_cases(name: str, cases: list[dict[str, Any]]) -> None:
    """Write a query's cases, one row a line."""
    blocks = []
    for case in cases:
        rows = ",\n   ".join(json.dumps(row, ensure_ascii=False) for row in case["rows"])
        rows = f"\n   {rows}\n  " if rows else ""
        blocks.append(f' {{"parameters": {json.dumps(case["parameters"])},\n  "rows": [{rows}]}}')
    (QUERIES / name / "expected.json").write_text("[\n" + ",\n".join(blocks) + "\n]\n", "utf-8")


def main() -> None:
    """Rewrite all rows with what Oxigraph answers."""
    import world

    from kg.stores import open_store
    from kg.stores.sync import sync

    with tempfile.TemporaryDirectory() as folder:
        world.write_world_catalog(Path(folder) / "catalog.db")
        catalog = Catalog(Path(folder) / "catalog.db")
        store = open_store("memory:", mode="write")
        sync(store, world.bundles())
        for name, query in named_queries().items():
            cases = read_cases(name)
            for case in cases:
                case["rows"] = answer(query, case["parameters"], catalog, store)
            write_cases(name, cases)


if __name__ == "__main__":
    main()
