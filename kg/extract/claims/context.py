"""What the words around a number and around a candidate say of their link.

The named features of `relate` say where things stand; the states say what is written there. `WordLayers` read the words,
with names and numbers marked as such; the states of a number and of the places of a candidate are then added to what the
first layer of a role's `Ranker` sees.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.extract.claims.candidates import Candidate
from kg.extract.claims.describe import Site
from kg.extract.claims.layers import WordLayers
from kg.extract.claims.passage import Passage
from kg.extract.document import WordStates

Array = NDArray[np.float32]
KNOWN = ("method", "dataset", "metric", "task", "name", "?method", "?dataset", "?metric", "?task")
NUMBER_MARK = 2 * len(KNOWN) + 1
PLACES = 8
"""Places of a candidate that are looked at, in the order of the text."""


def marked(passage: Passage) -> Iterator[tuple[int, int, int]]:
    """Spans with their marks: names by type and whether the paper introduces them, then numbers; later ones cover earlier."""
    for spot in passage.spots:
        kind = KNOWN.index(passage.kinds[spot.entity])
        yield spot.start, spot.end, 1 + 2 * kind + bool(passage.names[spot.entity].introduced)
    for quantity in passage.quantities:
        if quantity.is_candidate:
            yield quantity.start, quantity.end, NUMBER_MARK


def mark_words(passage: Passage, words: WordStates) -> NDArray[np.int64]:
    """The mark of each word, 0 where there is none."""
    marks = np.zeros(len(words), np.int64)
    for start, end, mark in marked(passage):
        first, last = word_span(words, start, end)
        marks[first:last] = mark
    return marks


def word_span(words: WordStates, start: int, end: int) -> tuple[int, int]:
    """The words [first, last) that a span of the text touches; one at least."""
    first = min(bisect_right(words.ends, start), len(words) - 1)
    return first, max(first + 1, bisect_left(words.starts, end))


def nearest(spans: Sequence[tuple[int, int]], site: Site) -> int:
    """Which of the spans, of which there is one at least, has its middle nearest to the start of a number."""
    at = 2 * site.quantity.start
    distances = [abs(start + end - at) for start, end in spans]
    return distances.index(min(distances))


@dataclass(frozen=True, slots=True)
class ContextNetwork:
    """Weights. With words' states of width W, R roles, K columns that are multiplied and H units of a role's first layer:"""

    layers: WordLayers
    number: Array
    """(2 W, R (K + H)): from a number's state and its neighbours', for each role what is multiplied and what is added."""
    number_bias: Array
    place: Array
    """(W, R (K + H)): the same from the candidate's nearest place."""
    place_bias: Array
    everywhere: Array
    """(W, R H): what is added from the mean over its places."""
    everywhere_bias: Array
    product: Array
    """(R, K, H): from the product of number and place."""
    nothing: Array
    """(R, K + H): what stands for the place of "nothing"."""

    def save(self, folder: Path) -> None:
        """Writes the weights as two compressed files into a folder, in half precision."""
        parts = {part.name: getattr(self, part.name).astype(np.float16) for part in fields(self)[1:]}
        np.savez_compressed(folder / "context.npz", **parts)
        self.layers.save(folder / "layers.npz")

    @classmethod
    def load(cls, folder: Path) -> ContextNetwork:
        """Inverse of `save`."""
        layers = WordLayers.load(folder / "layers.npz")
        with np.load(folder / "context.npz") as data:
            return cls(layers, **{name: data[name].astype(np.float32) for name in data.files})


class Context:
    """A paper as the network read it."""

    def __init__(self, network: ContextNetwork, roles: Sequence[str], passage: Passage, words: WordStates) -> None:
        self._network, self._words = network, words
        self._rank = {role: rank for rank, role in enumerate(roles)}
        _, self._products, self._hidden = network.product.shape
        numbers = network.layers.numbers(map(passage.text.__getitem__, map(slice, words.starts, words.ends)))
        states = network.layers.encode(words.states, numbers, mark_words(passage, words))
        # The last row is what stands before the first word and behind the last.
        self._states = np.concatenate([states, np.zeros((1, states.shape[1]), np.float32)])
        self._spans = [
            [(spot.start, spot.end) for spot in passage.places(name)[:PLACES]] for name in range(len(passage.names))
        ]
        means = self._means([span for spans in self._spans for span in spans])
        self._places = means @ network.place + network.place_bias
        bounds = [0, *accumulate(map(len, self._spans))]
        self._starts = bounds[:-1]
        every = [means[first:last].mean(axis=0) for first, last in pairwise(bounds)]
        self._everywhere = np.array(every, np.float32).reshape(-1, means.shape[1]) @ network.everywhere
        self._everywhere += network.everywhere_bias

    def number(self, site: Site) -> Array:
        """What the words of a number and beside it say, for all roles; for `add`."""
        first, last = word_span(self._words, site.quantity.start, site.quantity.end)
        states = self._states
        beside = (states[first - 1] + states[last]) / np.float32(2)
        result: Array = np.concatenate([states[first:last].mean(axis=0), beside]) @ self._network.number
        return result + self._network.number_bias

    def add(self, role: str, site: Site, number: Array, candidates: Sequence[Candidate]) -> Array:
        """What is added to the first layer of a role's ranker: a row for "nothing", then one for each candidate."""
        network, rank, products, width = self._network, self._rank[role], self._products, self._products + self._hidden
        columns = slice(rank * width, (rank + 1) * width)
        known = [row for row, candidate in enumerate(candidates, 1) if candidate.entity >= 0]
        rest = [row for row, candidate in enumerate(candidates, 1) if candidate.entity < 0]
        places = np.empty((len(candidates) + 1, width), np.float32)
        places[0] = network.nothing[rank]
        own = slice(rank * self._hidden, (rank + 1) * self._hidden)
        if known:
            names = [candidates[row - 1].entity for row in known]
            places[known] = self._places[[self._nearest(name, site) for name in names], columns]
            places[known, products:] += self._everywhere[names, own]
        if rest:
            spots = [candidates[row - 1].left or candidates[row - 1].right for row in rest]
            means = self._means([(spot.start, spot.end) if spot else None for spot in spots])
            places[rest] = means @ network.place[:, columns] + network.place_bias[columns]
            places[rest, products:] += means @ network.everywhere[:, own] + network.everywhere_bias[own]
        told = number[columns]
        result: Array = places[:, products:] + told[products:]
        result += (places[:, :products] * told[:products]) @ network.product[rank]
        return result

    def _nearest(self, name: int, site: Site) -> int:
        return self._starts[name] + nearest(self._spans[name], site)

    def _means(self, spans: Sequence[tuple[int, int] | None]) -> Array:
        """The mean state of each span; zeros for one that is nowhere."""
        if not spans:
            return np.zeros((0, self._states.shape[1]), np.float32)
        nowhere = len(self._words), len(self._words) + 1
        first, last = np.array([word_span(self._words, *span) if span else nowhere for span in spans]).T
        sizes = last - first
        starts = np.cumsum(sizes) - sizes
        rows = np.arange(starts[-1] + sizes[-1]) + np.repeat(first - starts, sizes)
        result: Array = np.add.reduceat(self._states.take(rows, axis=0), starts, axis=0)
        result /= sizes[:, None].astype(np.float32)
        return result
