"""What a teacher's states of words hold, in few columns: the layers over the words learn to tell it as well.

A wide network's states guide a thin one (FitNets, Romero et al., 2015, arXiv 1412.6550): each word says something, not only
the few that a claim is linked to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.claims.named import Array
from kg.extract.document import WordStates

COLUMNS = 96
"""Principal components that are kept; of a teacher 768 wide they hold seven tenths of the variance."""
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hints:
    """The principal components of a teacher's states, scaled so that all of them together vary by 1."""

    mean: Array
    basis: Array
    """(D, COLUMNS)"""

    @classmethod
    def fit(cls, states: Iterable[Array]) -> Hints:
        """From states of pieces of papers, (P, D) each."""
        seen = np.concatenate([*states]).astype(np.float64)
        mean = seen.mean(axis=0)
        variances, directions = np.linalg.eigh(np.cov(seen - mean, rowvar=False))
        kept = directions[:, ::-1][:, :COLUMNS] / np.sqrt(variances[::-1][:COLUMNS].sum())
        return cls(mean.astype(np.float32), kept.astype(np.float32))

    def of(self, states: Array, starts: Places, ends: Places, words: WordStates) -> NDArray[np.float16]:
        """(N, COLUMNS): the mean of the pieces that each word touches, of which one paper has the `states` and the places in its text."""
        sums = np.concatenate([np.zeros((1, len(self.mean))), np.cumsum(states, axis=0, dtype=np.float64)])
        first = np.minimum(np.searchsorted(ends, words.starts, side="right"), len(states) - 1)
        last = np.maximum(np.searchsorted(starts, words.ends, side="left"), first + 1)
        means = (sums[last] - sums[first]) / (last - first)[:, None]
        result: NDArray[np.float16] = ((means - self.mean) @ self.basis).astype(np.float16)
        return result
