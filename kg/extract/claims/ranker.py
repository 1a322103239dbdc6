"""Ranks what a number may be linked to in one role: sums of named features, and two layers of which the second compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from kg.extract.claims.named import Array, sum_rows
from kg.extract.tables import join_words, split_words

_ZERO = np.float32(0)


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights, with H units in the first layer and D in the second. Its rows are "nothing", then the candidates.

    The second layer sees the first one's units of a row and the largest of each over all rows, so that a candidate is
    judged in the light of the others.
    """

    rows: dict[str, int]
    """Which row of the table a feature has; row 0 is zero."""
    table: Array
    """(F, 1 + H): a row per feature, its share in the score first, then what it adds to the first layer."""
    bias: Array
    own: Array
    """(H, D): from a row's units."""
    best: Array
    """(H, D): from the largest of all rows."""
    own_bias: Array
    top: Array
    """(D, 1)"""
    top_bias: Array

    def sums(self, items: Sequence[Sequence[str]]) -> Array:
        """For each row's list of features the sum of their rows of the table; unknown features count nothing."""
        return sum_rows(self.rows, self.table, items)

    def scores(self, sums: Array, seen: Array) -> Array:
        """A score for each row, from its sums and from what the words around add to its units, (N, H)."""
        units = sums[:, 1:] + self.bias
        units += seen
        np.maximum(units, _ZERO, out=units)
        second = units @ self.own
        second += units.max(axis=0) @ self.best + self.own_bias
        result: Array = sums[:, 0] + (np.maximum(second, _ZERO, out=second) @ self.top)[:, 0]
        result += self.top_bias
        return result

    def save(self, path: Path) -> None:
        """Writes the weights as one compressed file, in half precision."""
        parts = {part.name: getattr(self, part.name).astype(np.float16) for part in fields(self)[1:]}
        np.savez_compressed(path, names=join_words(self.rows), **parts)

    @classmethod
    def load(cls, path: Path) -> Ranker:
        """Inverse of `save`."""
        with np.load(path) as data:
            parts = {part.name: data[part.name].astype(np.float32) for part in fields(cls)[1:]}
            return cls(split_words(data["names"]), **parts)


class Shared:
    """The tables of several rankers side by side, for features that all of them look at."""

    def __init__(self, rankers: Mapping[str, Ranker]) -> None:
        names = dict.fromkeys(name for ranker in rankers.values() for name in ranker.rows)
        self._rows = {name: row for row, name in enumerate(names, 1)}  # row 0 is zero, as in each of them
        self.columns: dict[str, slice] = {}
        tables = []
        at = 0
        for role, ranker in rankers.items():
            table = np.zeros((1 + len(names), ranker.table.shape[1]), np.float32)
            table[[self._rows[name] for name in ranker.rows]] = ranker.table[1:]
            tables.append(table)
            self.columns[role] = slice(at, at + table.shape[1])
            at += table.shape[1]
        self._table = np.concatenate(tables, axis=1)

    def sums(self, items: Sequence[Sequence[str]]) -> Array:
        """For each list of features the sum of their rows; `columns` says which part is whose."""
        return sum_rows(self._rows, self._table, items)
