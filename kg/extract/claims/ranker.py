"""Ranks what a number may be linked to in one role: sums of named features, and two layers of which the second compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.extract.claims.named import Array, NamedWeights

_ZERO = np.float32(0)


@dataclass(frozen=True, slots=True)
class Ranker(NamedWeights):
    """Weights, with H units in the first layer and D in the second. Its rows are "nothing", then the candidates.

    A feature's row of the table, (1 + H,), has its share in the score first, then what it adds to the first layer.

    The second layer sees the first one's units of a row and the largest of each over all rows, so that a candidate is
    judged in the light of the others.
    """

    bias: Array
    own: Array
    """(H, D): from a row's units."""
    best: Array
    """(H, D): from the largest of all rows."""
    own_bias: Array
    top: Array
    """(D, 1)"""
    top_bias: Array

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


class Shared:
    """The tables of several rankers side by side, for features that all of them look at."""

    def __init__(self, rankers: Mapping[str, Ranker]) -> None:
        names = dict.fromkeys(name for ranker in rankers.values() for name in ranker.rows)
        rows = {name: row for row, name in enumerate(names, 1)}
        self.columns: dict[str, slice] = {}
        tables = []
        at = 0
        for role, ranker in rankers.items():
            table = np.zeros((1 + len(names), ranker.table.shape[1]), np.float32)
            table[[rows[name] for name in ranker.rows]] = ranker.table[1:]
            tables.append(table)
            self.columns[role] = slice(at, at + table.shape[1])
            at += table.shape[1]
        self._named = NamedWeights(rows, np.concatenate(tables, axis=1))

    def sums(self, items: Sequence[Sequence[str]]) -> Array:
        """For each list of features the sum of their rows; `columns` says which part is whose."""
        return self._named.sums(items)
