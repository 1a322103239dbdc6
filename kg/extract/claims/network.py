"""A small network over sparse named features, run with NumPy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


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
        get = self.rows.get
        flat: list[int] = []
        offsets: list[int] = []
        for item in items:
            offsets.append(len(flat))
            flat.append(0)  # row 0 is zero: no segment is ever empty
            flat += [row for name in item if (row := get(name)) is not None]
        summed: Array = np.add.reduceat(self.table[flat], offsets, axis=0) + self.bias
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


def softmax(scores: Array) -> Array:
    """Along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Array = raised / raised.sum(axis=-1, keepdims=True)
    return result
