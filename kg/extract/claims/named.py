"""Tables that have a row for each named feature, summed with NumPy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
_NOTHING = repeat(0)


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


def softmax(scores: Array) -> Array:
    """Along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Array = raised / raised.sum(axis=-1, keepdims=True)
    return result
