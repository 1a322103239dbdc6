"""From an intent to a query in the language of a store."""

from __future__ import annotations

from kg.ask.cypher import to_cypher
from kg.ask.intent import CompiledQuery, Intent
from kg.ask.lanes import keep_ranks
from kg.ask.sparql import to_sparql
from kg.model import Dialect, Rows
from kg.queries import finish


def compile_intent(intent: Intent, dialect: Dialect) -> CompiledQuery:
    """The query that answers an intent. Both dialects give the same rows in the same order.

    Everything that the asker wrote is a bound parameter. Run it with `Store.query`, then `finish_answer`.
    """
    return to_sparql(intent) if dialect is Dialect.SPARQL else to_cypher(intent)


def finish_answer(compiled: CompiledQuery, rows: Rows) -> Rows:
    """A store's rows as the answer: values made alike in both dialects, each lane cut to its best ranks."""
    done = finish(rows, compiled.columns)
    return done if compiled.ranks is None else keep_ranks(done, compiled.ranks)
