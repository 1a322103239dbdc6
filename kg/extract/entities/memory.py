"""Names that the vocabulary or the annotated papers know, and how often each was which type of entity."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from kg.extract.entities.words import BREAK, drop_plural
from kg.model import EntityType
from kg.vocabulary import Vocabulary, fold

TYPES = tuple(EntityType)
LONGEST = 8
"""Words of the longest name that is looked for."""
_CACHE_SIZE = 1 << 16
_REACH = 8
"""Letters by which is told whether a key may begin so: an answer at once, and seldom yes where it should be no."""
_NEXT = 3
"""Letters of the next word by which is told whether it can go on a key."""
NOTHING = (0, 0, 0, 0, 0)


class Match(NamedTuple):
    """Words `first` to `last` (included) spell a known key."""

    first: int
    last: int
    key: str


_State = tuple[str, frozenset[str], str]
"""Of a word: the key that it spells alone, how longer keys that begin with it go on, its own first letters."""


class Index:
    """Finds every run of words that spells one of many keys."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        self._starts = frozenset(key[:size] for key in self._keys for size in range(1, _REACH + 1))
        self._sorted = sorted(self._keys)
        self._seen: dict[tuple[str, bool], _State] = {}
        """First words that were looked up."""

    def find(self, squashed: Sequence[tuple[str, bool]]) -> list[Match]:
        """Matches by first word, short before long; they overlap."""
        if len(self._seen) > _CACHE_SIZE:
            self._seen.clear()
        get = self._seen.get
        states = [get(word) or self._look_up(word) for word in squashed]
        following = [start for _, _, start in states[1:]]
        following.append(BREAK)
        found: list[Match] = []
        for first, ((alone, going_on, _), after) in enumerate(zip(states, following, strict=True)):
            if alone:
                found.append(Match(first, first, alone))
            if after in going_on:
                self._extend(squashed, first, found)
        return found

    def _look_up(self, word: tuple[str, bool]) -> _State:
        full, may = word
        key, going_on = "", frozenset[str]()
        if full and full != BREAK:
            key, going_on = drop_plural(full, may), frozenset(self._going_on(full))
        state = self._seen[word] = (key if key in self._keys else "", going_on, full[:_NEXT])
        return state

    def _going_on(self, full: str) -> Iterator[str]:
        """All that the first letters of the word behind `full` can be in a longer key; the keys' plurals count."""
        if full[:_REACH] not in self._starts:
            return
        for place in range(bisect_left(self._sorted, full), len(self._sorted)):
            key = self._sorted[place]
            if not key.startswith(full):
                return
            rest = f"{key[len(full) :]}s"[:_NEXT]
            yield from (rest[:size] for size in range(_NEXT + 1))

    def _extend(self, squashed: Sequence[tuple[str, bool]], first: int, found: list[Match]) -> None:
        """Adds the matches of several words that begin at `first`."""
        keys, starts = self._keys, self._starts
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


def find_few(keys: Iterable[str], squashed: Sequence[tuple[str, bool]]) -> list[Match]:
    """`Index(keys).find(squashed)` for a handful of keys that are looked for once."""
    fulls = [full for full, _ in squashed]
    letters, ends = "".join(fulls), [*accumulate(map(len, fulls))]
    find = letters.find
    found: list[Match] = []
    for key in {*keys}:
        at = find(key)
        while at >= 0:
            first = bisect_right(ends, at)
            if at + len(fulls[first]) == ends[first]:
                for end in (at + len(key), at + len(key) + 1):  # the key, and its plural
                    last = bisect_left(ends, end)
                    if last >= len(ends) or last - first >= LONGEST:
                        break
                    if ends[last] == end and drop_plural(letters[at:end], squashed[last][1]) == key:
                        found.append(Match(first, last, key))
            at = find(key, ends[first])
    found.sort()
    return found


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
