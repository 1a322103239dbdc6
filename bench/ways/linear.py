"""Candidate spans from cheap patterns, scored by a linear classifier over hashed features.

    python bench/ways/linear.py ../shared/gold ../shared/corpora/arxiv-2025-100k.jsonl.gz [--bits 18] [--passes 8] [--alpha 1e-6]

Candidates are those of `candidates.py`. Features of a place: the words at its ends and inside, two words before and
two after, each as small letters, ending and shape; its length; what is known of the form (vocabulary, and names that
other annotated papers had); whether it is in the title, at its head, and how often it comes. Stochastic gradient
descent over log loss, one against the rest (scikit-learn, extra `train`); seeded. Two rows: each place judged alone,
and the mean score of all places of a form.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from candidates import candidate_words
from measure import Bench, Mentions, mention_of, parse, run
from numpy.typing import NDArray

from kg.extract.document import Document
from kg.extract.entities.memory import NOTHING, TYPES, Memory
from kg.extract.entities.spelling import shape_of
from kg.extract.entities.words import Letters, Words, words_of
from kg.training.entity_gold import OPTIONAL, Counts, Example, remember, without

try:
    from scipy.sparse import csr_matrix, vstack
    from sklearn.linear_model import SGDClassifier
except ImportError as exc:
    raise SystemExit("this needs scikit-learn: pip install 'paperkg[train]'") from exc

Ints = NDArray[np.int64]
FLOOR = 0.04
FRAME = 2
"""Words that are looked at before and after a span."""
_ASIDE = "\0"
"""Stands for a word beyond the text."""


@dataclass(frozen=True, slots=True)
class Places:
    """Candidates of a paper: first and last words, the form's key of each, hashed features as rows."""

    firsts: Ints
    lasts: Ints
    keys: list[str]
    rows: csr_matrix


@lru_cache(maxsize=1 << 17)
def _word_hashes(word: str) -> tuple[int, int, int]:
    lower = word.lower()
    return (
        zlib.crc32(lower.encode()),
        zlib.crc32(b"-" + lower[-3:].encode()),
        zlib.crc32(b"#" + shape_of(word).encode()),
    )


def describe(words: Words, memory: Memory, counts: Counts, bits: int) -> Places | None:
    """Candidates of a paper with their features; None where there are none."""
    spans = candidate_words(words.words, words.squashed)
    if not spans:
        return None
    firsts, lasts = np.array(spans, np.int64).T
    letters = Letters(words.squashed)
    keys = [letters.key(first, last) for first, last in spans]
    aside = [_ASIDE] * FRAME
    hashes = np.array([_word_hashes(word) for word in (*aside, *words.words, *aside)], np.int64)
    ends = [(firsts + FRAME, 1), (lasts + FRAME, 2)]
    ends += [(firsts + FRAME - step, 2 + step) for step in range(1, FRAME + 1)]
    ends += [(lasts + FRAME + step, 2 + FRAME + step) for step in range(1, FRAME + 1)]
    columns = [_mix(hashes[at], slot) for at, slot in ends]
    columns.append(_mix(_numbers(words, firsts, lasts, keys, memory, counts), 9))
    outside = np.concatenate(columns, axis=1)
    lengths = lasts - firsts + 1
    inner = np.repeat(firsts + FRAME, lengths) + _steps(lengths)
    within = _mix(hashes[inner], 8)
    size = outside.shape[1]
    rows = np.concatenate([np.repeat(np.arange(len(spans)), size), np.repeat(np.arange(len(spans)), 3 * lengths)])
    indices = np.concatenate([outside.ravel(), within.ravel()]) & ((1 << bits) - 1)
    ones = np.ones(len(indices), np.float32)
    return Places(firsts, lasts, keys, csr_matrix((ones, (rows, indices)), shape=(len(spans), 1 << bits)))


def _mix(hashes: Ints, slot: int) -> Ints:
    """Hashes made different for each slot; columns already differ."""
    mixed: Ints = ((hashes + slot * 0x9E3779B1) * 0x85EBCA77) & 0x7FFFFFFFFFFF
    return mixed >> 13


def _steps(lengths: Ints) -> Ints:
    ends = np.cumsum(lengths)
    steps: Ints = np.arange(int(ends[-1])) - np.repeat(ends - lengths, lengths)
    return steps


def _numbers(words: Words, firsts: Ints, lasts: Ints, keys: Sequence[str], memory: Memory, counts: Counts) -> Ints:
    """Facts of a span as whole numbers, each column in a range of its own."""
    times = Counter(keys)
    rows = []
    for first, last, key in zip(firsts.tolist(), lasts.tolist(), keys, strict=True):
        titled = first < words.title
        listed = zlib.crc32(bytes(memory.listed.get(key, ())))
        known = _standing(counts.get(key, NOTHING))
        place = 4 * titled + 2 * (titled and first == 0) + (titled and words.words[last + 1] == ":")
        count = min(times[key], 4)
        facts = (100 + last - first, 200 + known, 400 + place, 500 + count, 600 + 8 * count + place)
        rows.append((*facts, zlib.crc32(b"listed", listed), zlib.crc32(key.encode())))
    return np.array(rows, np.int64)


def _standing(seen: tuple[int, ...]) -> int:
    """What annotated papers mostly had a key as, and how surely: 0 where none had it as an entity."""
    best = max(range(1, len(seen)), key=lambda place: seen[place])
    return 1 + 4 * best + 3 * seen[best] // sum(seen) if seen[best] else 0


class Linear:
    """A fitted classifier: a column of weights for each type."""

    def __init__(self, memory: Memory, weights: NDArray[np.float32], bias: NDArray[np.float32], bits: int) -> None:
        self.memory, self.weights, self.bias, self.bits = memory, weights, bias, bits

    def find(self, documents: Iterable[Document], *, pooled: bool) -> Iterator[Mentions]:
        """Candidates that are likely enough; `pooled`: by the mean score of all places of the form."""
        for document in documents:
            words = words_of(document)
            places = describe(words, self.memory, self.memory.counts, self.bits)
            yield [] if places is None else self._judged(words, places, pooled)

    def _judged(self, words: Words, places: Places, pooled: bool) -> Mentions:
        scores = places.rows @ self.weights + self.bias
        if pooled:
            number: dict[str, int] = {}
            form = np.array([number.setdefault(key, len(number)) for key in places.keys])
            total = np.zeros((len(number), scores.shape[1]), np.float32)
            np.add.at(total, form, scores)
            scores = (total / np.bincount(form)[:, None])[form]
        likely = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
        best, kinds = likely.max(axis=1), likely.argmax(axis=1)
        found = []
        for row in np.nonzero(best > FLOOR)[0].tolist():
            start, end = words.starts[places.firsts[row]], words.ends[places.lasts[row]]
            found.append(mention_of(words.text, start, end, TYPES[kinds[row]], float(best[row])))
        return [mention for mention in found if mention is not None]


def fit(examples: Sequence[Example], bench: Bench, *, bits: int, passes: int, alpha: float) -> Linear:
    """A classifier fitted to all places of the candidates of annotated papers; optional ones are left out."""
    counts, own = remember(examples)
    memory = Memory(counts, bench.vocabulary)
    rows, labels = [], []
    for example, mine in zip(examples, own, strict=True):
        others = without(counts, mine, memory.index.find(example.words))
        places = describe(example.words, memory, others, bits)
        if places is not None:
            labels.append(np.array([example.labels.get(key, 0) for key in places.keys]))
            rows.append(places.rows[labels[-1] != OPTIONAL])
    truth = np.concatenate(labels)
    truth = truth[truth != OPTIONAL]
    print(f"  {len(truth)} places", flush=True)
    model = SGDClassifier(loss="log_loss", alpha=alpha, max_iter=passes, tol=None, average=True, random_state=1)
    model.fit(vstack(rows, "csr"), truth)
    weights, bias = model.coef_[1:].T.astype(np.float32), model.intercept_[1:].astype(np.float32)
    return Linear(memory, np.ascontiguousarray(weights), bias, bits)


def main() -> None:
    """Fits the classifier and prints its rows."""
    given = parse(__doc__, ("--bits", int, 18), ("--passes", int, 8), ("--alpha", float, 1e-6))
    bench = Bench(given.gold, given.corpus)
    linear = fit(bench.papers.fit, bench, bits=given.bits, passes=given.passes, alpha=given.alpha)
    size = 2 * linear.weights.size
    for pooled, what in ((False, "each place alone"), (True, "mean of a form's places")):
        bench.row(f"linear over hashed features, {what}", partial(linear.find, pooled=pooled), size)


if __name__ == "__main__":
    run(main)
