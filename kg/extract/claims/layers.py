"""Layers over the words of a paper: what each word means for the numbers and names around it.

They start from the states that the recogniser for entities left (`Document.words`), which say what may be a name, and from
a row of their own for each frequent word ("over", "outperforms"), which those states need not tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.extract.tables import in_bytes, join_words, split_words

Array = NDArray[np.float32]
TAPS = (1, 2, 4, 8, 16, 1, 2)
"""How far each layer sees before and after a word; every layer is added to its input."""
TINY = np.float32(1e-3)
"""Added to the mean square of a row before it is made one."""


@dataclass(frozen=True, slots=True)
class WordLayers:
    """Weights, for words whose states are S wide, as L layers of width W."""

    rows: dict[str, int]
    """The row of each frequent word, in lower case; row 0 is that of all others."""
    words: Array
    """(V, S): added to the states."""
    widen: Array
    """(S, W)"""
    widen_bias: Array
    marks: Array
    """A row for each mark of a word, added to what enters the first layer."""
    blends: Array
    """(L, 3, W): how much of the word before, the word and the word behind enters a layer, column by column."""
    layers: Array
    """(L, W, W)"""
    biases: Array

    def numbers(self, words: Iterable[str]) -> list[int]:
        """The row of each word."""
        get = self.rows.get
        return [get(word.lower(), 0) for word in words]

    def encode(self, states: Array, numbers: list[int], marks: NDArray[np.int64]) -> Array:
        """A state for each word; `numbers` are the rows of the words."""
        read: Array = states + self.words.take(numbers, axis=0)
        hidden: Array = read @ self.widen
        hidden += self.widen_bias
        hidden += self.marks.take(marks, axis=0)
        for tap, (before, own, behind), weight, bias in zip(TAPS, self.blends, self.layers, self.biases, strict=True):
            squares: Array = np.einsum("ij,ij->i", hidden, hidden)[:, None]
            seen = hidden / np.sqrt(squares / np.float32(hidden.shape[1]) + TINY)
            mixed = seen * own
            if len(seen) > tap:
                mixed[tap:] += seen[:-tap] * before
                mixed[:-tap] += seen[tap:] * behind
            change = mixed @ weight
            change += bias
            hidden += np.maximum(change, np.float32(0), out=change)
        return hidden

    def save(self, path: Path) -> None:
        """Writes the weights as one compressed file, in half precision; the words' rows in bytes with a scale for each."""
        words, scale = in_bytes(self.words)
        parts: dict[str, NDArray[np.generic]] = {"rows": join_words(self.rows), "scale": scale, "words": words}
        for part in fields(self)[2:]:
            parts[part.name] = getattr(self, part.name).astype(np.float16)
        np.savez_compressed(path, **parts)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: Path) -> WordLayers:
        """Inverse of `save`."""
        with np.load(path) as data:
            rows = split_words(data["rows"])
            parts = {name: data[name].astype(np.float32) for name in data.files if name != "rows"}
        parts["words"] *= parts.pop("scale")
        return cls(rows, **parts)
