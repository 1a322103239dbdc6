"""What every store can do: five methods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

from kg.mapping.bundle import Bundle
from kg.model import Dialect, Rows, Value


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one query: seconds of wall-clock time and number of rows (None: no bound)."""

    seconds: float | None = 60.0
    rows: int | None = None


DEFAULT_LIMITS = Limits()
"""A minute, and any number of rows."""

Parameters = Mapping[str, Value]
"""Bound parameters by name, written `$name` in both dialects.

A value that names a node is a `kg.mapping.iris.NodeId` (a str): an IRI in SPARQL, the plain id in Cypher. None
leaves a SPARQL variable free and is null in Cypher. A name that the query lacks is no error; one that has no
value is a `QueryParameterError`.
"""


class Store(Protocol):
    """A place that holds the graph and answers queries in its dialect.

    Opened by `kg.stores.open_store`. Every failure is a `StoreError` or `QueryError`.
    """

    name: ClassVar[str]
    dialect: ClassVar[Dialect]

    def versions(self) -> dict[str, str]:
        """Owner id → hash of each bundle that is wholly loaded."""
        ...

    def put(self, bundles: Iterable[Bundle]) -> None:
        """Load bundles, each replacing what the same owner had; entities keep the edges that point to them.

        Commits in batches; an owner's hash becomes visible only with its whole bundle.
        """
        ...

    def remove(self, owners: Iterable[str]) -> None:
        """Take back the bundles of these owners with all that they own; unknown ids are no error."""
        ...

    def query(self, text: str, parameters: Parameters | None = None, *, limits: Limits = DEFAULT_LIMITS) -> Rows:
        """Run a reading query with bound parameters."""
        ...

    def close(self) -> None:
        """Release files and connections; closing twice is allowed."""
        ...
