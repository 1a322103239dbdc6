"""Annotated papers ready for the network: all spans that may be names, grouped by form, with what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from kg.extract.entities.candidates import Candidates, Counts, abbreviated, can_end, is_known
from kg.extract.entities.cues import cues, mark_cues
from kg.extract.entities.encoder import context_codes, context_rows
from kg.extract.entities.forms import FEATURES, evidence
from kg.extract.entities.memory import Memory
from kg.extract.entities.words import BREAK, LONGEST, Letters, Words, drop_plural
from kg.training.entity_gold import OPTIONAL, Example, remember, without
from kg.vocabulary import Vocabulary

Array = NDArray[np.float32]
TAUGHT = 0.5
"""How much a paper labelled by a teacher counts beside an annotated one."""
UNKNOWN = -1
"""Whether a paper introduces a form is not known: it is no method or dataset, or optional."""


@dataclass(slots=True)
class Spans:
    """One paper: spans of words by form (`offsets`), labels and flags by form, memory without this paper."""

    example: Example
    memory: Memory
    counts: Counts
    context: NDArray[np.int64]
    keys: list[str]
    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]
    offsets: NDArray[np.int64]
    labels: NDArray[np.int64]
    introduced: Array
    """How likely the paper introduces each form; `UNKNOWN` where that is not asked."""
    always: NDArray[np.bool_]
    """Forms that are candidates whatever the network sees: known names, abbreviations and their long forms."""
    marks: tuple[Array, Array]
    partners: dict[str, str]
    shorts: set[str]
    soft: Array | None = None
    """What a teacher thinks that each form is, where the paper is not annotated."""
    edges: Array | None = None
    """What a teacher thinks of where names begin and end."""
    _numbers: dict[int, Array] = field(default_factory=dict, init=False)

    def choose(self, forms: NDArray[np.int64]) -> tuple[Candidates, Array]:
        """The given forms as candidates, with their evidence."""
        chosen = self._places(forms)
        return chosen, np.concatenate([self._evidence(forms), cues(self.marks, chosen)], axis=1)

    def _places(self, forms: NDArray[np.int64]) -> Candidates:
        sizes = self.offsets[forms + 1] - self.offsets[forms]
        ends = np.cumsum(sizes)
        at = np.repeat(self.offsets[forms] - ends + sizes, sizes) + np.arange(int(sizes.sum()))
        offsets = np.concatenate([[0], ends])
        keys = [self.keys[form] for form in forms.tolist()]
        return Candidates(keys, self.firsts[at], self.lasts[at], offsets, self.partners, self.shorts)

    def of(self, forms: NDArray[np.int64]) -> Spans:
        """The paper with these forms alone."""
        chosen = self._places(forms)
        return replace(
            self,
            keys=chosen.keys,
            firsts=chosen.firsts,
            lasts=chosen.lasts,
            offsets=chosen.offsets,
            labels=self.labels[forms],
            introduced=self.introduced[forms],
            always=self.always[forms],
            soft=None if self.soft is None else self.soft[forms],
        )

    def targets(self, forms: NDArray[np.int64]) -> tuple[Array, Array]:
        """Probabilities to learn for the given forms, and how much each counts."""
        if self.soft is not None:
            return self.soft[forms], np.full(len(forms), TAUGHT, np.float32)
        labels = self.labels[forms]
        return np.eye(5, dtype=np.float32)[np.maximum(labels, 0)], (labels != OPTIONAL).astype(np.float32)

    def _evidence(self, forms: NDArray[np.int64]) -> Array:
        for form in forms.tolist():
            if form not in self._numbers:
                low, high = self.offsets[form], self.offsets[form + 1]
                one = Candidates(
                    [self.keys[form]],
                    self.firsts[low:high],
                    self.lasts[low:high],
                    np.array([0, high - low]),
                    self.partners,
                    self.shorts,
                )
                self._numbers[form] = evidence(self.example.words, one, self.memory, self.counts)[0]
        rows = [self._numbers[form] for form in forms.tolist()]
        return np.array(rows, np.float32).reshape(len(rows), FEATURES)


def make_spans(example: Example, memory: Memory, counts: Counts) -> Spans:
    """All spans of a paper that could be names."""
    words = example.words
    matches = memory.index.find(words)
    found = places_of(words.squashed)
    keys = sorted(found, key=lambda key: found[key][0])
    places = np.array([place for key in keys for place in found[key]], np.int64).reshape(-1, 2)
    partners, shorts = abbreviated(words, Letters(words.squashed), example.document.abbreviations)
    known = {match.key for match in matches if is_known(match.key, memory, counts)} | partners.keys()
    return Spans(
        example,
        memory,
        counts,
        context_rows(context_codes(words, matches, memory, counts)),
        keys,
        places[:, 0],
        places[:, 1],
        np.cumsum([0, *(len(found[key]) for key in keys)]),
        np.array([example.labels.get(key, 0) for key in keys]),
        np.array([float(example.introduced.get(key, UNKNOWN)) for key in keys], np.float32),
        np.array([key in known for key in keys]),
        mark_cues(words.words),
        partners,
        shorts,
    )


def prepare(examples: Sequence[Example], vocabulary: Vocabulary) -> tuple[Memory, list[Spans]]:
    """What all papers teach of names, and each paper with what the others teach."""
    counts, own = remember(examples)
    memory = Memory(counts, vocabulary)
    spans = [
        make_spans(example, memory, without(counts, mine, memory.index.find(example.words)))
        for example, mine in zip(examples, own, strict=True)
    ]
    return memory, spans


def places_of(squashed: list[tuple[str, bool]]) -> dict[str, list[tuple[int, int]]]:
    """First and last word of every span that could be a name, by key."""
    found: dict[str, list[tuple[int, int]]] = {}
    for first, (start, _) in enumerate(squashed):
        if not can_end(start):
            continue
        key = ""
        for last in range(first, min(first + LONGEST, len(squashed))):
            full, may = squashed[last]
            if full == BREAK:
                break
            key += full
            if full:
                found.setdefault(drop_plural(key, may), []).append((first, last))
    return found


def boundary_labels(spans: Spans) -> Array:
    """For each word whether a name begins and ends there; -1 where an optional one does."""
    if spans.edges is not None:
        return spans.edges
    result = np.zeros((len(spans.example.words), 2), np.float32)
    labels = np.repeat(spans.labels, np.diff(spans.offsets))
    for wanted, value in ((labels == OPTIONAL, -1), (labels > 0, 1)):
        result[spans.firsts[wanted], 0] = value
        result[spans.lasts[wanted], 1] = value
    return result


def words_of(spans: Spans) -> Words:
    """The paper's words."""
    return spans.example.words
