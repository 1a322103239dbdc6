"""The graph in an embedded Ladybug: Cypher on one file, no server.

One process writes at a time. Readers of a file beside its writer are not safe: publish a finished file by
renaming it into place, and let readers open that with `mode="read"`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import ladybug

from kg.errors import StoreBusyError, StoreError, StoreReadOnlyError
from kg.mapping.bundle import Bundle, Node
from kg.model import Dialect, Rows
from kg.stores import ladybug_schema as schema
from kg.stores.base import DEFAULT_LIMITS, Limits, Parameters
from kg.stores.batches import in_batches
from kg.stores.ladybug_query import first_line, run_query
from kg.vocab import OWNER_LABELS

if TYPE_CHECKING:
    from kg.stores import Mode

BATCH = 5000
"""Bundles in one transaction; its commit costs up to a fifth of a second."""

_POOL = {"read": 256 << 20, "write": 512 << 20}
_ADDRESS_SPACE = 1 << 38
"""What one open store may grow to; the default would reserve 8 TB of address space for each."""

_CLAIMS = "UNWIND $ids AS i MATCH (:Paper {id: i})-[:REPORTS]->(c:Claim)"


class LadybugStore:
    """One file, opened for reading or writing; reading never creates it."""

    name: ClassVar[str] = "ladybug"
    dialect: ClassVar[Dialect] = Dialect.CYPHER

    def __init__(self, path: Path, *, mode: Mode = "write", threads: int = 2) -> None:
        self._path = path
        self._mode: Mode = mode
        self._threads = threads
        self._database: ladybug.Database | None = self._open()
        if mode == "write":
            with self._transaction() as connection:
                for statement in schema.ddl():
                    connection.execute(statement)

    @classmethod
    def open(cls, target: str, *, mode: Mode) -> LadybugStore:
        """The store in the file at a path."""
        if not target:
            raise StoreError("ladybug: needs the path of a file")
        return cls(Path(target), mode=mode)

    def versions(self) -> dict[str, str]:
        """Owner id → hash."""
        found: dict[str, str] = {}
        with self._connection() as connection:
            for label in OWNER_LABELS:
                for owner, digest in _rows(connection, f"MATCH (n:`{label}`) RETURN n.id, n.hash"):
                    if digest is not None:
                        found[owner] = digest
        return found

    def put(self, bundles: Iterable[Bundle]) -> None:
        """Load bundles in batches, each of which is atomic."""
        self._check_writable()
        for batch in in_batches(bundles, BATCH):
            with self._transaction() as connection:
                _replace(connection, {bundle.owner.id: bundle for bundle in batch})

    def remove(self, owners: Iterable[str]) -> None:
        """Take back bundles, and the edges that pointed to their owners."""
        self._check_writable()
        for batch in in_batches(owners, BATCH):
            with self._transaction() as connection:
                _delete_claims(connection, batch)
                for label in OWNER_LABELS:
                    _run(connection, f"UNWIND $ids AS i MATCH (n:`{label}` {{id: i}}) DETACH DELETE n", ids=batch)

    def query(self, text: str, parameters: Parameters | None = None, *, limits: Limits = DEFAULT_LIMITS) -> Rows:
        """Run a reading query; `$name` is a parameter. Nodes come as dicts of their properties."""
        with self._connection() as connection:
            return run_query(connection, text, parameters or {}, limits)

    def close(self) -> None:
        """Write everything into the one file and release it."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _open(self) -> ladybug.Database:
        if self._mode == "read" and not self._path.is_file():
            raise StoreError(f"{self._path}: no Ladybug store is there")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return ladybug.Database(
                self._path,
                read_only=self._mode == "read",
                buffer_pool_size=_POOL[self._mode],
                max_num_threads=self._threads,
                max_db_size=_ADDRESS_SPACE,
            )
        except (RuntimeError, OSError) as exc:
            if "lock" in str(exc):
                raise StoreBusyError(f"{self._path}: another process writes to this store") from exc
            raise StoreError(f"{self._path}: {first_line(exc)}") from exc

    def _check_writable(self) -> None:
        if self._mode == "read":
            raise StoreReadOnlyError("the store was opened for reading")

    @contextmanager
    def _connection(self) -> Iterator[ladybug.Connection]:
        if self._database is None:
            raise StoreError("the store is closed")
        connection = ladybug.Connection(self._database)
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[ladybug.Connection]:
        """A connection whose changes are committed together, or not at all."""
        try:
            with self._connection() as connection:
                connection.execute("BEGIN TRANSACTION")
                yield connection
                connection.execute("COMMIT")
        except BaseException as exc:
            # Ladybug 0.22 may crash after a COPY was rolled back; what is in the file is sound, so read it anew.
            self.close()
            self._database = self._open()
            if isinstance(exc, RuntimeError | ValueError | OverflowError):
                raise StoreError(f"{self._path}: {first_line(exc)}") from exc
            raise


def _replace(connection: ladybug.Connection, bundles: Mapping[str, Bundle]) -> None:
    """Make each owner's contribution that of its bundle. Nodes are kept where others may point to them.

    COPY is used for every number of rows: CREATE fills the buffer pool with a few hundred edges.
    """
    owners = [bundle.owner for bundle in bundles.values()]
    old = _existing(connection, owners)
    for label, ids in _by(old, lambda node: node.label).items():
        names = [node.id for node in ids]
        if label == "Paper":
            _delete_claims(connection, names)
        _run(connection, f"UNWIND $ids AS i MATCH (:`{label}` {{id: i}})-[r]->() DELETE r", ids=names)
        table = schema.node_table(label, ids)
        _run(connection, f"LOAD FROM $rows MATCH (n:`{label}` {{id: c0}}) SET {schema.set_clause(label)}", rows=table)
    kept = {node.id for node in old}
    nodes = {node.id: node for bundle in bundles.values() for node in bundle.nodes if node.id not in kept}
    for label, group in _by(nodes.values(), lambda node: node.label).items():
        _run(connection, f"COPY `{label}` FROM $rows", rows=schema.node_table(label, group))
    edges = dict.fromkeys(edge for bundle in bundles.values() for edge in bundle.edges)
    for (kind, start, end), links in _by(edges, lambda edge: (edge.type, edge.start_label, edge.end_label)).items():
        text = f"COPY `{kind}` FROM $rows (from='{start}', to='{end}')"
        _run(connection, text, rows=schema.edge_table(links))


def _existing(connection: ladybug.Connection, owners: Sequence[Node]) -> list[Node]:
    found: set[str] = set()
    for label, group in _by(owners, lambda node: node.label).items():
        text = f"UNWIND $ids AS i MATCH (n:`{label}` {{id: i}}) RETURN n.id"
        found.update(row[0] for row in _rows(connection, text, ids=[node.id for node in group]))
    return [node for node in owners if node.id in found]


def _delete_claims(connection: ladybug.Connection, papers: Sequence[str]) -> None:
    _run(connection, f"{_CLAIMS}-[:SUPPORTED_BY]->(e:Evidence) DETACH DELETE e", ids=papers)
    _run(connection, f"{_CLAIMS} DETACH DELETE c", ids=papers)


def _run(connection: ladybug.Connection, text: str, **parameters: Any) -> None:
    _rows(connection, text, **parameters)


def _rows(connection: ladybug.Connection, text: str, **parameters: Any) -> list[list[Any]]:
    result: Any = connection.execute(text, parameters)
    try:
        return list(result.get_all())
    finally:
        result.close()


def _by(items: Iterable[Any], key: Any) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups
