"""Sorting more lines than memory should hold: sorted runs on disk, merged."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from tempfile import TemporaryFile

RUN = 500_000
"""Lines of a run: some 100 MB."""


def sorted_unique(lines: Iterable[bytes], run: int = RUN) -> Iterator[bytes]:
    """The lines in byte order, each once; every line ends with a line end and holds no other."""
    rest = iter(lines)
    chunk = sorted(islice(rest, run))
    if len(chunk) < run:
        return _unique(chunk)
    return _merged(chunk, rest, run)


def _merged(chunk: list[bytes], rest: Iterator[bytes], run: int) -> Iterator[bytes]:
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        while chunk:
            file = stack.enter_context(TemporaryFile())
            file.writelines(chunk)
            file.seek(0)
            runs.append(file)
            chunk = sorted(islice(rest, run))
        yield from _unique(heapq.merge(*runs))


def _unique(lines: Iterable[bytes]) -> Iterator[bytes]:
    last = None
    for line in lines:
        if line != last:
            yield line
        last = line
