"""What speaks for and against a form being an entity, gathered over the whole paper; and the network that decides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from struct import Struct

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
    """Numbers for each form: what is known of it, where it stands, how it looks. Between -1 and 4 or so."""
    remembered, listed = memory.counts if counts is None else counts, memory.listed
    keys, starts = candidates.keys, candidates.offsets[:-1]
    firsts, lasts = candidates.firsts[starts], candidates.lasts[starts]
    forms = [*map(words.form, firsts.tolist(), lasts.tolist())]
    rows = np.zeros((len(keys), FEATURES), np.float32)
    rows[:, :11] = _stacked([_known(remembered.get(key, NOTHING), listed.get(key, _UNLISTED)) for key in keys])
    _set_title(rows[:, 11:15], words, firsts, lasts)
    counts_here = np.diff(candidates.offsets)
    rows[:, 15] = counts_here > 1
    rows[:, 16] = np.minimum(counts_here, 6) / 3
    rows[:, 17] = np.minimum([*map(len, forms)], 40) / 20
    rows[:, 18] = firsts / max(1, len(words))
    rows[:, 19:25] = _stacked([*map(_looks, forms)])
    if candidates.partners:
        rows[:, 25] = [key in candidates.partners for key in keys]
        rows[:, 26] = [key in candidates.shorts for key in keys]
    rows[:, 27] = len(words) / 200
    return rows


def rivalry(boundaries: Array, candidates: Candidates) -> Array:
    """How a form's ends compare with those of forms that share words with it; log probabilities over 6.

    Columns: the form's own best place; at its places the best of the longer forms around it (least and largest over
    places); the best of shorter or crossing ones; the largest lead over all of them.
    """
    if not candidates.keys:
        return np.zeros((0, RIVALRY), np.float32)
    firsts, lasts, starts = candidates.firsts, candidates.lasts, candidates.offsets[:-1]
    own = np.maximum(boundaries[firsts, 0] + boundaries[lasts, 1], _WORST)
    longer, shorter = _rivals(firsts, lasts, own)
    columns = (
        np.maximum.reduceat(own, starts),
        np.minimum.reduceat(longer, starts),
        np.maximum.reduceat(longer, starts),
        np.maximum.reduceat(shorter, starts),
        np.maximum.reduceat(own - np.maximum(longer, shorter), starts),
    )
    return np.stack(columns, axis=1).astype(np.float32) / np.float32(6)


def _rivals(firsts: NDArray[np.int64], lasts: NDArray[np.int64], own: Array) -> tuple[Array, Array]:
    """For each place the best of the longer ones around it, and of the shorter or crossing ones.

    Places are compared in blocks with those that can reach them, so that the time grows with their number, not its square.
    """
    longer, shorter = np.empty_like(own), np.empty_like(own)
    order = np.argsort(firsts, kind="stable")
    begins, furthest = firsts[order], (lasts - firsts).max()
    for at in range(0, len(order), _BLOCK):
        rows = order[at : at + _BLOCK]
        low, high = np.searchsorted(begins, [firsts[rows[0]] - furthest, lasts[rows].max() + 1])
        others = order[low:high]
        first, last = firsts[rows, None], lasts[rows, None]
        inside = (first >= firsts[others]) & (last <= lasts[others])
        over = (first <= lasts[others]) & (last >= firsts[others]) & ~inside
        inside &= rows[:, None] != others
        longer[rows] = np.where(inside, own[others], _WORST).max(axis=1)
        shorter[rows] = np.where(over, own[others], _WORST).max(axis=1)
    return longer, shorter


def _stacked(rows: Sequence[bytes]) -> Array:
    """Packed numbers as rows of one array."""
    return np.frombuffer(b"".join(rows), np.float32).reshape(len(rows), -1)


@lru_cache(maxsize=1 << 14)
def _known(seen: tuple[int, ...], levels: tuple[int, ...]) -> bytes:
    total = sum(seen)
    shares = [count / (total + 1) for count in seen]
    listed = [level == 2 for level in levels]
    return np.array([*shares, float(np.log1p(total)) / 2, *listed, 1 in levels], np.float32).tobytes()


def _looks(form: str) -> bytes:
    inner = form[1:]
    return _LOOKS.pack(
        form.islower(),
        form.isupper(),
        form[0].isupper(),
        _DIGIT.search(form) is not None,
        inner != inner.lower(),
        "-" in form,
    )


def _set_title(rows: Array, words: Words, firsts: NDArray[np.int64], lasts: NDArray[np.int64]) -> None:
    """Whether a form stands first in the title, at its head, before a colon, at its end."""
    at = np.flatnonzero(firsts < words.title)
    rows[at, 0] = 1
    rows[at, 1] = firsts[at] == 0
    rows[at, 2] = [words.words[last + 1] == ":" for last in lasts[at].tolist()]
    rows[at, 3] = lasts[at] + 1 >= words.title


FEATURES = 28
RIVALRY = 5
_WORST = np.float32(-12)
_BLOCK = 512
_UNLISTED = (0, 0, 0, 0)
_LOOKS = Struct("6f")
_DIGIT = re.compile(r"\d")


def agree(shares: Array, introduced: Array, candidates: Candidates) -> None:
    """A short form and its long form are one thing: both get the mean of what the network thinks of each."""
    row_of = {key: row for row, key in enumerate(candidates.keys)}
    for short in sorted(candidates.shorts):  # two may share one long form: then the order counts
        one, other = row_of.get(short), row_of.get(candidates.partners[short])
        if one is not None and other is not None:
            shares[one] = shares[other] = (shares[one] + shares[other]) / 2
            introduced[one] = introduced[other] = (introduced[one] + introduced[other]) / 2


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
        mean = np.add.reduceat(places, starts, axis=0)
        mean /= np.diff(candidates.offsets)[:, None].astype(np.float32)
        joined = np.concatenate([largest, mean, self._partners(largest, candidates), numbers], axis=1)
        scores = np.maximum(joined @ self.pooled + self.pooled_bias, np.float32(0)) @ self.top + self.top_bias
        raised = np.exp(scores[:, :OUTCOMES] - scores[:, :OUTCOMES].max(axis=1, keepdims=True))
        shares = raised / raised.sum(axis=1, keepdims=True)
        introduced = 1 / (1 + np.exp(-scores[:, OUTCOMES]))
        if candidates.shorts:
            agree(shares, introduced, candidates)
        return shares, introduced

    def _places(self, hidden: Array, firsts: NDArray[np.int64], lasts: NDArray[np.int64]) -> Array:
        size, lengths = len(hidden), lasts - firsts + 1
        # The words between two rows of zeros, then the means: one look gathers all five blocks of a row.
        rows = np.zeros((size + 2 + len(firsts), hidden.shape[1]), np.float32)
        rows[1 : size + 1] = hidden
        mean = hidden.take(firsts, axis=0)
        for further in range(1, int(lengths.max())):
            longer = np.flatnonzero(lengths > further)
            mean[longer] += hidden.take(firsts[longer] + further, axis=0)
        np.divide(mean, lengths[:, None].astype(np.float32), out=rows[size + 2 :])
        means = np.arange(size + 2, len(rows))
        blocks = np.stack([firsts + 1, lasts + 1, means, firsts, lasts + 2], axis=1)
        result: Array = rows.take(blocks, axis=0).reshape(len(firsts), -1) @ self.span
        result += self.sizes.take(lengths - 1, axis=0)
        return np.maximum(result, np.float32(0), out=result)

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
