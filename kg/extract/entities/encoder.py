"""A small convolutional network over words: each word's spelling and what is known of it, in its neighbourhood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.extract.entities.kept import KeptRows
from kg.extract.entities.memory import Match, Memory
from kg.extract.entities.spelling import rows_of
from kg.extract.entities.words import Lexicon, Words
from kg.extract.tables import in_bytes, join_words, split_words

Array = NDArray[np.float32]
TAPS = ((-1, 0, 1), (-1, 0, 1), (-2, 0, 2), (-4, 0, 4))
"""For each layer the neighbours that it sees, as far before as after; every layer is added to its input."""
CONTEXT_ROWS = 128
_REMEMBERED, _IN_TITLE, _REPEATED = 32, 32 * 64, 32 * 64 * 2
"""What counts one in the number for a word's context; the row of its listed name counts one itself."""


def context_codes(
    words: Words, matches: Sequence[Match], memory: Memory, counts: Mapping[str, tuple[int, ...]] | None = None
) -> NDArray[np.int64]:
    """For each word one number for what is known of it besides its spelling.

    `counts` stand for the memory's own where a paper must not see what it taught itself.
    """
    remembered = memory.counts if counts is None else counts
    listed, known = bytearray(len(words)), bytearray(len(words))
    for first, last, key in matches:
        levels = memory.listed.get(key)
        if levels is not None:
            _cover(listed, first, last, _listed_row(levels))
        seen = remembered.get(key)
        if seen is not None and (row := _known_row(seen)):
            _cover(known, first, last, row)
    times = Counter(words.words)
    codes = np.array([*map(times.__getitem__, words.words)], np.int64)
    np.minimum(codes, 4, out=codes)
    codes -= 1
    codes *= _REPEATED
    codes += np.frombuffer(listed, np.uint8)
    codes += np.frombuffer(known, np.uint8) * np.int64(_REMEMBERED)
    codes[: words.title] += _IN_TITLE
    return codes


def context_rows(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of the context table, four for each code: listed name, remembered name, place, repetition."""
    listed, known, places = codes % _REMEMBERED, codes % _IN_TITLE // _REMEMBERED, codes % _REPEATED // _IN_TITLE
    return np.stack([listed, 32 + known, 96 + places, 101 + codes // _REPEATED], axis=1)


@lru_cache(maxsize=1 << 10)
def _listed_row(levels: tuple[int, ...]) -> int:
    sure = max(levels)
    return 1 + 6 * levels.index(sure) + 3 * (sure == 2)


@lru_cache(maxsize=1 << 14)
def _known_row(seen: tuple[int, ...]) -> int:
    """0 where a key was never an entity."""
    best = max(range(1, 5), key=lambda place: seen[place])
    return seen[best] and 1 + 12 * (best - 1) + 6 * (seen[best] > seen[0]) + 3 * (seen[best] > 2)


def _cover(rows: bytearray, first: int, last: int, base: int) -> None:
    """Longer matches come later at one first word and cover the shorter; a match never cuts into an earlier one."""
    if first > 0 and rows[first] and (rows[first] - 1) % 3 != 0:
        return
    rows[first] = base
    for place in range(first + 1, last + 1):
        rows[place] = base + (2 if place == last else 1)


@dataclass(slots=True)
class Encoder:
    """Weights of the network; `table` has a row per spelling feature, `context` one per context feature."""

    known: dict[str, int]
    table: Array
    context: Array
    weights: list[Array]
    biases: list[Array]
    _wide: list[Array] = field(init=False, repr=False)
    """The layers' weights with the blocks of the three neighbours side by side."""
    _spellings: KeptRows = field(init=False, repr=False)
    """By number of a word in the lexicon."""
    _contexts: KeptRows = field(init=False, repr=False)
    _lexicon: Lexicon = field(init=False, repr=False, default_factory=Lexicon)

    def __post_init__(self) -> None:
        self._wide = [side_by_side(weight) for weight in self.weights]
        width = self.table.shape[1]
        self._spellings = KeptRows(width, self._spelled)
        self._contexts = KeptRows(width, self._placed)

    def encode(self, words: Words, context: NDArray[np.int64]) -> Array:
        """A state for each word, of which `context` has the codes; it depends on this text alone, whatever was read before."""
        if words.lexicon is not self._lexicon:
            self._lexicon, self._spellings = words.lexicon, KeptRows(self.table.shape[1], self._spelled)
        hidden = self._spellings.take(words.numbers)
        hidden += self._contexts.take(context)
        for taps, weight, bias in zip(TAPS, self._wide, self.biases, strict=True):
            seen = convolve(hidden, taps[-1], weight, bias)
            hidden += np.maximum(seen, np.float32(0), out=seen)
        return hidden

    def _spelled(self, numbers: list[int]) -> Array:
        parts = [rows_of(self._lexicon.tokens[number], self.known) for number in numbers]
        offsets = np.cumsum([0, *(len(part) for part in parts[:-1])])
        vectors: Array = np.add.reduceat(self.table[[row for part in parts for row in part]], offsets, axis=0)
        return vectors

    def _placed(self, codes: list[int]) -> Array:
        rows: Array = self.context[context_rows(np.array(codes))].sum(axis=1)
        return rows

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """What a file keeps of it: the table in bytes with a scale for each row, the rest in half precision."""
        table, scale = in_bytes(self.table)
        parts: dict[str, NDArray[np.generic]] = {
            "known": join_words(self.known),
            "table": table,
            "scale": scale,
            "context": self.context.astype(np.float16),
        }
        for number, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            parts[f"weight{number}"], parts[f"bias{number}"] = weight.astype(np.float16), bias.astype(np.float16)
        return parts

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Encoder:
        """Inverse of `arrays`."""
        part = {name: array.astype(np.float32) for name, array in arrays.items() if name != "known"}
        layers = range(len(TAPS))
        return cls(
            split_words(arrays["known"]),
            part["table"] * part["scale"],
            part["context"],
            [part[f"weight{i}"] for i in layers],
            [part[f"bias{i}"] for i in layers],
        )


def side_by_side(weight: Array) -> Array:
    """The rows for the word before, the word and the word behind as blocks of columns: (3 W, W) → (W, 3 W)."""
    return np.hstack(np.split(weight, 3))


def convolve(hidden: Array, distance: int, weight: Array, bias: Array) -> Array:
    """For each row what `weight` makes of the row `distance` before it, of itself, and of the row `distance` after.

    `weight` has a block of columns for each of the three. Beyond the ends are zeros.
    """
    width = len(weight)
    parts = hidden @ weight
    seen: Array = parts[:, width : 2 * width] + bias
    if len(hidden) > distance:
        seen[distance:] += parts[:-distance, :width]
        seen[:-distance] += parts[distance:, 2 * width :]
    return seen
