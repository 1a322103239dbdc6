"""The graph in any SPARQL 1.1 server: Fuseki, GraphDB, QLever, Virtuoso, the Oxigraph server.

`https://host/ds` is a Fuseki-like dataset (`/query`, `/update`, `/data` below it); a server with other paths is
named by fragment parameters: `https://host/#query=sparql&update=statements&data=store`. Credentials come from
the environment only: `KG_STORE_USER` and `KG_STORE_PASSWORD`, or `KG_STORE_TOKEN`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import StoreReadOnlyError
from kg.mapping.bundle import Bundle
from kg.mapping.iris import from_iri, to_iri
from kg.mapping.rdf import HASH, REPORTS, SUPPORTED_BY, to_triples
from kg.model import Dialect, Rows
from kg.stores.base import DEFAULT_LIMITS, Limits, Parameters
from kg.stores.batches import in_batches
from kg.stores.sparql import bind, check_reading, prologue
from kg.stores.sparql_results import read_rows, read_terms
from kg.stores.sparql_session import Endpoints, Session
from kg.vocab import BASE, LOADING_PREDICATE, expand

if TYPE_CHECKING:
    from kg.stores import Mode

_LOADING = NamedNode(expand(LOADING_PREDICATE))
_BULK = 5000
"""Bundles in one Graph Store request of a first load: some 10 MB."""
_BATCH = 200
"""Bundles in one update request: below the 1 to 2 MB that servers take in a form by default."""


class SparqlHttpStore:
    """A graph in the default graph of a server's dataset."""

    name: ClassVar[str] = "sparql"
    dialect: ClassVar[Dialect] = Dialect.SPARQL

    def __init__(self, url: str, *, mode: Mode = "write", base: str = BASE) -> None:
        self._base = base
        self._mode = mode
        self._session = Session(Endpoints.of(url))
        self._session.ask("ASK {}")

    @classmethod
    def open(cls, target: str, *, mode: Mode, base: str = BASE) -> SparqlHttpStore:
        """The dataset at a URL; raises `StoreUnavailableError` where no server answers."""
        return cls(target, mode=mode, base=base)

    def versions(self) -> dict[str, str]:
        """Owner id → hash; none while a first load is unfinished."""
        if self._unfinished():
            return {}
        found = self._select(f"SELECT ?node ?hash WHERE {{ ?node {HASH} ?hash }}")
        pairs = ((from_iri(node.value, self._base), digest.value) for node, digest in found)
        return {owner: digest for owner, digest in pairs if owner is not None}

    def put(self, bundles: Iterable[Bundle]) -> None:
        """Load bundles: by Graph Store Protocol into an empty graph, else by updates, each a transaction."""
        self._check_writable()
        if self._unfinished():
            self._session.update("CLEAR DEFAULT")
        if self._session.ask("ASK { ?s ?p ?o }"):
            for batch in in_batches(bundles, _BATCH):
                self._replace(batch)
        else:
            self._load_first(bundles)

    def remove(self, owners: Iterable[str]) -> None:
        """Take back bundles, and the edges that pointed to their owners."""
        self._check_writable()
        for batch in in_batches(owners):
            nodes = self._nodes(batch)
            pointing = f"DELETE {{ ?s ?p ?o }} WHERE {{ VALUES ?o {{ {nodes} }} ?s ?p ?o }}"
            self._session.update(f"{self._retract(batch)};\n{pointing}")

    def query(self, text: str, parameters: Parameters | None = None, *, limits: Limits = DEFAULT_LIMITS) -> Rows:
        """Run a SELECT, ASK, CONSTRUCT or DESCRIBE query; `$name` is a parameter.

        A server may go on with a query that ran past its time, unless it has a limit of its own.
        """
        form = check_reading(text)
        query = bind(prologue(text), parameters, self._base)
        with self._session.query(query, form, limits.seconds) as lines:
            return read_rows(lines, form, limits.rows, self._base)

    def triples(self) -> Iterator[Triple]:
        """Every triple of the graph."""
        for s, p, o in self._select("SELECT ?s ?p ?o WHERE { ?s ?p ?o }"):
            if isinstance(s, NamedNode) and isinstance(p, NamedNode):
                yield Triple(s, p, o)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _check_writable(self) -> None:
        if self._mode == "read":
            raise StoreReadOnlyError("the store was opened for reading")

    def _select(self, query: str) -> Iterator[tuple[NamedNode | Literal, ...]]:
        with self._session.query(query, "SELECT", None) as lines:
            yield from read_terms(lines)

    def _marker(self) -> str:
        return f"{NamedNode(to_iri('store', self._base))} {_LOADING} true"

    def _unfinished(self) -> bool:
        return self._session.ask(f"ASK {{ {self._marker()} }}")

    def _load_first(self, bundles: Iterable[Bundle]) -> None:
        # Several requests are no transaction: the marker tells the next load to start anew.
        batches = in_batches(bundles, _BULK)
        first = next(batches, None)
        if first is None:
            return
        self._session.update(f"INSERT DATA {{ {self._marker()} }}")
        for batch in chain([first], batches):
            self._session.post(self._lines(batch).encode())
        self._session.update(f"DELETE DATA {{ {self._marker()} }}")

    def _replace(self, batch: list[Bundle]) -> None:
        latest = {bundle.owner.id: bundle for bundle in batch}
        insert = f"INSERT DATA {{\n{self._lines(latest.values())}}}"
        self._session.update(f"{self._retract(latest)};\n{insert}")

    def _retract(self, owners: Iterable[str]) -> str:
        """An update that deletes what the owners' bundles hold: evidence first, then claims, then the owners."""
        nodes = self._nodes(owners)
        paths = (f"{REPORTS}/{SUPPORTED_BY}", str(REPORTS))
        parts = [f"VALUES ?owner {{ {nodes} }} ?owner {path} ?s . ?s ?p ?o" for path in paths]
        parts.append(f"VALUES ?s {{ {nodes} }} ?s ?p ?o")
        return ";\n".join(f"DELETE {{ ?s ?p ?o }} WHERE {{ {part} }}" for part in parts)

    def _nodes(self, owners: Iterable[str]) -> str:
        return " ".join(str(NamedNode(to_iri(owner, self._base))) for owner in owners)

    def _lines(self, bundles: Iterable[Bundle]) -> str:
        return "".join(f"{triple} .\n" for bundle in bundles for triple in to_triples(bundle, self._base))
