"""Tells which numbers are results, of which kind and with which bound: a small network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from kg.extract.claims.named import Array, sum_rows
from kg.extract.tables import join_words, split_words

GLANCE = -3.5
"""Log-odds of a result below which a glance at features leaves a number out. Of 4,038 claims in 2,025 annotated papers that it had not learned from one was lost."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights, with O outputs and H units of its one layer. Numbers are judged each by itself, by a glance first, then with their words."""

    rows: dict[str, int]
    """Which row of the table a feature has; row 0 is zero."""
    table: Array
    """(F, 1 + O + H): a row per named feature, its share in the glance first, then in the outputs, then what it adds to the units."""
    words: Array
    """(V, H): what the words of a number and beside it add to the units."""
    bias: Array
    """(1 + O + H,)"""
    top: Array
    """(H, O)"""

    def sums(self, items: Sequence[Sequence[str]]) -> Array:
        """(N, 1 + O + H): for each number's list of features the sum of their rows; unknown features count nothing."""
        result: Array = sum_rows(self.rows, self.table, items)
        result += self.bias
        return result

    @staticmethod
    def is_worth_reading(sums: Array) -> bool:
        """Whether any of a paper's numbers may be a result, at a glance: most papers without results are not read at all."""
        return bool(sums[:, 0].max() >= GLANCE)

    def scores(self, sums: Array, words: Array) -> Array:
        """(N, O): scores of numbers from their sums and from what `words` (N, V) say."""
        outputs = 1 + self.top.shape[1]
        units = words @ self.words
        units += sums[:, outputs:]
        result: Array = np.maximum(units, np.float32(0), out=units) @ self.top
        result += sums[:, 1:outputs]
        return result

    def save(self, path: Path) -> None:
        """Writes the weights as one compressed file, in half precision."""
        parts = {part.name: getattr(self, part.name).astype(np.float16) for part in fields(self)[1:]}
        np.savez_compressed(path, names=join_words(self.rows), **parts)

    @classmethod
    def load(cls, path: Path) -> Judge:
        """Inverse of `save`."""
        with np.load(path) as data:
            parts = {part.name: data[part.name].astype(np.float32) for part in fields(cls)[1:]}
            return cls(split_words(data["names"]), **parts)
