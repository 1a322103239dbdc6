"""Papers as the linkers learn from them: states of words, and for each decision features and places as arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.extract.claims.choose import ORDER
from kg.extract.claims.context import PLACES, mark_words, nearest, word_span
from kg.extract.claims.finder import HEADS
from kg.extract.claims.passage import Passage
from kg.extract.document import Document, WordStates
from kg.training.claim_decisions import Decision
from kg.training.claim_examples import Label, Number, Target

Rows = NDArray[np.int32]
NUMBERS = "numbers"
"""Stands beside the roles for what tells results from other numbers."""


@dataclass(frozen=True, slots=True)
class Question:
    """A decision with its right answer. Its rows are "nothing", then the candidates."""

    number: int
    """Which number of the lesson."""
    features: Rows
    """Numbers of the names of all rows' features, one row's after the other's."""
    offsets: Rows
    """Where each row's features begin, and where the last one's end."""
    near: Rows
    """(C, 2): the words [first, last) of each candidate's place nearest to the number; -1 where it has none."""
    places: Rows
    """(P, 2): the words of all places of the candidates, one candidate's after the other's."""
    counts: Rows
    """(C,): how many places each candidate has."""
    target: Target


@dataclass(frozen=True, slots=True)
class Lesson:
    """A paper with its numbers that may be results, and the questions that its claims pose, by role."""

    states: NDArray[np.float16]
    """(N, S): a row for each word, as the recogniser left it."""
    words: Rows
    """(N,): which word it is, in lower case, as `Names` numbers them."""
    marks: NDArray[np.int8]
    numbers: Rows
    """(M, 2): the words [first, last) of each number."""
    features: Rows
    """Numbers of the names of all numbers' features, one number's after the other's."""
    offsets: Rows
    """Where each number's features begin, and where the last one's end."""
    labels: NDArray[np.float32]
    """(M, sum(HEADS)): the shares of result or not, of kinds and of bounds; NaN where nothing is known."""
    weight: float
    """How much the labels count."""
    questions: Mapping[str, Sequence[Question]]
    hint: NDArray[np.float16] | None = None
    """As `Taught` has it."""


class Names:
    """Names of features and words of texts, numbered as they come, with how many rows of each role have a name, and how often a word was read."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.counts: dict[str, Counter[int]] = {role: Counter() for role in (*ORDER, NUMBERS)}
        self.words: dict[str, int] = {}
        self.read: Counter[int] = Counter()

    def take(self, role: str, names: Iterable[str]) -> list[int]:
        """The numbers of a row's features, in the order of their names: some come from sets, whose order no seed gives."""
        ids = [self.ids.setdefault(name, len(self.ids)) for name in sorted(names)]
        self.counts[role].update(set(ids))
        return ids

    def take_words(self, words: Iterable[str]) -> list[int]:
        """The numbers of words in the order of a text."""
        ids = [self.words.setdefault(word.lower(), len(self.words)) for word in words]
        self.read.update(ids)
        return ids

    def frequent(self, count: int) -> dict[str, int]:
        """The words that were read most often, so many at most → their numbers here; of words as frequent the first."""
        chosen = sorted(self.words.items(), key=lambda item: (-self.read[item[1]], item[0]))[:count]
        return dict(chosen)

    def kept(self, role: str, least: int) -> dict[str, int]:
        """Names that so many rows of a role have, in order → their numbers here."""
        counts = self.counts[role]
        return {name: number for name, number in sorted(self.ids.items()) if counts[number] >= least}


@dataclass(frozen=True, slots=True)
class Taught:
    """A paper's numbers as something told them, and how much they count."""

    document: Document
    passage: Passage
    numbers: Sequence[Number]
    weight: float = 1.0
    hint: NDArray[np.float16] | None = None
    """A row for each word, of `claim_hints`, where a teacher read the paper."""


def positions(kept: Mapping[str, int], size: int) -> NDArray[np.int64]:
    """For the number of each name its row of a table that holds the names kept, -1 for the others."""
    result = np.full(size, -1, np.int64)
    result[list(kept.values())] = np.arange(len(kept))
    return result


def make_lesson(paper: Taught, names: Names, *, links_only: bool = False) -> Lesson | None:
    """What a paper teaches; None where it has nothing to teach: no number, or with `links_only` no claim."""
    words, numbers = paper.document.words, paper.numbers
    assert words is not None, "the recogniser for entities comes first"
    if not any(number.links for number in numbers) if links_only else not numbers:
        return None
    questions: dict[str, list[Question]] = {role: [] for role in ORDER}
    for place, number in enumerate(numbers):
        for decision, target in number.links:
            questions[decision.role].append(_ask(place, decision, target, words, names))
    spans = [word_span(words, n.site.quantity.start, n.site.quantity.end) for n in numbers]
    text = paper.document.text
    read = names.take_words(text[start:end] for start, end in zip(words.starts, words.ends, strict=True))
    features = [[] if links_only else names.take(NUMBERS, number.features) for number in numbers]
    labels: list[Label] = [(None, None, None) if links_only else number.label for number in numbers]
    return Lesson(
        words.states.astype(np.float16),
        np.array(read, np.int32),
        mark_words(paper.passage, words).astype(np.int8),
        np.array(spans, np.int32),
        np.array([name for those in features for name in those], np.int32),
        np.cumsum([0, *map(len, features)]).astype(np.int32),
        np.stack([_row(label) for label in labels]),
        paper.weight,
        questions,
        paper.hint,
    )


def _row(label: Label) -> NDArray[np.float32]:
    parts = (
        np.full(width, np.nan, np.float32) if part is None else part for part, width in zip(label, HEADS, strict=True)
    )
    return np.concatenate([*parts])


def _ask(number: int, decision: Decision, target: Target, words: WordStates, names: Names) -> Question:
    rows = [names.take(decision.role, row) for row in decision.group]
    near, places, counts = [], [], []
    for spans in (spans[:PLACES] for spans in decision.spans()):
        seen = [word_span(words, *span) for span in spans]
        near.append(seen[nearest(spans, decision.scene.site)] if seen else (-1, -1))
        places += seen
        counts.append(len(seen))
    return Question(
        number,
        np.array([name for row in rows for name in row], np.int32),
        np.cumsum([0, *map(len, rows)]).astype(np.int32),
        np.array(near, np.int32).reshape(-1, 2),
        np.array(places, np.int32).reshape(-1, 2),
        np.array(counts, np.int32),
        target,
    )


@dataclass(slots=True)
class Examples:
    """Lessons, and the names in them."""

    lessons: list[Lesson] = field(default_factory=list)
    names: Names = field(default_factory=Names)

    def add(self, paper: Taught, *, links_only: bool = False) -> None:
        """Adds what a paper teaches."""
        lesson = make_lesson(paper, self.names, links_only=links_only)
        if lesson is not None:
            self.lessons.append(lesson)
