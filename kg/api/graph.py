"""A published graph, opened for reading: its stores and its catalog."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType

from kg.catalog import Catalog, CatalogEntity, NameHit
from kg.errors import NotFoundError, StoreBusyError, StoreError
from kg.graph import GraphDirectory, Published
from kg.graph.journal import Journal, read_journal
from kg.model import EntityType, Record
from kg.stores import open_store
from kg.stores.base import Store

_VIEWS = {"oxigraph": "rdf", "ladybug": "lpg"}


class Graph:
    """One generation of a graph. A context manager; stores are opened when first asked for.

    Reads go on undisturbed while a build publishes the next generation.
    """

    def __init__(self, path: Path) -> None:
        self._directory = GraphDirectory(path)
        self.published: Published = self._directory.published()
        self._stores: dict[str, Store] = {}

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close what was opened."""
        for store in self._stores.values():
            store.close()
        self._stores.clear()
        if "catalog" in self.__dict__:
            self.catalog.close()
            del self.__dict__["catalog"]

    @property
    def path(self) -> Path:
        """The graph directory."""
        return self._directory.path

    @cached_property
    def catalog(self) -> Catalog:
        """Names, entities and records by key."""
        return Catalog(self._directory.view("catalog", self.published.generation))

    def journal(self, *, since: str = "") -> Journal:
        """What builds read, changed and took out, from a day on (ISO date or its beginning)."""
        return read_journal(self._directory, self.published.generation, since=since)

    def store(self, target: str = "oxigraph") -> Store:
        """A store for reading: "oxigraph", "ladybug", or the URL of a server that was loaded with `kg load`."""
        if target not in self._stores:
            self._stores[target] = self._open(target)
        return self._stores[target]

    def _open(self, target: str) -> Store:
        view = _VIEWS.get(target)
        path = None if view is None else self._directory.view(view, self.published.generation)
        try:
            return open_store(target, path=path, mode="read", base=self.published.base)
        except StoreError as exc:
            if path is None or not path.exists() or isinstance(exc, StoreBusyError):
                raise
            raise StoreError(f"{exc}; damaged: delete {path} and build again, the records are kept") from exc

    def entity(self, name: str, *, types: Sequence[EntityType] | None = None) -> CatalogEntity:
        """An entity by id or by any of its names; the most used where several share a name.

        Raises `NotFoundError` with suggestions where nothing has that name.
        """
        entity = self.catalog.entity(name)
        if entity is not None and (types is None or entity.type in types):
            return entity
        hits = self.catalog.find(name, types=types)
        if not hits:
            raise NotFoundError(f"no {_spoken(types)} named {name!r}", suggestions=self.similar(name, types=types))
        found = self.catalog.entity(hits[0].id)
        assert found is not None, hits[0]
        return found

    def similar(self, name: str, *, types: Sequence[EntityType] | None = None) -> list[str]:
        """Names like `name`, for "did you mean"."""
        hits: list[NameHit] = self.catalog.suggest(name, types=types)
        return [hit.name for hit in hits]

    def record(self, paper: str) -> Record:
        """A paper's resolved record, by id or title. Raises `NotFoundError` with titles that are alike."""
        hits = self.catalog.papers(paper)
        if not hits or hits[0].likeness < 100:
            raise NotFoundError(f"no paper {paper!r}", suggestions=[f"{hit.id} ({hit.title})" for hit in hits[:3]])
        record = self.catalog.record(hits[0].id)
        assert record is not None, hits[0]
        return record


def _spoken(types: Sequence[EntityType] | None) -> str:
    return "method, dataset, metric or task" if not types else " or ".join(kind.value for kind in types)
