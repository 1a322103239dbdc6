"""The library's face: what `import kg` offers. Everything here is a thin call of a use case."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg.api.graph import Graph
from kg.errors import NotFoundError
from kg.model import Dialect, EntityType, Paper, Record, Rows, SourceRef, Value
from kg.stores.base import DEFAULT_LIMITS, Limits
from kg.vocabulary import user_digest

if TYPE_CHECKING:
    import networkx

    from kg.api.ask import Answer
    from kg.api.correct import Corrected
    from kg.api.explain import EntityView
    from kg.api.show import ClaimView
    from kg.catalog import CatalogEntity
    from kg.extract.pipeline import ExtractionPipeline

AnyPath = str | PathLike[str]


class KnowledgeGraph:
    """A published graph, opened for reading; made by `kg.open` or `kg.build`.

    A context manager. It goes on with the generation that it opened while others build the next. Not for several
    threads at once.
    """

    def __init__(self, path: AnyPath) -> None:
        self._graph = Graph(Path(fspath(path)))

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {str(self.path)!r}, generation {self._graph.published.generation}, {len(self)} papers>"

    def __len__(self) -> int:
        return self._graph.published.papers

    @property
    def path(self) -> Path:
        """The graph directory."""
        return self._graph.path

    def close(self) -> None:
        """Close the stores that were opened."""
        self._graph.close()

    def ask(self, question: str, *, store: str = "oxigraph") -> Answer:
        """Answer a question in English: rows, how it was understood, and the query that was run.

        Raises `kg.errors.QuestionError` where a part of the question is not understood.
        """
        from kg.api.ask import ask

        return ask(self._graph, question, store=store)

    def query(self, name: str, /, *, store: str = "oxigraph", **parameters: Value) -> Rows:
        """The rows of a named query ("best-on-dataset"); entities may be given by name. See `queries`."""
        from kg.api.ask import run_named

        return run_named(self._graph, name, parameters, store=store)

    @staticmethod
    def queries() -> dict[str, str]:
        """Name → title of every named query."""
        from kg.queries import named_queries

        return {query.name: query.title for query in named_queries().values()}

    def sparql(self, text: str, /, *, limits: Limits = DEFAULT_LIMITS, **parameters: Value) -> Rows:
        """The rows of a SPARQL query; the usual prefixes are declared, `$name` is bound from the parameters."""
        from kg.api.ask import run_text

        return run_text(self._graph, text, Dialect.SPARQL, parameters=parameters, limits=limits)

    def cypher(self, text: str, /, *, limits: Limits = DEFAULT_LIMITS, **parameters: Value) -> Rows:
        """The rows of a reading Cypher query; `$name` is bound from the parameters."""
        from kg.api.ask import run_text

        return run_text(self._graph, text, Dialect.CYPHER, parameters=parameters, limits=limits)

    def show(self, what: str) -> Record | ClaimView | CatalogEntity:
        """A paper, a claim or an entity, by id, title or name. Raises `kg.errors.NotFoundError`."""
        from kg.api.show import show

        return show(self._graph, what)

    def explain(self, entity: str) -> EntityView:
        """An entity with the reason of each of its names, its family and its newest papers."""
        from kg.api.explain import explain_entity

        return explain_entity(self._graph, self._graph.entity(entity))

    def entities(self, kind: EntityType | str | None = None) -> Iterator[CatalogEntity]:
        """All entities, of one type or of all, by id. Raises `kg.errors.NotFoundError` for a type that is none."""
        if kind is not None and kind not in set(EntityType):
            raise NotFoundError(f"no type {kind!r}; types are {', '.join(EntityType)}")
        return self._graph.catalog.entities(None if kind is None else EntityType(kind))

    def records(self) -> Iterator[Record]:
        """The resolved records of all papers."""
        return self._graph.catalog.records()

    def stats(self) -> dict[str, int]:
        """How many papers, claims and entities of each type there are."""
        from kg.api.stats import stats

        return {str(what): int(str(count)) for what, count in stats(self._graph).rows}

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The whole graph in memory: nodes keyed by id with `label` and properties, edges keyed by type."""
        from kg.api.export import to_networkx

        return to_networkx(self._graph)

    def correct(self, action: str, **fields: str) -> Corrected:
        """Make a correction ("merge", "split", "rename", …), publish the graph anew and go on with that generation."""
        from kg.api.correct import correct

        done = correct(self.path, action, fields)
        self._graph.close()
        self._graph = Graph(self.path)
        return done


def open(path: AnyPath = "graph") -> KnowledgeGraph:
    """Open a graph directory for reading. Raises `kg.errors.GraphError` where there is none."""
    return KnowledgeGraph(path)


def build(
    inputs: AnyPath | Sequence[AnyPath], path: AnyPath = "graph", *, workers: int = 1, prune: bool = False
) -> KnowledgeGraph:
    """Read papers from files, build or update the graph in `path`, and open it. See `kg build`.

    A file that cannot be read among others is a warning; raises `kg.errors.SourceError` where none can be read.
    """
    from kg.api.build import build as run

    report = run(_listed(inputs), Path(fspath(path)), workers=workers, prune=prune)
    for line in report.reading.failures:
        warnings.warn(line, stacklevel=2)
    return KnowledgeGraph(path)


def extract_text(text: str, *, title: str = "", id: str | None = None) -> Record:
    """The entities and numeric claims of one abstract.

    `id` ("arxiv:2306.13649") is made from the text where it is not given. The first call loads the trained parts.
    """
    from kg.sources.text import paper_id

    paper = Paper(id or paper_id(None, title, text), title, text, SourceRef("python", "", 0))
    return _pipeline(user_digest()).read(paper)


def extract_papers(papers: Iterable[Paper], *, workers: int = 1) -> Iterator[Record]:
    """A record for each paper, in order."""
    return _pipeline(user_digest()).extract(papers, workers=workers)


def read_papers(inputs: AnyPath | Sequence[AnyPath], *, source: str | None = None) -> Iterator[Paper]:
    """Papers from files in any format that `kg build` reads."""
    from kg.api.extract import ReadingReport
    from kg.api.extract import read_papers as read

    return read(_listed(inputs), source, ReadingReport(), strict=True)


def _listed(inputs: AnyPath | Sequence[AnyPath]) -> list[str]:
    """The paths of inputs; one path is a list of one, not of its letters."""
    return [fspath(inputs)] if isinstance(inputs, str | PathLike) else [fspath(one) for one in inputs]


@lru_cache(maxsize=1)
def _pipeline(_digest: str) -> ExtractionPipeline:
    from kg.extract.pipeline import ExtractionPipeline

    return ExtractionPipeline.load()
