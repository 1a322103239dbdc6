"""Rows of numbers that are worked out when they are first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
T = TypeVar("T", bound=np.generic)


class KeptRows:
    """A row of `width` numbers by place; what `make` gives for a place must not hang on those that come with it."""

    def __init__(self, width: int, make: Callable[[list[int]], Array]) -> None:
        self._make = make
        self._rows = np.zeros((0, width), np.float32)
        self._made = np.zeros(0, np.bool_)

    def take(self, places: NDArray[np.int64]) -> Array:
        """The rows of the places, one for each, as a new array."""
        needed = int(places.max(initial=-1)) + 1
        if needed > len(self._made):  # room is doubled, so that growing costs little
            grown = max(2 * needed, 4096)
            self._rows, self._made = longer(self._rows, grown), longer(self._made, grown)
        made = self._made.take(places)
        if not made.all():
            new = np.unique(places[~made])
            self._rows[new] = self._make(new.tolist())
            self._made[new] = True
        result: Array = self._rows.take(places, axis=0)
        return result


def longer(rows: NDArray[T], size: int) -> NDArray[T]:
    """The same rows with zeros behind them."""
    result = np.zeros((size, *rows.shape[1:]), rows.dtype)
    result[: len(rows)] = rows
    return result
