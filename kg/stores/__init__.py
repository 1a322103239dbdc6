"""Stores: where the graph is kept and asked. Each is a plug-in of the entry-point group `kg.stores`.

A target names a store: `oxigraph:PATH`, `ladybug:PATH`, a path (known by its name or content), `memory:` (an
empty Oxigraph in memory), or a server's URL (`neo4j://…`, `bolt+s://…`, `https://…`).
"""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path
from typing import Literal, Protocol, cast
from urllib.parse import urlsplit

from kg.errors import StoreError
from kg.model import Dialect
from kg.stores.base import Limits, Parameters, Store
from kg.vocab import BASE

__all__ = ["GROUP", "Limits", "Mode", "Parameters", "Store", "StorePlugin", "open_store", "store_names"]

GROUP = "kg.stores"
"""The entry-point group. An entry's name is a store's name or a URL scheme; `+…` of a scheme is left off."""

Mode = Literal["read", "write"]

_PATH_NAMES = {"rdf": "oxigraph", "lpg": "ladybug"}


class StorePlugin(Protocol):
    """What an entry point refers to: a class that opens one kind of store."""

    dialect: Dialect

    def open(self, target: str, *, mode: Mode, **options: str) -> Store:
        """Open a store by path (embedded) or URL (server); stores of RDF also take `base`, that of node IRIs."""
        ...


def store_names() -> tuple[str, ...]:
    """Names and URL schemes that `open_store` knows."""
    return tuple(sorted(entry.name for entry in entry_points(group=GROUP)))


def open_store(target: str | Path, *, path: Path | None = None, mode: Mode = "read", base: str = BASE) -> Store:
    """Open the store that `target` names; with `path`, `target` is an embedded store's name alone.

    Reading never creates a store. Raises `StoreError` for a target that no plug-in knows, `StoreBusyError`
    where another process writes to it.
    """
    name, rest = _split(str(target)) if path is None else (str(target), str(path))
    for entry in entry_points(group=GROUP):
        if entry.name == name:
            plugin = cast(StorePlugin, entry.load())
            # Only RDF stores have IRIs, and so a base.
            return plugin.open(rest, mode=mode, **({"base": base} if plugin.dialect is Dialect.SPARQL else {}))
    raise StoreError(f"{_shown(str(target))}: no store is called {name!r}; known: {', '.join(store_names())}")


def _split(target: str) -> tuple[str, str]:
    """A target's plug-in name, and what the plug-in is to open."""
    scheme, colon, rest = target.partition(":")
    if colon and rest.startswith("//"):
        return scheme.partition("+")[0].lower(), target
    if colon and not Path(target).exists() and "/" not in scheme:
        return ("oxigraph", "") if scheme == "memory" else (scheme.lower(), rest)
    return _name_of_path(Path(target)), target


def _name_of_path(path: Path) -> str:
    if (path / "CURRENT").is_file():
        return "oxigraph"
    for known, name in _PATH_NAMES.items():
        if path.stem == known:
            return name
    raise StoreError(f"{path}: not known as a store; write oxigraph:{path} or ladybug:{path}")


def _shown(target: str) -> str:
    """The target without what may be a password."""
    parts = urlsplit(target)
    return target if "@" not in parts.netloc else parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
