"""Neo4j's constraints and indexes, derived from `kg.vocab`; `schemas/neo4j.cypher` is this as a file."""

from __future__ import annotations

from kg.vocab import NODES

_INDEXED = {"Paper": ("year",), "Method": ("name",), "Dataset": ("name",), "Metric": ("name",), "Task": ("name",)}
_FULL_TEXT = ("Method", "Dataset", "Metric", "Task")

_HEADER = """\
// Constraints and indexes of the graph in Neo4j (5.x). `kg load` sets them before its first write.
// By hand: cypher-shell -f neo4j.cypher
"""


def statements() -> list[str]:
    """Statements that may be run again: uniqueness of ids, then indexes of what people look for."""
    found = [
        f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE" for label in NODES
    ]
    for label, names in _INDEXED.items():
        found += [f"CREATE INDEX {label.lower()}_{n} IF NOT EXISTS FOR (n:{label}) ON (n.{n})" for n in names]
    labels = "|".join(_FULL_TEXT)
    found.append(f"CREATE FULLTEXT INDEX entity_names IF NOT EXISTS FOR (n:{labels}) ON EACH [n.name, n.aliases]")
    return found


def script() -> str:
    """The text of `schemas/neo4j.cypher`."""
    return _HEADER + "".join(f"{statement};\n" for statement in statements())
