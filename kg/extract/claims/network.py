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
        summed = sum_rows(self.rows, self.table, items) + self.bias
        hidden: Array = np.maximum(summed[:, self.outputs :], np.float32(0.0))
        result: Array = summed[:, : self.outputs] + hidden @ self.top
        return result

    def save(self, path: Path) -> None:
        """Writes the network as one compressed file, weights in half precision."""
        parts = {name: getattr(self, name).astype(np.float16) for name in ("table", "bias", "top")}
        np.savez_compressed(path, names=join_names(self.rows), **parts)

    @classmethod
    def load(cls, path: Path) -> Network:
        """Inverse of `save`."""
        with np.load(path) as data:
            table, bias, top = (data[name].astype(np.float32) for name in ("table", "bias", "top"))
            return cls(split_names(data["names"]), table, bias, top, top.shape[1])


def sum_rows(rows: Mapping[str, int], table: Array, items: Sequence[Sequence[str]]) -> Array:
    """For each list of features the sum of their rows of the table, of which row 0 is zero; unknown features count nothing."""
    get = rows.get
    flat: list[int] = []
    offsets: list[int] = []
    for item in items:
        offsets.append(len(flat))
        flat.append(0)  # row 0 is zero: no segment is ever empty, and unknown features may have it
        flat.extend(map(get, item, _NOTHING))
    result: Array = np.add.reduceat(table.take(flat, axis=0), offsets, axis=0)
    return result


def join_names(rows: Mapping[str, int]) -> NDArray[np.uint8]:
    """The names of a table's rows, in order, as an array for a file."""
    return np.frombuffer("\n".join(rows).encode("utf-8"), dtype=np.uint8)


def split_names(names: NDArray[np.uint8]) -> dict[str, int]:
    """Inverse of `join_names`."""
    return {name: row for row, name in enumerate(names.tobytes().decode("utf-8").split("\n"))}


def softmax(scores: Array) -> Array:
    """Along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Array = raised / raised.sum(axis=-1, keepdims=True)
    return result
