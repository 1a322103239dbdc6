"""What speaks for and against a form being an entity, gathered over the whole paper; and the network that decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.extract.entities.candidates import Candidates, Counts
from kg.extract.entities.memory import NOTHING, Memory
from kg.extract.entities.words import Words

Array = NDArray[np.float32]
OUTCOMES = 5
"""Nothing, method, dataset, metric, task; behind them stands a score for being introduced by the paper."""
SIZES = 8
"""Lengths in words that are told apart."""


def evidence(words: Words, candidates: Candidates, memory: Memory, counts: Counts | None = None) -> Array:
    """Numbers for each form: what is known of it, how it looks, where it stands. Between -1 and 4 or so."""
    remembered = memory.counts if counts is None else counts
    places = list(zip(candidates.firsts.tolist(), candidates.lasts.tolist(), strict=True))
    offsets = candidates.offsets.tolist()
    rows = []
    for key, low, high in zip(candidates.keys, offsets, offsets[1:], strict=False):
        known = _known(remembered.get(key, NOTHING), memory.listed.get(key, _UNLISTED))
        first, last = places[low]
        form = words.form(first, last)
        stands = _stands(words, first, last, high - low, len(form))
        partner = (float(key in candidates.partners), float(key in candidates.shorts))
        rows.append((*known, *stands, *_looks(form), *partner, len(words) / 200))
    return np.array(rows, np.float32)


def rivalry(boundaries: Array, candidates: Candidates) -> Array:
    """How a form's ends compare with those of forms that share words with it; log probabilities over 6.

    Columns: the form's own best place; at its places the best of the longer forms around it (least and largest over
    places); the best of shorter or crossing ones; the largest lead over all of them.
    """
    if not candidates.keys:
        return np.zeros((0, RIVALRY), np.float32)
    firsts, lasts, starts = candidates.firsts, candidates.lasts, candidates.offsets[:-1]
    own = np.maximum(boundaries[firsts, 0] + boundaries[lasts, 1], _WORST)
    inside = (firsts[:, None] >= firsts) & (lasts[:, None] <= lasts)
    over = (firsts[:, None] <= lasts) & (lasts[:, None] >= firsts) & ~inside
    np.fill_diagonal(inside, False)
    longer = np.where(inside, own, _WORST).max(axis=1)
    shorter = np.where(over, own, _WORST).max(axis=1)
    columns = (
        np.maximum.reduceat(own, starts),
        np.minimum.reduceat(longer, starts),
        np.maximum.reduceat(longer, starts),
        np.maximum.reduceat(shorter, starts),
        np.maximum.reduceat(own - np.maximum(longer, shorter), starts),
    )
    return np.stack(columns, axis=1).astype(np.float32) / np.float32(6)


@lru_cache(maxsize=1 << 14)
def _known(seen: tuple[int, ...], levels: tuple[int, ...]) -> tuple[float, ...]:
    total = sum(seen)
    shares = [count / (total + 1) for count in seen]
    return (*shares, float(np.log1p(total)) / 2, *(float(level == 2) for level in levels), float(1 in levels))


def _stands(words: Words, first: int, last: int, count: int, letters: int) -> tuple[float, ...]:
    in_title = first < words.title
    return (
        float(in_title),
        float(in_title and first == 0),
        float(in_title and words.words[last + 1] == ":"),
        float(in_title and last + 1 >= words.title),
        float(count > 1),
        min(count, 6) / 3,
        min(letters, 40) / 20,
        first / max(1, len(words)),
    )


@lru_cache(maxsize=1 << 15)
def _looks(form: str) -> tuple[float, ...]:
    return (
        float(form.islower()),
        float(form.isupper()),
        float(form[0].isupper()),
        float(any(map(str.isdigit, form))),
        float(any(map(str.isupper, form[1:]))),
        float("-" in form),
    )


FEATURES = 11 + 8 + 6 + 3
RIVALRY = 5
_WORST = np.float32(-12)
_UNLISTED = (0, 0, 0, 0)


def _agree(shares: Array, introduced: Array, candidates: Candidates) -> None:
    """A short form and its long form are one thing: both get the mean of what the network thinks of each."""
    row_of = {key: row for row, key in enumerate(candidates.keys)}
    for short in candidates.shorts:
        one, other = row_of.get(short), row_of.get(candidates.partners[short])
        if one is not None and other is not None:
            shares[[one, other]] = shares[[one, other]].mean(axis=0)
            introduced[[one, other]] = introduced[[one, other]].mean()


@dataclass(slots=True)
class FormNetwork:
    """Judges forms by the states of the words at and around all their places, by evidence, and by their partner."""

    boundary: Array
    boundary_bias: Array
    span: Array
    """Five blocks of rows: first word, last word, mean, word before, word after."""
    sizes: Array
    """A row for each length in words; holds the bias."""
    pooled: Array
    """Blocks of rows: largest and mean state over places, largest of the partner's, evidence."""
    pooled_bias: Array
    top: Array
    top_bias: Array

    def boundaries(self, hidden: Array) -> Array:
        """For each word the logarithms of the probabilities that a name begins and ends there."""
        scores = hidden @ self.boundary + self.boundary_bias
        result: Array = -np.logaddexp(np.float32(0), -scores)
        return result

    def judge(self, hidden: Array, candidates: Candidates, numbers: Array) -> tuple[Array, Array]:
        """A row of `OUTCOMES` probabilities for each form, and the probability that the paper introduces it."""
        places = self._places(hidden, candidates.firsts, candidates.lasts)
        starts = candidates.offsets[:-1]
        largest = np.maximum.reduceat(places, starts, axis=0)
        mean = np.add.reduceat(places, starts, axis=0) / np.diff(candidates.offsets)[:, None].astype(np.float32)
        joined = np.concatenate([largest, mean, self._partners(largest, candidates), numbers], axis=1)
        scores = np.maximum(joined @ self.pooled + self.pooled_bias, np.float32(0)) @ self.top + self.top_bias
        raised = np.exp(scores[:, :OUTCOMES] - scores[:, :OUTCOMES].max(axis=1, keepdims=True))
        shares = raised / raised.sum(axis=1, keepdims=True)
        introduced = 1 / (1 + np.exp(-scores[:, OUTCOMES]))
        _agree(shares, introduced, candidates)
        return shares, introduced

    def _places(self, hidden: Array, firsts: NDArray[np.int64], lasts: NDArray[np.int64]) -> Array:
        size, width = hidden.shape
        framed = np.zeros((size + 2, width), np.float32)
        framed[1:-1] = hidden
        summed = np.zeros((size + 1, width), np.float32)
        np.cumsum(hidden, axis=0, out=summed[1:])
        lengths = lasts - firsts + 1
        mean = (summed[lasts + 1] - summed[firsts]) / lengths[:, None].astype(np.float32)
        joined = np.concatenate([hidden[firsts], hidden[lasts], mean, framed[firsts], framed[lasts + 2]], axis=1)
        result: Array = np.maximum(joined @ self.span + self.sizes[lengths - 1], np.float32(0))
        return result

    @staticmethod
    def _partners(largest: Array, candidates: Candidates) -> Array:
        result = np.zeros_like(largest)
        if candidates.partners:
            row_of = {key: row for row, key in enumerate(candidates.keys)}
            for row, key in enumerate(candidates.keys):
                other = row_of.get(candidates.partners.get(key, ""))
                if other is not None:
                    result[row] = largest[other]
        return result

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """What a file keeps of it, in half precision."""
        return {name: getattr(self, name).astype(np.float16) for name in self.__slots__}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]]) -> FormNetwork:
        """Inverse of `arrays`."""
        return cls(**{name: arrays[name].astype(np.float32) for name in cls.__slots__})
