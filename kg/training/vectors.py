"""Word vectors from counts: positive pointwise mutual information with neighbours, cut down by an SVD.

After Levy, Goldberg and Dagan, "Improving distributional similarity with lessons learned from word embeddings",
TACL 2015: contexts smoothed by the power 0.75, singular values weighted by the power 0.5. Neighbours at one and two
words' distance count by side and distance (what a word *is*), those within five without (what it is *about*).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.training.corpus import Corpus

NEAR, NEAR_WORDS = (-2, -1, 1, 2), 8000
WIDE, WIDE_WORDS = 5, 12000
SMOOTHING = 0.75


def count_vectors(corpus: Corpus, known: Mapping[str, int], width: int, seed: int = 1) -> NDArray[np.float32]:
    """A row for each known word (row 0 stays zero), columns of unit variance."""
    from sklearn.utils.extmath import randomized_svd

    matrix = _mutual_information(_counts(corpus, known))
    left, values, _ = randomized_svd(matrix, width, n_iter=3, random_state=seed)
    vectors: NDArray[np.float32] = (left * np.sqrt(values)).astype(np.float32)
    vectors[0] = 0
    vectors /= vectors[1:].std(axis=0) + np.float32(1e-6)
    return vectors


def _counts(corpus: Corpus, known: Mapping[str, int]) -> Any:
    from scipy.sparse import csr_matrix

    rows_of = np.array([known.get(word, 0) for word in corpus.lower()], np.int32)
    # Between abstracts stand as many unknown words as the widest window reaches.
    padded = np.zeros(len(corpus.ids) + WIDE * len(corpus), np.int32)
    places = np.arange(len(corpus.ids)) + WIDE * np.repeat(np.arange(len(corpus)), np.diff(corpus.offsets))
    padded[places] = rows_of[corpus.ids]
    columns = len(NEAR) * NEAR_WORDS + WIDE_WORDS
    total = csr_matrix((len(known) + 1, columns), dtype=np.float32)
    for distance in range(-WIDE, WIDE + 1):
        if distance == 0:
            continue
        word, other = (
            (padded[:-distance], padded[distance:]) if distance > 0 else (padded[-distance:], padded[:distance])
        )
        if distance in NEAR:
            total += _pairs(word, other, NEAR_WORDS, NEAR.index(distance) * NEAR_WORDS, total.shape, 1.0)
        weight = (WIDE + 1 - abs(distance)) / WIDE
        total += _pairs(word, other, WIDE_WORDS, len(NEAR) * NEAR_WORDS, total.shape, weight)
    return total


def _pairs(
    word: NDArray[np.int32], other: NDArray[np.int32], most: int, shift: int, shape: tuple[int, int], weight: float
) -> Any:
    from scipy.sparse import coo_matrix

    there = (word > 0) & (other > 0) & (other < most)
    data = np.full(int(there.sum()), weight, np.float32)
    return coo_matrix((data, (word[there], other[there] + shift)), shape=shape).tocsr()


def _mutual_information(counts: Any) -> Any:
    from scipy.sparse import csr_matrix

    by_row = np.asarray(counts.sum(axis=1)).ravel()
    by_column = np.asarray(counts.sum(axis=0)).ravel() ** SMOOTHING
    pairs = counts.tocoo()
    gain = np.log(pairs.data * by_column.sum() / (by_row[pairs.row] * by_column[pairs.col]))
    good = gain > 0
    return csr_matrix((gain[good].astype(np.float32), (pairs.row[good], pairs.col[good])), shape=counts.shape)
