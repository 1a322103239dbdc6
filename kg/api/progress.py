"""How long work tells its caller how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[str, int, int | None], None]
"""Called with the stage's name, how many items are done, and how many there are (None: not known)."""

T = TypeVar("T")


def silent(_stage: str, _done: int, _total: int | None) -> None:
    """Tell nobody."""


def counted(items: Iterable[T], stage: str, progress: Progress, total: int | None = None) -> Iterator[T]:
    """The same items; reports after each."""
    done = 0
    progress(stage, 0, total)
    for done, item in enumerate(items, start=1):
        yield item
        progress(stage, done, total)
    progress(stage, done, done)
