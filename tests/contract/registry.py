"""How the behaviour suite opens each store. A module `stores_*.py` in this folder lists its cases as `CASES`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from kg.stores import Mode, Store


@dataclass(frozen=True)
class StoreCase:
    """One kind of store in the suite.

    `open` opens the store at a place: a path for embedded stores; for servers, the URL that `server` yields, which
    `clear` empties before each test. `kill` says whether a load in another process can be killed (the store
    outlives the process), `locks` whether a second writer is refused.
    """

    name: str
    open: Callable[[str, Mode], Store]
    server: Callable[[Path], AbstractContextManager[str]] | None = None
    clear: Callable[[str], None] | None = None
    kill: bool = True
    locks: bool = False
    reads_beside_writer: bool = True


@dataclass(frozen=True)
class Place:
    """Where a test keeps its store; `open` may be called again after `close`."""

    case: StoreCase
    location: str

    def open(self, mode: Mode = "write") -> Store:
        """The store at this place."""
        return self.case.open(self.location, mode)
