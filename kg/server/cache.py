"""Answers that were given lately, for as long as the graph stays the same."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Any

MOST_BYTES = 64 << 20
LONGEST = 1 << 20
"""Bytes of all answers that are kept, and of one that is kept at all."""


class Cache:
    """Results of tasks by name and arguments; all are forgotten when another generation is published."""

    def __init__(self, graph: Path) -> None:
        self._graph = graph
        self._stamp: tuple[int, int] | None = None
        self._kept: OrderedDict[object, tuple[Any, int]] = OrderedDict()
        self._size = 0

    def get(self, key: object) -> Any:
        """What was kept under a key; None where nothing was, or where the graph has changed since."""
        published = stamp(self._graph)
        if published != self._stamp:
            self._kept.clear()
            self._size, self._stamp = 0, published
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def put(self, key: object, value: Any, size: int) -> None:
        """Keep a result of a size, dropping those that were not asked for longest."""
        if size > LONGEST or key in self._kept or stamp(self._graph) != self._stamp:
            return
        self._kept[key] = (value, size)
        self._size += size
        while self._size > MOST_BYTES:
            self._size -= self._kept.popitem(last=False)[1][1]


def stamp(graph: Path) -> tuple[int, int] | None:
    """What changes when another generation is published; None where there is no graph."""
    try:
        status = (graph / "graph.toml").stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino
