"""Unlabelled abstracts as teachers read them: soft labels for a student to learn from beside annotated papers."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.extract.document import Document
from kg.extract.entities.finder import EntityFinder
from kg.extract.entities.memory import Memory
from kg.extract.entities.words import words_of
from kg.extract.reader import read_document
from kg.model import Paper, SourceRef
from kg.training.corpus import read_texts
from kg.training.entity_gold import make_example
from kg.training.entity_spans import UNKNOWN, Spans, make_spans

Array = NDArray[np.float32]
LEFT = 200
"""Forms of a paper, those whose ends are likeliest, that a student may propose; it learns that the rest is nothing."""
SURE = 0.999
"""Probability of being nothing from which a form is of no interest."""
_HALF = np.float32(0.5)
_NOTHING = np.array([1, 0, 0, 0, 0], np.float32), 0.0
_EMPTY: dict[str, list[object]] = {"methods": [], "datasets": [], "metrics": [], "tasks": []}
_teacher: list[EntityFinder] = []
"""Of a worker process."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What a teacher thinks of a paper: for each word how likely a name begins and ends, for each form what it is."""

    edges: Array
    forms: dict[str, tuple[Array, float]]
    """By key the probabilities of being nothing and of each type, and of being introduced."""


def read_unlabelled(paths: Sequence[Path], count: int) -> list[Document]:
    """The first `count` abstracts of each gzipped JSON Lines file."""
    return [
        read_document(Paper(f"{path.name}:{place}", title, abstract, SourceRef("text", path.name, place)))
        for path in paths
        for place, (title, abstract) in enumerate(read_texts([path], count))
    ]


def label_all(documents: Sequence[Document], teacher: EntityFinder, jobs: int = 1) -> list[Labels]:
    """Papers labelled by `label` in so many processes."""
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(teacher,)
    ) as pool:
        return list(pool.map(_label, documents, chunksize=100))


def _start_worker(teacher: EntityFinder) -> None:
    _teacher.append(teacher)


def _label(document: Document) -> Labels:
    return label(document, _teacher[0])


def label(document: Document, teacher: EntityFinder) -> Labels:
    """What the teacher thinks of a paper's words, and of those of its forms that it sees."""
    words = words_of(document)
    seen = teacher.look(words, document.abbreviations)
    edges = np.exp(seen.boundaries).astype(np.float32)
    if not seen.candidates.keys:
        return Labels(edges, {})
    shares, introduced = teacher.weigh(seen, words)
    judged = zip(seen.candidates.keys, shares, introduced.tolist(), strict=True)
    return Labels(edges, {key: (share, own) for key, share, own in judged})


def mean_of(one: Labels, other: Labels) -> Labels:
    """What two teachers think of a paper on average; a form that one does not see is nothing to it."""
    forms = {}
    for key in one.forms | other.forms:
        (a, first), (b, second) = one.forms.get(key, _NOTHING), other.forms.get(key, _NOTHING)
        forms[key] = _HALF * (a + b), (first + second) / 2
    return Labels(_HALF * (one.edges + other.edges), forms)


def teach(document: Document, labels: Labels, memory: Memory) -> Spans:
    """A paper to learn from: its forms of interest with what teachers think of them."""
    spans = make_spans(make_example(document, _EMPTY), memory, memory.counts)
    soft = np.tile(np.array([1, 0, 0, 0, 0], np.float32), (len(spans.keys), 1))
    own = np.full(len(spans.keys), UNKNOWN, np.float32)
    for number, key in enumerate(spans.keys):
        if (known := labels.forms.get(key)) is not None:
            soft[number] = known[0]
            if known[0][1] + known[0][2] > 0.5:
                own[number] = known[1]
    spans.soft, spans.edges, spans.introduced = soft, labels.edges, own
    return spans.of(_interesting(spans, soft)) if len(spans.keys) else spans


def _interesting(spans: Spans, soft: Array) -> NDArray[np.int64]:
    """Forms that are known, that teachers take for something, or that begin and end where names may."""
    assert spans.edges is not None
    ends = np.maximum.reduceat(spans.edges[spans.firsts, 0] * spans.edges[spans.lasts, 1], spans.offsets[:-1])
    least = np.sort(ends)[-LEFT] if len(ends) > LEFT else 0.0
    return np.nonzero(spans.always | (soft[:, 0] < SURE) | (ends >= least))[0]
