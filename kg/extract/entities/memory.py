"""Names that the vocabulary or the annotated papers know, and how often each was which type of entity."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kg.extract.entities.kept import longer
from kg.extract.entities.words import BREAK, LONGEST, Lexicon, Squashed, Words, drop_plural
from kg.model import EntityType
from kg.vocabulary import Vocabulary, fold

TYPES = tuple(EntityType)
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


_EVERY = np.uint64(2**64 - 1)


class Index:
    """Finds every run of words that spells one of many keys."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        self._starts = frozenset(key[:size] for key in self._keys for size in range(1, _REACH + 1))
        self._sorted = sorted(self._keys)
        self._forget(Lexicon())

    def _forget(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._alone: list[str] = []
        """The key that a word spells alone, by the word's number in the lexicon, as is all below."""
        self._behind: list[frozenset[str]] = []
        """How longer keys that begin with the word go on: what the next word may begin with."""
        self._openings = np.zeros(0, np.uint64)
        """A bit for each sort of word that may follow in a longer key; all bits where the word is a key by itself."""
        self._sorts = np.zeros(0, np.uint64)
        """The bit of the word's own sort, one of 64 by its first letters."""

    def find(self, words: Words) -> list[Match]:
        """Matches by first word, short before long; they overlap."""
        if words.lexicon is not self._lexicon:
            self._forget(words.lexicon)
        if len(self._alone) < len(words.lexicon):
            self._look_up(words.lexicon.squashed[len(self._alone) :])
        openings = self._openings.take(words.numbers)
        openings[:-1] &= self._sorts.take(words.numbers[1:])
        numbers, squashed = words.numbers.tolist(), words.squashed
        found: list[Match] = []
        for first in np.flatnonzero(openings).tolist():
            number = numbers[first]
            if alone := self._alone[number]:
                found.append(Match(first, first, alone))
            if first + 1 < len(squashed) and squashed[first + 1][0][:_NEXT] in self._behind[number]:
                self._extend(squashed, first, found)
        return found

    def _look_up(self, new: Sequence[Squashed]) -> None:
        """Adds the words that the lexicon has met since."""
        known, needed = len(self._alone), len(self._alone) + len(new)
        if needed > len(self._sorts):
            self._openings, self._sorts = longer(self._openings, 2 * needed), longer(self._sorts, 2 * needed)
        for number, (full, may) in enumerate(new, known):
            key, going_on = "", frozenset[str]()
            if full and full != BREAK:
                key, going_on = drop_plural(full, may), frozenset(self._going_on(full))
            alone = key if key in self._keys else ""
            self._alone.append(alone)
            self._behind.append(going_on)
            self._sorts[number] = 1 << _sort(full[:_NEXT])
            self._openings[number] = _EVERY if alone else sum(1 << sort for sort in {*map(_sort, going_on)})

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

    def _extend(self, squashed: Sequence[Squashed], first: int, found: list[Match]) -> None:
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


def _sort(letters: str) -> int:
    return zlib.crc32(letters.encode("utf-8", "surrogatepass")) % 64


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
