"""Reading a SPARQL server's answers as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)

from kg.errors import QueryError
from kg.model import Rows, Value
from kg.stores.sparql import plain, plain_iri
from kg.vocab import BASE


def read_rows(body: BinaryIO, form: str, limit: int | None, base: str = BASE) -> Rows:
    """The answer to a query of this form, at most `limit` rows of it."""
    try:
        if form in ("CONSTRUCT", "DESCRIBE"):
            triples = ((x.subject, x.predicate, x.object) for x in parse(body, RdfFormat.N_TRIPLES))
            return to_rows(("subject", "predicate", "object"), triples, limit, base)
        answer = parse_query_results(body, QueryResultsFormat.JSON)
        if isinstance(answer, QueryBoolean):
            return Rows(("answer",), [(bool(answer),)])
        return to_rows(tuple(variable.value for variable in answer.variables), answer, limit, base)
    except (SyntaxError, ValueError) as exc:
        raise QueryError(f"the server's answer cannot be read: {str(exc).splitlines()[0]}") from exc


def read_terms(body: BinaryIO) -> Iterator[tuple[NamedNode | Literal, ...]]:
    """The rows of a SELECT query whose terms are all bound, as terms."""
    answer = parse_query_results(body, QueryResultsFormat.JSON)
    assert isinstance(answer, QuerySolutions)
    for row in answer:
        terms = tuple(term for term in row if isinstance(term, NamedNode | Literal))
        if len(terms) == len(answer.variables):
            yield terms


def to_rows(
    columns: tuple[str, ...], rows: Iterable[QuerySolution | tuple[object, ...]], limit: int | None, base: str = BASE
) -> Rows:
    """Terms as rows of plain values, cut at `limit`."""
    wanted = None if limit is None else limit + 1
    found = [tuple(plain_term(term, base) for term in row) for row in islice(rows, wanted)]
    cut = limit is not None and len(found) > limit
    return Rows(columns, found[:limit] if cut else found, truncated=cut)


def plain_term(term: object, base: str = BASE) -> Value:
    """A term as a plain value."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return plain_iri(term.value, base)
    if isinstance(term, Literal):
        return plain(term.value, term.datatype.value)
    return str(term)
