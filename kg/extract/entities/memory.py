"""Names that the vocabulary or the annotated papers know, and how often each was which type of entity."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.extract.entities.words import BREAK, drop_plural
from kg.model import EntityType
from kg.vocabulary import Vocabulary, fold

TYPES = tuple(EntityType)
LONGEST = 8
"""Words of the longest name that is looked for."""
_CACHE_SIZE = 1 << 16
_REACH = 8
"""Letters by which is told whether a key may begin so: an answer at once, and seldom yes where it should be no."""
NOTHING = (0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Match:
    """Words `first` to `last` (included) spell a known key."""

    first: int
    last: int
    key: str


class Index:
    """Finds every run of words that spells one of many keys."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        self._starts = frozenset(key[:size] for key in self._keys for size in range(1, _REACH + 1))
        self._sorted = sorted(self._keys)
        self._seen: dict[tuple[str, bool], tuple[str, bool]] = {}
        """First words that were looked up: the key that one spells alone, and whether longer keys begin so."""

    def find(self, squashed: Sequence[tuple[str, bool]]) -> list[Match]:
        """Matches by first word, short before long; they overlap."""
        found: list[Match] = []
        if len(self._seen) > _CACHE_SIZE:
            self._seen.clear()
        get = self._seen.get
        for first, word in enumerate(squashed):
            state = get(word)
            if state is None:
                state = self._seen[word] = self._look_up(*word)
            alone, goes_on = state
            if alone:
                found.append(Match(first, first, alone))
            if goes_on:
                _extend(squashed, first, self._keys, self._starts, found)
        return found

    def _look_up(self, full: str, may: bool) -> tuple[str, bool]:
        if not full or full == BREAK:
            return "", False
        key = drop_plural(full, may)
        place = bisect_left(self._sorted, full)
        begins = place < len(self._sorted) and self._sorted[place].startswith(full)
        return key if key in self._keys else "", begins


def find_few(keys: Iterable[str], squashed: Sequence[tuple[str, bool]]) -> list[Match]:
    """`Index(keys).find(squashed)` for a handful of keys that are looked for once."""
    wanted = frozenset(keys)
    starts = frozenset(key[:size] for key in wanted for size in range(1, _REACH + 1))
    found: list[Match] = []
    alone = wanted | {key + "s" for key in wanted}
    for first, (full, may) in enumerate(squashed):
        if full in alone and (key := drop_plural(full, may)) in wanted:
            found.append(Match(first, first, key))
        if full[:_REACH] in starts:
            _extend(squashed, first, wanted, starts, found)
    return found


def _extend(
    squashed: Sequence[tuple[str, bool]],
    first: int,
    keys: frozenset[str],
    starts: frozenset[str],
    found: list[Match],
) -> None:
    """Adds the matches of several words that begin at `first`."""
    key = squashed[first][0]
    for last in range(first + 1, min(first + LONGEST, len(squashed))):
        full, may = squashed[last]
        if full == BREAK:
            break
        if not full:
            continue
        key += full
        known = drop_plural(key, may)
        if known in keys:
            found.append(Match(first, last, known))
        if key[:_REACH] not in starts:
            break


class Memory:
    """Counts of annotated papers by key: as nothing, method, dataset, metric, task; and what the vocabulary says."""

    def __init__(self, counts: Mapping[str, tuple[int, ...]], vocabulary: Vocabulary) -> None:
        self.counts = dict(counts)
        listed: dict[str, list[int]] = {}
        for term in vocabulary:
            place = TYPES.index(term.type)
            for sureness, forms in ((2, (term.name, *term.aliases)), (1, term.ambiguous)):
                for form in forms:
                    levels = listed.setdefault(fold(form), [0, 0, 0, 0])
                    levels[place] = max(levels[place], sureness)
        self.listed = {key: tuple(levels) for key, levels in listed.items()}
        """By key and type: 2 where the vocabulary has it as a name, 1 as an ambiguous short form."""
        self.index = Index({*self.counts, *self.listed})

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
