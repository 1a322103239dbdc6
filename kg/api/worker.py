"""A process that answers one task after another on a graph: `python -m kg.api.worker GRAPH [--network]`.

The server keeps a few. A task that runs too long or grows too big is ended with its process, which is the only
way to stop a query for certain. Frames on standard input and output: 8 bytes of length, then a pickle.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from kg.api.graph import Graph
from kg.api.sandbox import die_with_parent, drop_network
from kg.errors import KgError

TASKS = {
    "sparql": "kg.api.protocol:sparql",
    "cypher": "kg.api.protocol:cypher",
    "update": "kg.api.update:update",
    "describe": "kg.api.service:describe",
    "correct": "kg.api.service:correct",
    "index": "kg.api.site.index:prepare",
    "home": "kg.api.site.home:home",
    "search": "kg.api.site.search:search",
    "browse": "kg.api.site.search:browse",
    "ask": "kg.api.site.question:answer",
    "paper": "kg.api.site.paper:paper",
    "dataset": "kg.api.site.dataset:dataset",
    "method": "kg.api.site.entity:method",
    "metric": "kg.api.site.entity:metric",
    "task": "kg.api.site.entity:task",
    "claim": "kg.api.site.claim:claim",
    "claims": "kg.api.site.claim:claims",
    "neighbours": "kg.api.site.neighbours:neighbours",
    "compare": "kg.api.site.compare:compare",
    "turtle": "kg.api.service:node",
    "schema": "kg.api.service:schema",
    "examples": "kg.api.service:examples",
    "everything": "kg.api.service:everything",
}
"""Task → the function that does it; it takes the graph and the task's arguments."""

NETWORK = "--network"
"""Argument of a process whose queries may ask other servers."""

_LENGTH = struct.Struct(">Q")


class Current:
    """The graph as last published; opened anew when a build has published another generation."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._graph: Graph | None = None

    def graph(self) -> Graph:
        """The current generation. Raises `GraphError` where there is none."""
        file = self._path / "graph.toml"
        stamp = (file.stat().st_mtime_ns, file.stat().st_ino) if file.exists() else None
        if self._graph is None or stamp != self._stamp:
            if self._graph is not None:
                self._graph.close()
            self._graph, self._stamp = Graph(self._path), stamp
        return self._graph


def serve(path: Path, tasks: BinaryIO, answers: BinaryIO) -> None:
    """Answer tasks until the input ends."""
    current = Current(path)
    while header := tasks.read(_LENGTH.size):
        name, arguments = pickle.loads(tasks.read(*_LENGTH.unpack(header)))
        body = pickle.dumps(_answer(current, name, arguments), protocol=pickle.HIGHEST_PROTOCOL)
        answers.write(_LENGTH.pack(len(body)) + body)
        answers.flush()


def _answer(current: Current, name: str, arguments: dict[str, Any]) -> tuple[str, Any]:
    """("ok", result), or ("error", (class name, message, suggestions)) for one of ours."""
    try:
        return "ok", _function(name)(current.graph(), **arguments)
    except KgError as exc:
        return "error", (type(exc).__name__, str(exc), getattr(exc, "suggestions", ()))
    except MemoryError:
        return "error", ("QueryError", "the query needs more memory than it may use", ())
    except Exception as exc:  # a process edge: the server answers 500 and goes on
        if os.environ.get("KG_DEBUG"):
            import traceback

            traceback.print_exc()
        return "error", ("Exception", f"internal error: {type(exc).__name__}: {exc}", ())


def _function(name: str) -> Callable[..., Any]:
    module, _, function = TASKS[name].partition(":")
    return getattr(import_module(module), function)  # type: ignore[no-any-return]


def main() -> None:
    """Take over standard input and output, give up the network unless queries may use it, and serve."""
    die_with_parent()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints does not break the frames
    if NETWORK not in sys.argv[2:]:
        drop_network()
    serve(Path(sys.argv[1]), sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
