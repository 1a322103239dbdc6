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
_EMPTY: dict[str, list[object]] = {"methods": [], "datasets": [], "metrics": [], "tasks": []}
_teachers: list[EntityFinder] = []
"""Of a worker process."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What teachers think of a paper: for each word how likely a name begins and ends, for each form what it is."""

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


def label_all(documents: Sequence[Document], teachers: Sequence[EntityFinder], jobs: int = 1) -> list[Labels]:
    """Papers labelled by `label` in so many processes."""
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(teachers,)
    ) as pool:
        return list(pool.map(_label, documents, chunksize=100))


def _start_worker(teachers: Sequence[EntityFinder]) -> None:
    _teachers.extend(teachers)


def _label(document: Document) -> Labels:
    return label(document, _teachers)


def label(document: Document, teachers: Sequence[EntityFinder]) -> Labels:
    """The mean of what teachers think of a paper's words and forms; a form that one does not see is nothing to it."""
    words = words_of(document)
    edges = np.zeros((len(words), 2), np.float32)
    forms: dict[str, tuple[Array, float]] = {}
    for teacher in teachers:
        seen = teacher.look(words, document.abbreviations)
        edges += np.exp(seen.boundaries) / np.float32(len(teachers))
        if not seen.candidates.keys:
            continue
        for key, shares, own in zip(seen.candidates.keys, *teacher.weigh(seen, words), strict=True):
            total, introduced = forms.get(key, (np.zeros(5, np.float32), 0.0))
            forms[key] = total + shares / np.float32(len(teachers)), introduced + float(own) / len(teachers)
    for total, _ in forms.values():
        total[0] = 1 - total[1:].sum()
    return Labels(edges, forms)


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
