"""Weights whose first part is a table with a row for each named feature, summed with NumPy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import repeat
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from kg.extract.tables import join_words, split_words

Array = NDArray[np.float32]
_NOTHING = repeat(0)


@dataclass(frozen=True, slots=True)
class NamedWeights:
    """What is summed for lists of features; further parts, which are arrays, come with what is made of the sums."""

    rows: dict[str, int]
    """Which row of the table a feature has; row 0 is zero."""
    table: Array

    def sums(self, items: Sequence[Sequence[str]]) -> Array:
        """For each list of features the sum of their rows of the table; unknown features count nothing."""
        get = self.rows.get
        flat: list[int] = []
        offsets: list[int] = []
        for item in items:
            offsets.append(len(flat))
            flat.append(0)  # row 0 is zero: no segment is ever empty, and unknown features may have it
            flat.extend(map(get, item, _NOTHING))
        result: Array = np.add.reduceat(self.table.take(flat, axis=0), offsets, axis=0)
        return result

    def save(self, path: Path) -> None:
        """Writes the weights as one compressed file, in half precision."""
        parts = {part.name: getattr(self, part.name).astype(np.float16) for part in fields(self)[1:]}
        np.savez_compressed(path, names=join_words(self.rows), **parts)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Inverse of `save`."""
        with np.load(path) as data:
            parts = {part.name: data[part.name].astype(np.float32) for part in fields(cls)[1:]}
            return cls(split_words(data["names"]), **parts)


def softmax(scores: Array) -> Array:
    """Along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Array = raised / raised.sum(axis=-1, keepdims=True)
    return result
