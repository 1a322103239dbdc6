"""A graph as tools of the Model Context Protocol, for programs that talk to language models.

Every tool only reads, within bounds of time and size; each call sees the generation that is published then.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, ParamSpec

import orjson

from kg.api.graph import Graph
from kg.errors import KgError, MissingExtraError
from kg.model import Dialect, EntityType, Record, Rows
from kg.stores.base import Limits

if TYPE_CHECKING:
    from mcp.server import MCPServer

LIMITS = Limits(seconds=20.0, rows=200)
"""Of one query."""
MAX_BYTES = 100_000
"""Of an answer's JSON; rows beyond are left out, and the answer says so."""
MAX_TEXT = 20_000
"""Code points of a question or a query."""

INSTRUCTIONS = """\
A knowledge graph of papers read from their abstracts: methods, datasets, metrics, tasks, and numeric claims, each with
the sentence that it was read from. Start with `ask` (plain English: "which papers report results on CIFAR-10") or with
`queries` and `query`; `show` gives one paper, claim or entity. Names may be given in any usual spelling. Cite papers
by the ids in the column `paper`. `truncated` says that rows were left out."""

Json = dict[str, Any]
P = ParamSpec("P")


def make_server(path: Path) -> MCPServer[Any]:
    """The server for a graph directory. Raises `GraphError` where there is none, `MissingExtraError` without `mcp`."""
    try:
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as exc:
        raise MissingExtraError("mcp", "mcp") from exc
    Graph(path).close()
    server: MCPServer[Any] = MCPServer("kg", instructions=INSTRUCTIONS, log_level="WARNING")
    reading = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for tool in Tools(path).all():
        server.tool(annotations=reading)(_reporting(tool))
    return server


def serve_stdio(path: Path) -> None:
    """Answer on standard input and output until the client is gone; this process gives up the network."""
    from kg.api.sandbox import drop_network

    server = make_server(path)
    drop_network()
    with suppress(KeyboardInterrupt):
        server.run("stdio")


class Tools:
    """What a client may call. Each method is a tool: its docstring and its parameters are what the client sees."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()

    def all(self) -> list[Callable[..., Json]]:
        """The tools."""
        return [self.ask, self.queries, self.query, self.leaderboard, self.show, self.explain, self.sparql, self.cypher]

    def _with_graph(self, use: Callable[[Graph], Json]) -> Json:
        with self._lock, Graph(self._path) as graph:
            return use(graph)

    def ask(self, question: str) -> Json:
        """Answer a question in plain English about papers, methods, datasets, metrics, tasks and results."""
        from kg.api.ask import ask

        def use(graph: Graph) -> Json:
            answer = ask(graph, _bounded(question), limits=LIMITS)
            return {"understood": answer.understood, **rows_json(answer.rows), "query": answer.query}

        return self._with_graph(use)

    def queries(self) -> Json:
        """List the named queries with what each takes."""
        from kg.queries import named_queries

        return {
            query.name: {
                "title": query.title,
                "parameters": {p.name: f"{p.type}: {p.description}" for p in query.parameters},
            }
            for query in named_queries().values()
        }

    def query(self, name: str, parameters: dict[str, str | int | float] | None = None) -> Json:
        """Run a named query, e.g. best-on-dataset with {"dataset": "CIFAR-10"}."""
        from kg.api.ask import run_named

        return self._with_graph(lambda graph: rows_json(run_named(graph, name, dict(parameters or {}), limits=LIMITS)))

    def leaderboard(self, dataset: str, metric: str | None = None, task: str | None = None) -> Json:
        """Rank the results on a dataset, one lane for each metric, unit and kind."""
        from kg.api.leaderboard import board_rows, leaderboard

        return self._with_graph(
            lambda graph: rows_json(board_rows(leaderboard(graph, dataset, metric=metric, task=task)))
        )

    def show(self, what: str) -> Json:
        """Show a paper with all that was read from it, a claim with its sentence, or an entity; by id, title or name."""
        from kg.api.show import ClaimView, show

        def use(graph: Graph) -> Json:
            found = show(graph, _bounded(what))
            if isinstance(found, Record):
                return found.to_dict()
            if isinstance(found, ClaimView):
                claim = next(c for c in found.record.to_dict()["claims"] if c["id"] == found.claim.id)
                paper = found.record.paper
                return {"paper": paper.id, "title": paper.title, "sentence": found.sentence[0], **claim}
            return asdict(found)

        return self._with_graph(use)

    def explain(self, entity: str, type: EntityType | None = None) -> Json:
        """Say what an entity is called and why, its family, and the newest papers that name it."""
        from kg.api.explain import explain_entity

        def use(graph: Graph) -> Json:
            found = graph.entity(_bounded(entity), types=None if type is None else [type])
            return asdict(explain_entity(graph, found))

        return self._with_graph(use)

    def sparql(self, text: str) -> Json:
        """Run a SPARQL SELECT or ASK query; prefixes kg, skos, dcterms and others are declared."""
        return self._text(text, Dialect.SPARQL)

    def cypher(self, text: str) -> Json:
        """Run a Cypher query that reads; labels Paper, Method, Dataset, Metric, Task, Claim, Evidence."""
        return self._text(text, Dialect.CYPHER)

    def _text(self, text: str, dialect: Dialect) -> Json:
        from kg.api.ask import run_text

        return self._with_graph(lambda graph: rows_json(run_text(graph, _bounded(text), dialect, limits=LIMITS)))


def rows_json(rows: Rows) -> Json:
    """Rows as objects, as many as fit into the bounds of an answer."""
    kept: list[Json] = []
    size = 0
    for row in rows.dicts()[: LIMITS.rows]:
        size += len(orjson.dumps(row, default=str))
        if size > MAX_BYTES:
            break
        kept.append(row)
    cut = rows.truncated or len(kept) < len(rows.rows)
    return {"columns": list(rows.columns), "rows": kept, "truncated": cut}


def _bounded(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise KgError(f"longer than {MAX_TEXT:,} characters")
    return text


def _reporting(tool: Callable[P, Json]) -> Callable[P, Json]:
    """The tool with our errors as the protocol's: one line for the client, no traceback."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def run(*args: P.args, **kwargs: P.kwargs) -> Json:
        try:
            return tool(*args, **kwargs)
        except KgError as exc:
            raise ToolError(str(exc)) from None

    return run
