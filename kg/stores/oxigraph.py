"""The graph in an embedded Oxigraph: SPARQL 1.1, on disk or in memory.

One process writes at a time; others may read meanwhile and see what was committed when they opened it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from pyoxigraph import Literal, NamedNode, Quad, Triple
from pyoxigraph import Store as Database

from kg.errors import StoreBusyError, StoreError, StoreReadOnlyError
from kg.mapping.bundle import Bundle
from kg.mapping.iris import from_iri, to_iri
from kg.mapping.rdf import HASH, REPORTS, SUPPORTED_BY, to_triples
from kg.model import Dialect, Rows
from kg.stores.base import DEFAULT_LIMITS, Limits, Parameters
from kg.stores.batches import in_batches
from kg.stores.oxigraph_query import QueryRunner
from kg.vocab import BASE, LOADING_PREDICATE, expand

if TYPE_CHECKING:
    from kg.stores import Mode

_LOOKS = 5
_LOADING = NamedNode(expand(LOADING_PREDICATE))


class OxigraphStore:
    """Opened for reading or writing; `path` None keeps the graph in memory."""

    name: ClassVar[str] = "oxigraph"
    dialect: ClassVar[Dialect] = Dialect.SPARQL

    def __init__(self, path: Path | None = None, *, mode: Mode = "write", base: str = BASE) -> None:
        self._base = base
        self._mode = mode
        self._database: Database | None = _open(path, mode)
        self._runner = QueryRunner(self._database, base)

    @classmethod
    def open(cls, target: str, *, mode: Mode, base: str = BASE) -> OxigraphStore:
        """The store at a path; the empty target is a new one in memory."""
        return cls(Path(target), mode=mode, base=base) if target else cls(None, mode="write", base=base)

    def versions(self) -> dict[str, str]:
        """Owner id → hash; none while a first load is unfinished."""
        if self._unfinished():
            return {}
        found: dict[str, str] = {}
        for quad in self._db.quads_for_pattern(None, HASH, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                owner = from_iri(quad.subject.value, self._base)
                if owner is not None:
                    found[owner] = quad.object.value
        return found

    def put(self, bundles: Iterable[Bundle]) -> None:
        """Load bundles: in one go into an empty store, else in batches, each of which is atomic."""
        self._check_writable()
        if self._unfinished():
            self._db.clear()
        if len(self._db) == 0:
            self._load_first(bundles)
        else:
            for batch in in_batches(bundles):
                self._replace(batch)
        self._db.flush()

    def remove(self, owners: Iterable[str]) -> None:
        """Take back bundles, and the edges that pointed to their owners."""
        self._check_writable()
        for batch in in_batches(owners):
            old = {triple for owner in batch for triple in self._owned(owner)}
            for owner in batch:
                pointing = self._db.quads_for_pattern(None, None, NamedNode(to_iri(owner, self._base)))
                old.update(quad.triple for quad in pointing)
            self._commit(old, set())
        self._db.flush()

    def query(self, text: str, parameters: Parameters | None = None, *, limits: Limits = DEFAULT_LIMITS) -> Rows:
        """Run a SELECT, ASK, CONSTRUCT or DESCRIBE query; `$name` is a parameter."""
        self._db  # noqa: B018 - refuses where the store is closed
        return self._runner.run(text, parameters, limits)

    def triples(self) -> Iterator[Triple]:
        """Every triple of the graph."""
        return (quad.triple for quad in self._db)

    def close(self) -> None:
        """Release the files; queries that run on after their time limit keep them until they end."""
        self._runner.close()
        self._database = None

    @property
    def database(self) -> Database:
        """The database itself, for what needs Oxigraph's own serializers."""
        return self._db

    @property
    def _db(self) -> Database:
        if self._database is None:
            raise StoreError("the store is closed")
        return self._database

    def _check_writable(self) -> None:
        if self._mode == "read":
            raise StoreReadOnlyError("the store was opened for reading")

    def _marker(self) -> Quad:
        return Quad(NamedNode(to_iri("store", self._base)), _LOADING, Literal(True))

    def _unfinished(self) -> bool:
        return self._marker() in self._db

    def _load_first(self, bundles: Iterable[Bundle]) -> None:
        # Bulk loading is twice as fast but not atomic: the marker tells the next load to start anew.
        self._db.add(self._marker())
        self._db.bulk_extend(_quad(triple) for bundle in bundles for triple in to_triples(bundle, self._base))
        self._db.remove(self._marker())

    def _replace(self, batch: list[Bundle]) -> None:
        latest = {bundle.owner.id: bundle for bundle in batch}
        old = {triple for owner in latest for triple in self._owned(owner)}
        new = {triple for bundle in latest.values() for triple in to_triples(bundle, self._base)}
        self._commit(old - new, new - old)

    def _owned(self, owner: str) -> Iterator[Triple]:
        """The triples of an owner's bundle: its own, its claims', their evidence's."""
        subjects = [NamedNode(to_iri(owner, self._base))]
        for link in (REPORTS, SUPPORTED_BY):
            ends = [quad.object for s in subjects for quad in self._db.quads_for_pattern(s, link, None)]
            yield from (quad.triple for s in subjects for quad in self._db.quads_for_pattern(s, None, None))
            subjects = [end for end in ends if isinstance(end, NamedNode)]
        yield from (quad.triple for s in subjects for quad in self._db.quads_for_pattern(s, None, None))

    def _commit(self, old: set[Triple], new: set[Triple]) -> None:
        """One transaction; pyoxigraph offers one that deletes and inserts only as an update."""
        parts = [("DELETE DATA", old), ("INSERT DATA", new)]
        text = ";\n".join(f"{verb} {{\n{_lines(triples)}}}" for verb, triples in parts if triples)
        if text:
            self._db.update(text)


def _quad(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object)


def _lines(triples: Iterable[Triple]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)


def _open_beside_writer(path: Path) -> Database:
    """A writer may delete merged files between our look at its list and their opening: then look again."""
    for _ in range(_LOOKS - 1):
        try:
            return Database.read_only(str(path))
        except RuntimeError:
            time.sleep(0.05)
    return Database.read_only(str(path))


def _open(path: Path | None, mode: Mode) -> Database:
    try:
        if path is None:
            return Database()
        if mode == "read":
            return _open_beside_writer(path)
        path.mkdir(parents=True, exist_ok=True)
        return Database(str(path))
    except FileNotFoundError as exc:
        raise StoreError(f"{path}: no Oxigraph store is there") from exc
    except (OSError, RuntimeError) as exc:
        if "lock" in str(exc).lower():
            raise StoreBusyError(f"{path}: another process writes to this store") from exc
        raise StoreError(f"{path}: {str(exc).splitlines()[0]}") from exc
