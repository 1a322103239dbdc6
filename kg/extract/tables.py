"""How files of weights keep a table that has a row for each word or name: the words as one array, the rows in bytes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

PARTING = "\0"
"""Stands between the words. A line break would not do: it is one of them."""


def join_words(words: Iterable[str]) -> NDArray[np.uint8]:
    """Words in their order as one array."""
    return np.frombuffer(PARTING.join(words).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def split_words(joined: NDArray[np.generic]) -> dict[str, int]:
    """Inverse of `join_words`: the row of each word, from 1 on; row 0 is of the words that are not known."""
    words = joined.tobytes().decode("utf-8", "surrogatepass").split(PARTING) if joined.size else []
    return {word: row for row, word in enumerate(words, 1)}


def in_bytes(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """The rows of a table in bytes, and the scale of each row, by which it is to be multiplied."""
    scale = np.abs(table).max(axis=1, keepdims=True) / np.float32(127) + np.float32(1e-9)
    return np.rint(table / scale).astype(np.int8), scale
