"""Queries as a server takes them: SPARQL answered in a media type, Cypher answered as plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.api.graph import Graph
from kg.errors import QueryError, QueryParameterError
from kg.model import Rows, Value
from kg.stores.base import Limits
from kg.stores.oxigraph import OxigraphStore


@dataclass(frozen=True, slots=True)
class Document:
    """A body with its media type; the status is that of HTTP."""

    media_type: str
    body: bytes
    status: int = 200


def sparql(
    graph: Graph,
    *,
    text: str,
    results: str | None,
    graphs: str | None,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    most: int,
    services: Sequence[str] = (),
) -> Document:
    """Run a reading query; `results` and `graphs` are the acceptable media types for tables and for graphs.

    `services` are the IRIs that the query may ask by SERVICE.
    """
    from kg.stores.oxigraph_protocol import GraphChoice, answer

    store = graph.store("oxigraph")
    assert isinstance(store, OxigraphStore)
    found = answer(store.database, text, results, graphs, GraphChoice(default_graphs, named_graphs), most, services)
    if found is None:
        return Document("text/plain", b"no acceptable media type for this form of query\n", 406)
    return Document(*found)


def cypher(graph: Graph, *, text: str, parameters: Mapping[str, Value], limit: float, rows: int) -> Rows:
    """Run a reading query on the property graph."""
    if not isinstance(parameters, Mapping) or not all(isinstance(name, str) for name in parameters):
        raise QueryParameterError("parameters are a JSON object of names and values")
    if not isinstance(text, str) or not text.strip():
        raise QueryError("no query was given")
    return graph.store("ladybug").query(text, parameters, limits=Limits(limit, rows))
