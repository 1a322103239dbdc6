"""SPARQL 1.1 Protocol on an Oxigraph database: a query's answer in the media type that a client asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from kg.errors import QueryError, QueryParameterError, QuerySyntaxError
from kg.stores.oxigraph_query import first_line
from kg.stores.sparql import check_reading
from kg.vocab import PREFIXES

RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""Media type → format of the answers to SELECT and ASK."""

GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
"""Media type → format of the answers to CONSTRUCT and DESCRIBE."""


@dataclass(frozen=True, slots=True)
class GraphChoice:
    """The graphs that a request names (absolute IRIs); none of a kind leaves it to the query."""

    default: Sequence[str] = ()
    named: Sequence[str] = ()


def answer(
    database: Store,
    text: str,
    results: str | None,
    graphs: str | None,
    choice: GraphChoice,
    most: int,
    services: Collection[str] = (),
) -> Any:
    """(media type, body) of a query's answer; None where its form has no acceptable media type.

    `results` and `graphs` are the wanted types of either kind. Raises `QueryError` for updates, SERVICE of others than
    `services`, and answers longer than `most` bytes.
    """
    form = check_reading(text, services=services)
    wanted = results if form in ("SELECT", "ASK") else graphs
    if wanted is None:
        return None
    try:
        found = database.query(text, prefixes=PREFIXES, **_dataset(choice))
        return wanted, _serialize(found, wanted, most)
    except SyntaxError as exc:
        raise QuerySyntaxError(f"the query does not parse: {first_line(exc)}") from exc
    except (OSError, RuntimeError, ValueError) as exc:
        raise QueryError(f"the query failed: {first_line(exc)}") from exc


def _dataset(choice: GraphChoice) -> dict[str, Any]:
    if not choice.default and not choice.named:
        return {}
    # By the protocol a request that names graphs replaces the query's own dataset, wholly.
    return {"default_graph": _nodes(choice.default), "named_graphs": _nodes(choice.named)}


def _nodes(iris: Sequence[str]) -> list[NamedNode]:
    try:
        return [NamedNode(iri) for iri in iris]
    except ValueError as exc:
        raise QueryParameterError(f"not an absolute IRI of a graph: {first_line(exc)}") from exc


def _serialize(found: Any, wanted: str, most: int) -> bytes:
    out = _Bounded(most)
    if isinstance(found, QueryBoolean | QuerySolutions):
        found.serialize(out, format=RESULTS[wanted])
    elif isinstance(found, QueryTriples):
        serialize(found, out, format=GRAPHS[wanted], prefixes=PREFIXES)
    return out.getvalue()


class _Bounded(BytesIO):
    """A file in memory that refuses to grow past a size."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        """Add bytes; raises `QueryError` past the size."""
        if self.tell() + len(data) > self._most:
            raise QueryError(f"the answer is longer than {self._most >> 20} MiB; add a LIMIT or be more selective")
        return super().write(data)
