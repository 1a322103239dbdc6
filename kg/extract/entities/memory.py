"""Names that the vocabulary or the annotated papers know, and how often each was which type of entity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.extract.entities.words import BREAK, drop_plural
from kg.model import EntityType
from kg.vocabulary import Vocabulary, fold

TYPES = tuple(EntityType)
LONGEST = 8
"""Words of the longest name that is looked for."""
_STEMS = (3, 6, 10)
NOTHING = (0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Match:
    """Words `first` to `last` (included) spell a known key."""

    first: int
    last: int
    key: str


class Index:
    """Finds every run of words that spells one of a set of keys."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        short, middle, long = _STEMS
        self._short = {key[:short] for key in self._keys}
        self._middle = {key[:middle] for key in self._keys}
        self._long = {key[:long] for key in self._keys}

    def find(self, squashed: Sequence[tuple[str, bool]]) -> list[Match]:
        """Matches by first word, short before long; they overlap."""
        keys, starts, middles, longs = self._keys, self._short, self._middle, self._long
        found: list[Match] = []
        count = len(squashed)
        for first in range(count):
            key = squashed[first][0]
            if not key or key == BREAK or (len(key) >= 3 and key[:3] not in starts):
                continue
            last = first
            while True:
                full, may = squashed[last]
                if full:
                    known = drop_plural(key, may)
                    if known in keys:
                        found.append(Match(first, last, known))
                last += 1
                if last >= count or last - first >= LONGEST or squashed[last][0] == BREAK:
                    break
                key += squashed[last][0]
                size = len(key)
                if size >= 10:
                    if key[:10] not in longs and drop_plural(key, True) not in keys:
                        break
                elif size >= 6:
                    if key[:6] not in middles and drop_plural(key, True) not in keys:
                        break
                elif size >= 3 and key[:3] not in starts:
                    break
        return found


class Memory:
    """Counts of annotated papers by key: as nothing, method, dataset, metric, task; and what the vocabulary says."""

    def __init__(self, counts: Mapping[str, tuple[int, ...]], vocabulary: Vocabulary) -> None:
        self.counts = dict(counts)
        self.listed: dict[str, list[int]] = {}
        for term in vocabulary:
            place = TYPES.index(term.type)
            for form in (term.name, *term.aliases):
                self._list(form, place, 2)
            for form in term.ambiguous:
                self._list(form, place, 1)
        self.index = Index({*self.counts, *self.listed})

    def _list(self, form: str, place: int, sureness: int) -> None:
        levels = self.listed.setdefault(fold(form), [0, 0, 0, 0])
        levels[place] = max(levels[place], sureness)

    def save(self, path: Path) -> None:
        """Writes the counts as lines of key and five numbers."""
        lines = (f"{key}\t{' '.join(map(str, counts))}\n" for key, counts in sorted(self.counts.items()))
        path.write_text("".join(lines), encoding="utf-8")

    @classmethod
    def load(cls, path: Path, vocabulary: Vocabulary) -> Memory:
        """Inverse of `save`."""
        counts = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            key, _, numbers = line.partition("\t")
            counts[key] = tuple(map(int, numbers.split(" ")))
        return cls(counts, vocabulary)
