"""Cutting a stream into lists of bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

BATCH = 500
"""Bundles in one transaction: some 10,000 triples."""


def in_batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Lists of at most `size` items, none empty."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
