"""Nouns that say what a name stands for: "GQA, a new dataset for …", "the benchmark Omanic", "LA-Net: a framework"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.extract.entities.candidates import Candidates
from kg.extract.entities.words import BREAK

Array = NDArray[np.float32]
_NOUNS = (
    "method framework model network approach algorithm architecture system technique pipeline agent toolkit library module"
    " paradigm strategy scheme mechanism estimator optimizer loss layer tool platform engine transformer",
    "dataset benchmark corpus corpora database testbed treebank collection suite testset challenge competition repository"
    " leaderboard lexicon ontology",
    "metric score measure index criterion",
    "task problem",
)
KIND_OF = {form: kind for kind, words in enumerate(_NOUNS) for word in words.split() for form in (word, word + "s")}
"""Nouns, one and many, by the place of their type in `kg.extract.entities.memory.TYPES`."""
_SPELLINGS = frozenset(
    spelling for form in (*KIND_OF, "set", "suite") for spelling in (form, form.capitalize(), form.upper())
)
_METHOD, _DATASET, _METRIC = range(3)
_PAIRS = frozenset({"shared task", "test set", "data set", "evaluation set", "training set", "evaluation suite"})
"""Two words that stand for a dataset."""
CUES = 2 * len(_NOUNS)
_OPENERS = frozenset({",", ":", "is", "are", "as", "--", "---", "–", "—", "=", "("})
_SKIPPED = frozenset({",", "(", ":", "called", "named", "dubbed", "termed", "``", '"', "“", "'"})
_ARTICLES = frozenset({"a", "an", "the", "our", "another", "one", "A", "An", "The"})
_STOPS = frozenset(
    "for of with on in to that which by from using via we can at than between through where when while based"
    " For Of With On In To That By From Using Via".split()
) | {".", ";", "?", "!", ")", BREAK}
_FOLLOWERS = _STOPS | frozenset({",", ":", "(", "and", "or", "is", "are", "was", "consists", "--", "---"})
_REACH = 12


def mark_cues(words: Sequence[str]) -> tuple[Array, Array]:
    """For each word, a column a type: whether a noun describes the name that ends there, or the one that begins there."""
    after = np.zeros((len(words), len(_NOUNS)), np.float32)
    before = np.zeros((len(words), len(_NOUNS)), np.float32)
    for place in [place for place, word in enumerate(words[:-1]) if word in _SPELLINGS]:
        low = words[place].lower()
        kind = KIND_OF.get(low)
        if low in ("set", "task", "suite") and place and f"{words[place - 1].lower()} {low}" in _PAIRS:
            kind = _DATASET
        if kind is None:
            continue
        follower = words[place + 1]
        if follower in _FOLLOWERS or follower.endswith(("ing", "ed")):
            for end in _described(words, place):
                after[end, kind] = 1
        start = place + 1 + (follower in _SKIPPED)
        if start < len(words):
            before[start, kind] = 1
    return after, before


def _described(words: Sequence[str], place: int) -> tuple[int, ...]:
    """Where a name ends that the noun at `place` describes: before the noun's phrase, and in a bracket there."""
    if place and words[place - 1] == ")":
        return _before_bracket(words, place - 1)
    comma = -1
    for at in range(place - 1, max(0, place - 1 - _REACH), -1):
        word = words[at]
        if word in _ARTICLES:
            return _before_bracket(words, at - 2) if words[at - 1] in _OPENERS else ()
        if word == "," and comma < 0:  # of apposition, or between two adjectives: then an article comes before
            comma = at
        elif word in _OPENERS:
            return _before_bracket(words, at - 1)
        elif word in _STOPS:
            break
    return _before_bracket(words, comma - 1)


def _before_bracket(words: Sequence[str], at: int) -> tuple[int, ...]:
    """The word `at`; where a bracket closes there, the word before it and the last word in it."""
    if at < 1 or words[at] != ")":
        return (at,) if at >= 0 else ()
    for place in range(at - 2, max(0, at - _REACH), -1):
        if words[place] == "(":
            return (place - 1, at - 1)
    return ()


def cues(marks: tuple[Array, Array], candidates: Candidates) -> Array:
    """For each form whether a noun of each type describes it at any place: one behind it, then one before it."""
    if not candidates.keys:
        return np.zeros((0, CUES), np.float32)
    after, before = marks
    seen = np.concatenate([after[candidates.lasts], before[candidates.firsts]], axis=1)
    result: Array = np.maximum.reduceat(seen, candidates.offsets[:-1])
    return result


def heed(shares: Array, noted: Array) -> None:
    """Where the noun behind a name calls it a dataset or metric ("X, a benchmark that") and none calls it a method, it is no method.

    `shares` has a row for each form as `FormNetwork.judge` gives it, and is changed; `noted` is what `cues` gave.
    Of the training papers' datasets and methods with such a noun, 263 are datasets and 14 methods; 50 are metrics, 14 methods.
    """
    for kind in (_DATASET, _METRIC):
        called = noted[:, kind] > noted[:, _METHOD]
        if not called.any():
            continue
        rows = np.flatnonzero(called)
        shares[rows, 1 + kind] += shares[rows, 1 + _METHOD]
        shares[rows, 1 + _METHOD] = 0
