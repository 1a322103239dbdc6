"""Bringing a store to a wanted state, whatever state it is in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.mapping.bundle import Bundle
from kg.stores.base import Store

Progress = Callable[[int], object]
"""Called with the number of bundles looked at so far."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How many bundles a sync added, replaced, took away and left alone."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0


class _Sorter:
    """Passes on the bundles that a store lacks or has in another version, and counts."""

    def __init__(self, versions: dict[str, str], progress: Progress | None) -> None:
        self.missing = dict(versions)
        self.added = self.changed = self.unchanged = 0
        self._versions = versions
        self._progress = progress

    def news(self, bundles: Iterable[Bundle]) -> Iterator[Bundle]:
        for count, bundle in enumerate(bundles, start=1):
            owner = bundle.owner.id
            self.missing.pop(owner, None)
            if self._versions.get(owner) == bundle.hash:
                self.unchanged += 1
            else:
                if owner in self._versions:
                    self.changed += 1
                else:
                    self.added += 1
                yield bundle
            if self._progress is not None:
                self._progress(count)


def sync(
    store: Store, bundles: Iterable[Bundle], *, prune: bool = True, progress: Progress | None = None
) -> SyncReport:
    """Load the bundles that are new or changed; with `prune`, take away those that are no longer wanted.

    Streams `bundles`; entities come before the papers that point to them. A load that was cut off is finished by
    the next one, because a bundle counts as loaded only when all of it is.
    """
    sorter = _Sorter(store.versions(), progress)
    store.put(sorter.news(bundles))
    gone = sorted(sorter.missing) if prune else []
    if gone:
        store.remove(gone)
    return SyncReport(sorter.added, sorter.changed, len(gone), sorter.unchanged)
