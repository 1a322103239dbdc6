"""SPARQL Update on a published graph: a new generation of its RDF, so that readers are not disturbed.

Records stay the source of truth: an update lasts until a build replaces what it touched, and the property graph
does not see it. What is to last is a correction.
"""

from __future__ import annotations

import shutil
from dataclasses import replace

from pyoxigraph import Store

from kg.api.graph import Graph
from kg.errors import QueryError, QuerySyntaxError
from kg.graph import GraphDirectory
from kg.stores.oxigraph_query import first_line
from kg.stores.sparql import check_update
from kg.vocab import PREFIXES


def update(graph: Graph, *, text: str) -> None:
    """Run an update on a copy of the RDF and publish that. Raises `QueryError` for LOAD and SERVICE."""
    check_update(text)
    directory = GraphDirectory(graph.path)
    with directory.locked():
        before = directory.published()
        generation = directory.prepare(before.generation)
        for kind in ("catalog", "rdf", "lpg"):
            _copy(directory, kind, before.generation, generation)
        _run(Store(str(directory.view("rdf", generation))), text)
        directory.publish(replace(before, generation=generation))
        directory.discard_older(generation)


def _copy(directory: GraphDirectory, kind: str, old: int, new: int) -> None:
    source = directory.view(kind, old)
    copy = shutil.copytree if source.is_dir() else shutil.copy2
    copy(source, directory.view(kind, new))


def _run(database: Store, text: str) -> None:
    try:
        database.update(text, prefixes=PREFIXES)
        database.flush()
    except SyntaxError as exc:
        raise QuerySyntaxError(f"the update does not parse: {first_line(exc)}") from exc
    except (OSError, RuntimeError, ValueError) as exc:
        raise QueryError(f"the update failed: {first_line(exc)}") from exc
