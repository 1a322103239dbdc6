"""The graph in a Neo4j server, over Bolt with the official driver."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

import neo4j
from neo4j import exceptions as failures

from kg.errors import (
    QueryError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreError,
    StoreReadOnlyError,
    StoreUnavailableError,
)
from kg.mapping.bundle import Bundle, Edge, Node
from kg.model import Dialect, Rows
from kg.stores.base import DEFAULT_LIMITS, Limits, Parameters
from kg.stores.batches import in_batches
from kg.stores.credentials import Credentials, find_credentials, split_target
from kg.stores.cypher import bound_values, check_reading, with_limit
from kg.stores.neo4j_schema import statements
from kg.stores.neo4j_values import plain
from kg.vocab import BASE, EDGES, NODES, OWNER_LABELS

if TYPE_CHECKING:
    from kg.stores import Mode

BATCH = 500
"""Bundles in one transaction: some 5,000 nodes and 20,000 edges."""
WRITE_SECONDS = 300.0
RETRY_SECONDS = 30.0
CONNECT_SECONDS = 10.0

_OWNED = "UNWIND $ids AS i MATCH (:Paper {id: i})-[:REPORTS]->(c:Claim)"


class Neo4jStore:
    """A database of a server, named by URL: `neo4j://host:7687`, with `?database=name` where it is not the default."""

    name: ClassVar[str] = "neo4j"
    dialect: ClassVar[Dialect] = Dialect.CYPHER

    def __init__(self, url: str, credentials: Credentials | None = None, *, mode: Mode = "write") -> None:
        target = split_target(url)
        login = credentials or find_credentials("NEO4J")
        self._mode = mode
        self._shown = target.url
        self._database = target.options.get("database")
        self._driver: neo4j.Driver | None = None
        # The driver also logs what it raises; without a handler Python prints that, and the fault is told twice.
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        with self._failures():
            self._driver = neo4j.GraphDatabase.driver(
                target.url,
                auth=None if login is None else (login.user, login.password),
                connection_timeout=CONNECT_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
                user_agent="paperkg",
            )
            self._driver.verify_connectivity()
        self._ready = False

    @classmethod
    def open(cls, target: str, *, mode: Mode, base: str = BASE) -> Neo4jStore:
        """The store at a URL, with the credentials of the environment."""
        return cls(target, mode=mode)

    def versions(self) -> dict[str, str]:
        """Owner id → hash."""
        found: dict[str, str] = {}
        for label in OWNER_LABELS:
            text = f"MATCH (n:{label}) WHERE n.hash IS NOT NULL RETURN n.id AS id, n.hash AS hash"
            found.update((row[0], row[1]) for row in self._read(text, {}, None, None)[1])
        return found

    def put(self, bundles: Iterable[Bundle]) -> None:
        """Load bundles in batches, each of which is one transaction."""
        self._prepare()
        for batch in in_batches(bundles, BATCH):
            latest = {bundle.owner.id: bundle for bundle in batch}
            self._write(lambda tx, bundles=latest: _replace(tx, bundles))

    def remove(self, owners: Iterable[str]) -> None:
        """Take back bundles, and the edges that pointed to their owners."""
        self._prepare()
        for batch in in_batches(owners, BATCH):
            self._write(lambda tx, ids=batch: _remove(tx, ids))

    def query(self, text: str, parameters: Parameters | None = None, *, limits: Limits = DEFAULT_LIMITS) -> Rows:
        """Run a reading query; `$name` is a parameter. The server itself refuses to write in it."""
        check_reading(text)
        values = bound_values(text, parameters or {})
        bounded = text if limits.rows is None else with_limit(text, limits.rows + 1)
        with self._failures(limits):
            columns, rows = self._read(bounded, values, limits.seconds, limits.rows)
        cut = limits.rows is not None and len(rows) > limits.rows
        return Rows(columns, rows[: limits.rows] if cut else rows, truncated=cut)

    def close(self) -> None:
        """Close the connections."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    def _prepare(self) -> None:
        """Constraints come before the first write: without them MERGE is slow and could make twins."""
        if self._mode == "read":
            raise StoreReadOnlyError("the store was opened for reading")
        if not self._ready:
            with self._session() as session:
                for statement in statements():
                    session.run(statement).consume()
                session.run("CALL db.awaitIndexes(60)").consume()
            self._ready = True

    def _read(
        self, text: str, values: Mapping[str, Any], seconds: float | None, limit: int | None
    ) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        wanted = None if limit is None else limit + 1

        def work(tx: neo4j.ManagedTransaction) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
            result = tx.run(text, dict(values))
            records = result.fetch(wanted) if wanted is not None else list(result)
            return tuple(result.keys()), [tuple(plain(value) for value in record.values()) for record in records]

        with self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(neo4j.unit_of_work(timeout=seconds)(work))

    def _write(self, work: Any) -> None:
        """One transaction; the driver repeats it after errors that pass."""
        with self._session() as session:
            session.execute_write(neo4j.unit_of_work(timeout=WRITE_SECONDS)(work))

    @contextmanager
    def _session(self, access: str = neo4j.WRITE_ACCESS) -> Iterator[neo4j.Session]:
        if self._driver is None:
            raise StoreError("the store is closed")
        with (
            self._failures(),
            self._driver.session(database=self._database, default_access_mode=access, fetch_size=5000) as session,
        ):
            yield session

    @contextmanager
    def _failures(self, limits: Limits = DEFAULT_LIMITS) -> Iterator[None]:
        try:
            yield
        except failures.ConfigurationError as exc:
            raise StoreError(f"{self._shown}: {_line(exc)}") from exc
        except failures.AuthError as exc:
            hint = "set NEO4J_USERNAME and NEO4J_PASSWORD"
            raise StoreError(f"{self._shown}: user or password refused; {hint}") from exc
        except failures.Neo4jError as exc:
            raise _to_error(exc, self._shown, limits) from exc
        except (failures.DriverError, OSError) as exc:
            raise StoreUnavailableError(f"{self._shown}: {_line(exc)}") from exc
        except ValueError as exc:
            raise StoreError(f"{self._shown}: {_line(exc)}") from exc


def _replace(tx: neo4j.ManagedTransaction, bundles: Mapping[str, Bundle]) -> None:
    """Make each owner's contribution that of its bundle. Nodes are kept where others may point to them."""
    owners: dict[str, list[str]] = defaultdict(list)
    nodes: dict[str, dict[str, Node]] = defaultdict(dict)
    edges: dict[tuple[str, str, str], dict[Edge, None]] = defaultdict(dict)
    for bundle in bundles.values():
        owners[bundle.owner.label].append(bundle.owner.id)
        for node in bundle.nodes:
            nodes[node.label][node.id] = node
        for edge in bundle.edges:
            edges[edge.type, edge.start_label, edge.end_label][edge] = None
    for label, ids in owners.items():
        _delete_claims(tx, ids if label == "Paper" else ())
        tx.run(f"UNWIND $ids AS i MATCH (:{label} {{id: i}})-[r]->() DELETE r", ids=ids).consume()
    for label, group in nodes.items():
        _write_nodes(tx, label, list(group.values()))
    for (kind, start, end), links in edges.items():
        _write_edges(tx, kind, start, end, list(links))


def _write_nodes(tx: neo4j.ManagedTransaction, label: str, nodes: Sequence[Node]) -> None:
    names = [prop.name for prop in NODES[label].properties]
    rows = [
        {
            "id": node.id,
            "p": {
                "id": node.id,
                **{name: _value(node, name) for name in names if node.properties.get(name) not in (None, ())},
            },
        }
        for node in nodes
    ]
    tx.run(f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row.p", rows=rows).consume()


def _value(node: Node, name: str) -> Any:
    value = node.properties[name]
    return list(value) if isinstance(value, tuple) else value


def _write_edges(tx: neo4j.ManagedTransaction, kind: str, start: str, end: str, edges: Sequence[Edge]) -> None:
    assert kind in EDGES
    rows = [[edge.start, edge.end] for edge in edges]
    text = f"MATCH (a:{start} {{id: row[0]}}) MATCH (b:{end} {{id: row[1]}}) MERGE (a)-[:{kind}]->(b)"
    record = tx.run(f"UNWIND $rows AS row {text} RETURN count(*) AS n", rows=rows).single(strict=True)
    if record["n"] != len(rows):
        raise StoreError(f"{len(rows) - record['n']} edges {kind} point to a {end} that is not there")


def _delete_claims(tx: neo4j.ManagedTransaction, papers: Sequence[str]) -> None:
    if papers:
        tx.run(f"{_OWNED}-[:SUPPORTED_BY]->(e:Evidence) DETACH DELETE e", ids=papers).consume()
        tx.run(f"{_OWNED} DETACH DELETE c", ids=papers).consume()


def _remove(tx: neo4j.ManagedTransaction, ids: Sequence[str]) -> None:
    _delete_claims(tx, ids)
    for label in OWNER_LABELS:
        tx.run(f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) DETACH DELETE n", ids=ids).consume()


def _to_error(exc: failures.Neo4jError, shown: str, limits: Limits) -> Exception:
    code = exc.code or ""
    if "TransactionTimedOut" in code or "Terminated" in code:
        return QueryTimeoutError(f"the query was stopped after {limits.seconds or 0:g} s")
    if code.endswith("SyntaxError"):
        return QuerySyntaxError(f"the query does not parse: {_line(exc)}")
    if code.endswith("AccessMode"):
        return QueryError("only reading queries are allowed here")
    if ".Statement." in code:
        return QueryError(f"the query failed: {_line(exc)}")
    if "DatabaseNotFound" in code:
        return StoreError(f"{shown}: the server has no such database")
    if isinstance(exc, failures.TransientError):
        return StoreUnavailableError(f"{shown}: {_line(exc)}")
    return StoreError(f"{shown}: {_line(exc)}")


def _line(exc: BaseException) -> str:
    message = getattr(exc, "message", None) or str(exc) or type(exc).__name__
    return str(message).splitlines()[0][:300]
