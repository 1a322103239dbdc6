"""Unlabelled abstracts as teachers read them: soft labels for a student to learn from beside annotated papers."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from kg.extract.document import Document
from kg.extract.entities.finder import EntityFinder
from kg.extract.entities.memory import Memory
from kg.extract.reader import read_document
from kg.model import Paper, SourceRef
from kg.training.corpus import read_texts
from kg.training.entity_gold import make_example
from kg.training.entity_spans import UNKNOWN, Spans, make_spans
from kg.vocabulary import Vocabulary

_EMPTY: dict[str, list[object]] = {"methods": [], "datasets": [], "metrics": [], "tasks": []}
_NO_MEMORY = Memory({}, Vocabulary(()))
_teachers: list[EntityFinder] = []
"""Of a worker process."""


def read_unlabelled(paths: Sequence[Path], count: int) -> list[Document]:
    """The first `count` abstracts of each gzipped JSON Lines file."""
    return [
        read_document(Paper(f"{path.name}:{place}", title, abstract, SourceRef("text", path.name, place)))
        for path in paths
        for place, (title, abstract) in enumerate(read_texts([path], count))
    ]


def teach_all(documents: Sequence[Document], teachers: Sequence[EntityFinder], jobs: int = 1) -> list[Spans]:
    """Papers labelled by `teach` in so many processes; what is known of names is the first teacher's memory."""
    memory = teachers[0].memory
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(teachers,)
    ) as pool:
        taught = list(pool.map(_teach, documents, chunksize=100))
    for spans in taught:
        spans.memory, spans.counts = memory, memory.counts
    return taught


def _start_worker(teachers: Sequence[EntityFinder]) -> None:
    _teachers.extend(teachers)


def _teach(document: Document) -> Spans:
    spans = teach(document, _teachers, _teachers[0].memory)
    # The memory is the same for all: it need not travel back with each paper.
    spans.memory, spans.counts = _NO_MEMORY, {}
    return spans


def teach(document: Document, teachers: Sequence[EntityFinder], memory: Memory) -> Spans:
    """A paper labelled by the mean of what teachers think of its forms and words."""
    example = make_example(document, _EMPTY)
    spans = make_spans(example, memory, memory.counts)
    place = {key: number for number, key in enumerate(spans.keys)}
    soft = np.zeros((len(spans.keys), 5), np.float32)
    own = np.zeros(len(spans.keys), np.float32)
    edges = np.zeros((len(example.words), 2), np.float32)
    share = np.float32(1 / len(teachers))
    for teacher in teachers:
        seen = teacher.look(example.words, document.abbreviations)
        edges += share * np.exp(seen.boundaries)
        if seen.candidates.keys:
            shares, introduced = teacher.weigh(seen, example.words)
            rows = np.array([place.get(key, -1) for key in seen.candidates.keys], np.int64)
            soft[rows[rows >= 0]] += share * shares[rows >= 0]
            own[rows[rows >= 0]] += share * introduced[rows >= 0]
    soft[:, 0] += 1 - soft.sum(axis=1)
    spans.soft, spans.edges = soft, edges
    spans.introduced = np.where(soft[:, 1] + soft[:, 2] > 0.5, own, np.float32(UNKNOWN))
    return spans
