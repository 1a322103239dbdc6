"""Loads papers without end into a store, to be killed: `endless_load.py CASE LOCATION`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count

import graphs
from conftest import CASES

from kg.mapping.bundle import Bundle


def papers() -> Iterator[Bundle]:
    """The small graph, then papers without end; says so after some batches."""
    yield from graphs.small_graph()
    for number in count(100):
        yield from graphs.graph([graphs.record(number)])[-2:]
        if number == 800:
            print("loading", flush=True)  # noqa: T201


if __name__ == "__main__":
    case = next(case for case in CASES if case.name == sys.argv[1])
    case.open(sys.argv[2], "write").put(papers())
