"""A small network over sparse named features, run with NumPy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
_NOTHING = repeat(0)


@dataclass(frozen=True, slots=True)
class Network:
    """Sums one row per known feature, then adds a linear part and a hidden layer of rectified units.

    `table` has a row per feature: the first `outputs` columns are the linear part, the others feed the hidden units.
    """

    rows: dict[str, int]
    table: Array
    bias: Array
    top: Array
    outputs: int

    def scores(self, items: Sequence[Sequence[str]]) -> Array:
        """A row of `outputs` scores for each list of features; unknown features count nothing."""
        return self.finish(self.sums(items))

    def sums(self, items: Sequence[Sequence[str]]) -> Array:
        """For each list of features the sum of their rows of the table."""
        return _sums(self.rows, self.table, items)

    def finish(self, sums: Array) -> Array:
        """Scores from sums of rows."""
        summed = sums + self.bias
        hidden: Array = np.maximum(summed[:, self.outputs :], np.float32(0.0))
        result: Array = summed[:, : self.outputs] + hidden @ self.top
        return result

    def save(self, path: Path) -> None:
        """Writes the network as one compressed file, weights in half precision."""
        names = np.frombuffer("\n".join(self.rows).encode("utf-8"), dtype=np.uint8)
        half = np.float16
        np.savez_compressed(
            path, names=names, table=self.table.astype(half), bias=self.bias.astype(half), top=self.top.astype(half)
        )

    @classmethod
    def load(cls, path: Path) -> Network:
        """Inverse of `save`."""
        with np.load(path) as data:
            names = data["names"].tobytes().decode("utf-8").split("\n")
            table, bias, top = (data[name].astype(np.float32) for name in ("table", "bias", "top"))
        return cls({name: row for row, name in enumerate(names)}, table, bias, top, top.shape[1])


class Shared:
    """The tables of several networks side by side, for features that all of them look at."""

    def __init__(self, networks: Mapping[str, Network]) -> None:
        names = dict.fromkeys(name for network in networks.values() for name in network.rows)
        self._rows = {name: row for row, name in enumerate(names)}  # row 0 is zero, as in each of them
        self.columns: dict[str, slice] = {}
        tables = []
        at = 0
        for role, network in networks.items():
            table = np.zeros((len(names), network.table.shape[1]), np.float32)
            table[[self._rows[name] for name in network.rows]] = network.table
            tables.append(table)
            self.columns[role] = slice(at, at + table.shape[1])
            at += table.shape[1]
        self._table = np.concatenate(tables, axis=1)

    def sums(self, items: Sequence[Sequence[str]]) -> Array:
        """For each list of features the sum of their rows; `columns` says which part is whose."""
        return _sums(self._rows, self._table, items)


def _sums(rows: Mapping[str, int], table: Array, items: Sequence[Sequence[str]]) -> Array:
    get = rows.get
    flat: list[int] = []
    offsets: list[int] = []
    for item in items:
        offsets.append(len(flat))
        flat.append(0)  # row 0 is zero: no segment is ever empty, and unknown features may have it
        flat.extend(map(get, item, _NOTHING))
    result: Array = np.add.reduceat(table.take(flat, axis=0), offsets, axis=0)
    return result


def softmax(scores: Array) -> Array:
    """Along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Array = raised / raised.sum(axis=-1, keepdims=True)
    return result
