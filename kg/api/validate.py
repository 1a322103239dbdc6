"""`validate`: whether a graph, or an RDF file, is as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api.graph import Graph
from kg.api.progress import Progress, silent
from kg.errors import ValidationError
from kg.validate import Problem, Validator
from kg.vocab import BASE

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["Problem", "ValidationReport", "validate", "validate_file"]


@dataclass(slots=True)
class ValidationReport:
    """How many nodes and triples were looked at, how many problems there are, and the first of them."""

    nodes: int = 0
    triples: int = 0
    count: int = 0
    problems: list[Problem] = field(default_factory=list)


def validate(graph: Graph, *, limit: int = 1000, progress: Progress = silent) -> ValidationReport:
    """Check every node of the graph's RDF store; keeps the first `limit` problems.

    Raises `MissingExtraError` where pyshacl is not installed.
    """
    from kg.stores.oxigraph import OxigraphStore

    validator = Validator(graph.published.base)
    store = graph.store("oxigraph")
    assert isinstance(store, OxigraphStore)
    counts = graph.catalog.counts()
    return _run(validator, store.database, limit, sum(counts.values()) - counts["claim"], progress)


def validate_file(path: Path, *, base: str = BASE, limit: int = 1000, progress: Progress = silent) -> ValidationReport:
    """Check an RDF file (by its ending: .nq, .nt, .ttl, .trig, .jsonld, .rdf). Raises `ValidationError` if unreadable."""
    from pyoxigraph import RdfFormat, Store

    validator = Validator(base)
    form = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        raise ValidationError(f"{path}: not known as an RDF file by its ending; use .nq, .nt, .ttl, .trig or .jsonld")
    database = Store()
    try:
        database.bulk_load(path=str(path), format=form)
    except (SyntaxError, ValueError, OSError) as exc:
        raise ValidationError(f"{path}: {str(exc).splitlines()[0]}") from exc
    return _run(validator, database, limit, None, progress)


def _run(validator: Validator, database: Store, limit: int, total: int | None, progress: Progress) -> ValidationReport:
    report = ValidationReport()
    for done, nodes, triples, problems in _steps(validator, database):
        report.nodes += nodes
        report.triples += triples
        report.count += len(problems)
        report.problems += problems[: limit - len(report.problems)]
        progress("validate", done if total is None else min(done, total), total)
    report.problems.sort()
    return report


def _steps(validator: Validator, database: Store) -> Iterator[tuple[int, int, int, list[Problem]]]:
    """After each excerpt: roots done so far; nodes, triples and problems of the excerpt."""
    from kg.stores.oxigraph_excerpts import OWNERS, iter_excerpts

    for number, excerpt in enumerate(iter_excerpts(database), start=1):
        own = sum(triple.subject in excerpt.nodes for triple in excerpt.triples)
        yield number * OWNERS, len(excerpt.nodes), own, validator.problems(excerpt)
