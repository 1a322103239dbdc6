"""From an intent to a query in the language of a store."""

from __future__ import annotations

from kg.ask.cypher import to_cypher
from kg.ask.intent import CompiledQuery, Intent
from kg.ask.sparql import to_sparql
from kg.model import Dialect


def compile_intent(intent: Intent, dialect: Dialect) -> CompiledQuery:
    """The query that answers an intent. Both dialects give the same rows in the same order.

    Everything that the asker wrote is a bound parameter. Run it with `Store.query`, then `kg.queries.finish`.
    """
    return to_sparql(intent) if dialect is Dialect.SPARQL else to_cypher(intent)
