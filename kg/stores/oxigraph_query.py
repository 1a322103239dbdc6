"""Running queries on Oxigraph within limits of time and rows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

from pyoxigraph import QueryBoolean, QuerySolutions, Store

from kg.errors import QueryError, QuerySyntaxError, QueryTimeoutError, StoreBusyError
from kg.model import Rows
from kg.stores.base import Limits, Parameters
from kg.stores.oxigraph_optional import with_lateral
from kg.stores.sparql import bind, check_reading
from kg.stores.sparql_results import to_rows
from kg.vocab import BASE, PREFIXES

_MAX_OVERDUE = 4
"""How many queries may run on after their time limit before new ones are refused."""


class QueryRunner:
    """Evaluates queries in threads. Oxigraph cannot be interrupted, only asked for no more rows.

    A query that is past its time stops at its next row; one that finds no row runs on unheard.
    """

    def __init__(self, database: Store, base: str = BASE) -> None:
        self._database: Store | None = database
        self._base = base
        self._overdue: list[threading.Thread] = []

    def close(self) -> None:
        """Let go of the database."""
        self._database = None

    def run(self, text: str, parameters: Parameters | None, limits: Limits) -> Rows:
        """The answer; `truncated` where there are more rows than `limits.rows`."""
        check_reading(text)
        query = with_lateral(bind(text, parameters, self._base))
        if limits.seconds is None:
            return self._answer(query, limits.rows, threading.Event())
        return self._timed(query, limits.rows, limits.seconds)

    def _timed(self, query: str, rows: int | None, seconds: float) -> Rows:
        self._overdue = [thread for thread in self._overdue if thread.is_alive()]
        if len(self._overdue) >= _MAX_OVERDUE:
            raise StoreBusyError("too many earlier queries still run after their time limit; try later")
        stop = threading.Event()
        task = _Task(lambda: self._answer(query, rows, stop))
        task.start()
        task.join(seconds)
        if task.is_alive():
            stop.set()
            self._overdue.append(task)
            raise QueryTimeoutError(f"the query was stopped after {seconds:g} s")
        return task.result()

    def _answer(self, query: str, limit: int | None, stop: threading.Event) -> Rows:
        if self._database is None:
            raise QueryError("the store is closed")
        try:
            answer = self._database.query(query, prefixes=PREFIXES)
            return self._to_rows(answer, limit, stop)
        except SyntaxError as exc:
            raise QuerySyntaxError(f"the query does not parse: {first_line(exc)}") from exc
        except (OSError, RuntimeError, ValueError) as exc:
            raise QueryError(f"the query failed: {first_line(exc)}") from exc

    def _to_rows(self, answer: Any, limit: int | None, stop: threading.Event) -> Rows:
        if isinstance(answer, QueryBoolean):
            return Rows(("answer",), [(bool(answer),)])
        if isinstance(answer, QuerySolutions):
            columns = tuple(variable.value for variable in answer.variables)
        else:
            columns = ("subject", "predicate", "object")
        return to_rows(columns, _until(stop, answer), limit, self._base)


def _until(stop: threading.Event, rows: Any) -> Iterator[Any]:
    for row in rows:
        if stop.is_set():
            return
        yield row


def first_line(exc: BaseException) -> str:
    """The first line of a library's message, short enough to print."""
    return (str(exc).splitlines() or [type(exc).__name__])[0][:300]


class _Task(threading.Thread):
    """A daemon thread that keeps what its function returned or raised."""

    def __init__(self, function: Callable[[], Rows]) -> None:
        super().__init__(daemon=True)
        self._function = function
        self._rows: Rows | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._rows = self._function()
        except BaseException as exc:  # handed on by `result`, in the caller's thread
            self._error = exc

    def result(self) -> Rows:
        if self._error is not None:
            raise self._error
        assert self._rows is not None
        return self._rows
