"""Running reading queries on Ladybug within limits of time and rows, with plain values as the answer."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, QueryError, QuerySyntaxError, QueryTimeoutError, StoreReadOnlyError
from kg.model import Rows, Value
from kg.stores.base import Limits
from kg.stores.cypher import bound_values, check_reading, inline_nulls, with_limit

if TYPE_CHECKING:
    import ladybug

MAX_ROWS = 1_000_000
"""Rows of an answer without a limit of its own: Ladybug holds the whole answer in memory."""


def run_query(connection: ladybug.Connection, text: str, parameters: Mapping[str, Value], limits: Limits) -> Rows:
    """The answer; `truncated` where there are more rows than `limits.rows`."""
    check_reading(text)
    most = MAX_ROWS if limits.rows is None else limits.rows
    bounded, values = inline_nulls(with_limit(text, most + 1), bound_values(text, parameters))
    connection.set_query_timeout(0 if limits.seconds is None else max(1, int(limits.seconds * 1000)))
    try:
        connection.execute("BEGIN TRANSACTION READ ONLY")
        result: Any = connection.execute(bounded, values)
        try:
            answer = _to_rows(result, most)
        finally:
            result.close()
    except RuntimeError as exc:
        raise _to_error(exc, limits) from exc
    if answer.truncated and limits.rows is None:
        raise QueryTimeoutError(f"the answer has more than {MAX_ROWS:,} rows; add a LIMIT")
    return answer


def first_line(exc: BaseException) -> str:
    """The first line of a library's message, short enough to print."""
    return (str(exc).splitlines() or [type(exc).__name__])[0][:300]


def _to_rows(result: Any, most: int) -> Rows:
    rows: list[tuple[Value, ...]] = []
    while result.has_next():
        if len(rows) == most:
            return Rows(tuple(result.get_column_names()), rows, truncated=True)
        rows.append(tuple(_plain(value) for value in result.get_next()))
    return Rows(tuple(result.get_column_names()), rows)


def _plain(value: Any) -> Any:
    """Nodes as their properties, edges as their type, paths as lists of both, exact numbers as int or float."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return _plain_dict(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _plain_dict(value: dict[str, Any]) -> dict[str, Any]:
    if "_NODES" in value:
        return {"nodes": _plain(value["_NODES"]), "relationships": _plain(value["_RELS"])}
    if "_SRC" in value:
        return {"type": value["_LABEL"]}
    if "_LABEL" in value:
        return {k: _plain(v) for k, v in value.items() if v is not None and not k.startswith("_")}
    return {k: _plain(v) for k, v in value.items()}


def _to_error(exc: RuntimeError, limits: Limits) -> KgError:
    message = first_line(exc)
    if message.startswith("Interrupted"):
        return QueryTimeoutError(f"the query was stopped after {limits.seconds:g} s")
    if message.startswith("Parser exception"):
        return QuerySyntaxError(f"the query does not parse: {message.partition(': ')[2]}")
    if "read-only" in message or "read only" in message.lower():
        return StoreReadOnlyError("only reading is allowed here")
    if message.startswith("Buffer manager exception"):
        return QueryError("the query needs more memory than the store may use; make it more selective")
    return QueryError(f"the query failed: {message}")
