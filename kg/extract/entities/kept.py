"""Rows of numbers that were worked out once, kept for the next time their key comes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import repeat
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
K = TypeVar("K", bound=Hashable)
MOST = 1 << 16
"""Keys from which on all are forgotten."""
_NONE = repeat(-1)


class KeptRows(Generic[K]):
    """A row of `width` numbers by key; what `make` gives for a key must not hang on the keys that come with it."""

    def __init__(self, width: int, make: Callable[[list[K]], Array]) -> None:
        self._make = make
        self._places: dict[K, int] = {}
        self._rows = np.zeros((0, width), np.float32)

    def take(self, keys: Sequence[K]) -> Array:
        """The rows of the keys, one for each, as a new array."""
        places = self._places
        if len(places) > MOST:
            places.clear()
        found = [*map(places.get, keys, _NONE)]
        if -1 in found:
            self._add([key for key in dict.fromkeys(keys) if key not in places])
            found = [places[key] for key in keys]
        result: Array = self._rows.take(found, axis=0)
        return result

    def _add(self, new: list[K]) -> None:
        known, needed = len(self._places), len(self._places) + len(new)
        if needed > len(self._rows):  # room is doubled, so that growing costs little
            grown = np.zeros((max(2 * needed, 4096), self._rows.shape[1]), np.float32)
            grown[:known] = self._rows[:known]
            self._rows = grown
        self._rows[known:needed] = self._make(new)
        self._places.update(zip(new, range(known, needed), strict=True))
