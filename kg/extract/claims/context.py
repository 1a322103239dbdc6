"""What the words around a number and around a candidate say of them and of their link.

The named features of `describe` and `relate` say where things stand; the states say what is written there. `WordLayers` read the
words, with names and numbers marked as such; the state of a number goes to the `Judge`, and those of a number and of the places of a
candidate are added to what the first layer of a role's `Ranker` sees.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
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
    """(R, 2 W, K + H): from a number's state and its neighbours', what is multiplied and what is added."""
    number_bias: Array
    place: Array
    """(R, W, K + H): the same from the candidate's nearest place."""
    place_bias: Array
    everywhere: Array
    """(R, W, H): what is added from the mean over its places."""
    everywhere_bias: Array
    product: Array
    """(R, K, H): from the product of number and place."""
    nothing: Array
    """(R, 1, K + H): what stands for the place of "nothing"."""

    def join(self, number: Array, place: Array, everywhere: Array, roles: int | slice = slice(None)) -> Array:
        """(R, N, H): what is added for N candidates, from (R, 1, K + H), (R, N, K + H) and (R, N, H); for one role without the R."""
        products = self.product.shape[1]
        multiplied: Array = place[..., :products] * number[..., :products]
        result: Array = np.matmul(multiplied, self.product[roles])
        result += place[..., products:]
        result += number[..., products:]
        result += everywhere
        return result

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


@dataclass(frozen=True, slots=True)
class Look:
    """A paper as seen from one of its numbers."""

    number: Array
    """(R, 1, K + H): what the words of the number and beside it say."""
    names: Array
    """(R, 1 + N, H): what is added for "nothing", then for each name of the passage."""


class ReadWords:
    """The words of a paper as the layers read them."""

    def __init__(self, layers: WordLayers, passage: Passage, words: WordStates) -> None:
        self._words = words
        numbers = layers.numbers(map(passage.text.__getitem__, map(slice, words.starts, words.ends)))
        states = layers.encode(words.states, numbers, mark_words(passage, words))
        # The last row is what stands before the first word and behind the last.
        self._states = np.concatenate([states, np.zeros((1, states.shape[1]), np.float32)])

    def number(self, site: Site) -> Array:
        """(2 W,): the state of a number, then that of what stands beside it."""
        first, last = word_span(self._words, site.quantity.start, site.quantity.end)
        states = self._states
        return np.concatenate([states[first:last].mean(axis=0), (states[first - 1] + states[last]) / np.float32(2)])

    def means(self, spans: Sequence[tuple[int, int] | None]) -> Array:
        """(N, W): the mean state of each span; zeros for one that is nowhere."""
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


class Context:
    """A paper's names as the network sees them, with the words around."""

    def __init__(self, network: ContextNetwork, roles: Sequence[str], passage: Passage, words: ReadWords) -> None:
        self._network, self._words = network, words
        self._rank = {role: rank for rank, role in enumerate(roles)}
        self._spans = [
            [(spot.start, spot.end) for spot in passage.places(name)[:PLACES]] for name in range(len(passage.names))
        ]
        sizes = np.array([*map(len, self._spans)], np.intp)
        starts = np.cumsum(sizes) - sizes
        self._starts = (starts + 1).tolist()  # "nothing" comes first
        means = words.means([span for spans in self._spans for span in spans])
        every = np.add.reduceat(means, starts, axis=0) / sizes[:, None].astype(np.float32)
        everywhere = every @ network.everywhere + network.everywhere_bias
        self._places = np.concatenate([network.nothing, means @ network.place + network.place_bias], axis=1)
        self._everywhere = np.concatenate(
            [np.zeros_like(everywhere, shape=network.everywhere_bias.shape), everywhere], 1
        )

    def look(self, site: Site) -> Look:
        """What the words say of a number, and of it with each name."""
        network = self._network
        number = (self._words.number(site) @ network.number)[:, None] + network.number_bias
        rows = [0, *(start + nearest(spans, site) for start, spans in zip(self._starts, self._spans, strict=True))]
        return Look(number, network.join(number, self._places.take(rows, axis=1), self._everywhere))

    def add(self, role: str, look: Look, candidates: Sequence[Candidate]) -> Array:
        """What is added to the first layer of a role's ranker: a row for "nothing", then one for each candidate."""
        rank, network = self._rank[role], self._network
        result: Array = look.names[rank].take([0, *(candidate.entity + 1 for candidate in candidates)], axis=0)
        rest = [row for row, candidate in enumerate(candidates, 1) if candidate.entity < 0]
        if rest:
            spots = [candidates[row - 1].left or candidates[row - 1].right for row in rest]
            means = self._words.means([(spot.start, spot.end) if spot else None for spot in spots])
            place = means @ network.place[rank] + network.place_bias[rank]
            everywhere = means @ network.everywhere[rank] + network.everywhere_bias[rank]
            result[rest] = network.join(look.number[rank], place, everywhere, rank)
        return result
