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
from kg.extract.entities.words import Words

Array = NDArray[np.float32]
TAPS = ((-1, 0, 1), (-1, 0, 1), (-2, 0, 2), (-4, 0, 4))
"""For each layer the neighbours that it sees, as far before as after; every layer is added to its input."""
CONTEXT_ROWS = 128
PARTING = "\0"
"""Stands between the known words in a file. A line break would not do: it is one of them."""
_PLACES = CONTEXT_ROWS ** np.arange(4)
"""What each of a word's four rows of the context table counts in the one number that stands for all."""


def context_rows(
    words: Words, matches: Sequence[Match], memory: Memory, counts: Mapping[str, tuple[int, ...]] | None = None
) -> NDArray[np.int64]:
    """Rows of the context table, four for each word: listed name, remembered name, place, repetition.

    `counts` stand for the memory's own where a paper must not see what it taught itself.
    """
    remembered = memory.counts if counts is None else counts
    size = len(words)
    listed = [0] * size
    known = [0] * size
    for match in matches:
        levels = memory.listed.get(match.key)
        if levels is not None:
            _cover(listed, match, _listed_row(levels))
        seen = remembered.get(match.key)
        if seen is not None and (row := _known_row(seen)):
            _cover(known, match, row)
    rows = np.empty((size, 4), np.int64)
    rows[:, 0] = listed
    rows[:, 1] = known
    rows[:, 1] += 32
    rows[:, 2] = 96
    rows[: words.title, 2] = 97
    times = Counter(words.words)
    rows[:, 3] = [*map(times.__getitem__, words.words)]
    np.minimum(rows[:, 3], 4, out=rows[:, 3])
    rows[:, 3] += 100
    return rows


@lru_cache(maxsize=1 << 10)
def _listed_row(levels: tuple[int, ...]) -> int:
    sure = max(levels)
    return 1 + 6 * levels.index(sure) + 3 * (sure == 2)


@lru_cache(maxsize=1 << 14)
def _known_row(seen: tuple[int, ...]) -> int:
    """0 where a key was never an entity."""
    best = max(range(1, 5), key=lambda place: seen[place])
    return seen[best] and 1 + 12 * (best - 1) + 6 * (seen[best] > seen[0]) + 3 * (seen[best] > 2)


def _cover(rows: list[int], match: Match, base: int) -> None:
    """Longer matches come later at one first word and cover the shorter; a match never cuts into an earlier one."""
    if match.first > 0 and rows[match.first] and (rows[match.first] - 1) % 3 != 0:
        return
    rows[match.first] = base
    for place in range(match.first + 1, match.last + 1):
        rows[place] = base + (2 if place == match.last else 1)


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
    _spellings: KeptRows[str] = field(init=False, repr=False)
    _contexts: KeptRows[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._wide = [side_by_side(weight) for weight in self.weights]
        width = self.table.shape[1]
        self._spellings = KeptRows(width, self._spelled)
        self._contexts = KeptRows(width, self._placed)

    def encode(self, words: Sequence[str], context: NDArray[np.int64]) -> Array:
        """A state for each word; what it is depends on this text alone, whatever was read before."""
        hidden = self._spellings.take(words)
        hidden += self._contexts.take((context @ _PLACES).tolist())
        return run_layers(hidden, [taps[-1] for taps in TAPS], self._wide, self.biases)

    def _spelled(self, words: list[str]) -> Array:
        parts = [rows_of(word, self.known) for word in words]
        offsets = np.cumsum([0, *(len(part) for part in parts[:-1])])
        vectors: Array = np.add.reduceat(self.table[[row for part in parts for row in part]], offsets, axis=0)
        return vectors

    def _placed(self, codes: list[int]) -> Array:
        rows: Array = self.context[np.array(codes)[:, None] // _PLACES % CONTEXT_ROWS].sum(axis=1)
        return rows

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """What a file keeps of it: the table in bytes with a scale for each row, the rest in half precision."""
        names = np.frombuffer(PARTING.join(self.known).encode("utf-8", "surrogatepass"), dtype=np.uint8)
        scale = np.abs(self.table).max(axis=1, keepdims=True) / np.float32(127) + np.float32(1e-9)
        parts: dict[str, NDArray[np.generic]] = {
            "known": names,
            "table": np.rint(self.table / scale).astype(np.int8),
            "scale": scale,
            "context": self.context.astype(np.float16),
        }
        for number, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            parts[f"weight{number}"], parts[f"bias{number}"] = weight.astype(np.float16), bias.astype(np.float16)
        return parts

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Encoder:
        """Inverse of `arrays`."""
        names = arrays["known"].tobytes().decode("utf-8", "surrogatepass").split(PARTING)
        part = {name: array.astype(np.float32) for name, array in arrays.items() if name != "known"}
        layers = range(len(TAPS))
        return cls(
            {name: row for row, name in enumerate(names, 1)},
            part["table"] * part["scale"],
            part["context"],
            [part[f"weight{i}"] for i in layers],
            [part[f"bias{i}"] for i in layers],
        )


def side_by_side(weight: Array) -> Array:
    """The rows for the word before, the word and the word behind as blocks of columns: (3 W, W) → (W, 3 W)."""
    return np.hstack(np.split(weight, 3))


def run_layers(hidden: Array, distances: Sequence[int], weights: Sequence[Array], biases: Sequence[Array]) -> Array:
    """Lets each row see its neighbours, layer after layer, each added to its input; `hidden` itself is changed."""
    for distance, weight, bias in zip(distances, weights, biases, strict=True):
        seen = convolve(hidden, distance, weight, bias)
        hidden += np.maximum(seen, np.float32(0), out=seen)
    return hidden


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
