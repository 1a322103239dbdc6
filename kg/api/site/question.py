"""A question in English with its answer and how it was understood."""

from __future__ import annotations

from kg.api.ask import ask
from kg.api.graph import Graph
from kg.api.site.common import Json, page_number
from kg.errors import QueryParameterError
from kg.stores.base import Limits

MOST = 5000
"""Rows of an answer."""


def answer(graph: Graph, *, q: str, page: int = 1, size: int = 100) -> Json:
    """The answer's rows, cut into pages. Raises `QuestionError` for what is not understood."""
    if not q.strip():
        raise QueryParameterError("ask a question: q=…")
    if len(q) > 500:
        raise QueryParameterError("a question has at most 500 characters")
    if not 1 <= size <= 1000:
        raise QueryParameterError("size is a number from 1 to 1000")
    found = ask(graph, q, limits=Limits(None, MOST))
    first = (page_number(page) - 1) * size
    return {
        "q": q,
        "understood": found.understood,
        "columns": list(found.rows.columns),
        "rows": found.rows.dicts()[first : first + size],
        "total": len(found.rows.rows),
        "truncated": found.rows.truncated,
        "page": page,
        "pages": max(1, -(-len(found.rows.rows) // size)),
        "query": found.query,
        "parameters": dict(found.parameters),
        "dialect": found.dialect.value,
    }
