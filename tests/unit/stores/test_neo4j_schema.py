"""`schemas/neo4j.cypher` is what the Neo4j store sets."""

from __future__ import annotations

from kg.resources import read_text
from kg.stores.neo4j_schema import script, statements
from kg.vocab import NODES


def test_file_is_what_the_store_creates() -> None:
    assert read_text("schemas/neo4j.cypher") == script()


def test_every_label_has_a_unique_id() -> None:
    assert all(any(f"FOR (n:{label}) REQUIRE n.id IS UNIQUE" in s for s in statements()) for label in NODES)
