"""Unlabelled abstracts as a teacher reads them: soft labels for a student to learn from beside annotated papers."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from kg.extract.document import Document
from kg.extract.entities.finder import EntityFinder
from kg.extract.entities.memory import Memory
from kg.extract.reader import read_document
from kg.model import Paper, SourceRef
from kg.training.entity_gold import make_example
from kg.training.entity_spans import UNKNOWN, Spans, make_spans

_EMPTY: dict[str, list[object]] = {"methods": [], "datasets": [], "metrics": [], "tasks": []}


def read_unlabelled(path: Path, count: int) -> Iterator[Document]:
    """The first abstracts of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for place, line in enumerate(islice(lines, count)):
            row = json.loads(line)
            title, abstract = (" ".join(row[name].split()) for name in ("title", "abstract"))
            yield read_document(Paper(f"arxiv:{row['id']}", title, abstract, SourceRef("arxiv", path.name, place)))


def teach(document: Document, teachers: Sequence[EntityFinder], memory: Memory) -> Spans:
    """A paper labelled by the mean of what teachers think of its forms and words."""
    example = make_example(document, _EMPTY)
    spans = make_spans(example, memory, memory.counts)
    place = {key: number for number, key in enumerate(spans.keys)}
    soft = np.zeros((len(spans.keys), 5), np.float32)
    own = np.zeros(len(spans.keys), np.float32)
    edges = np.zeros((len(example.words), 2), np.float32)
    for teacher in teachers:
        seen = teacher.look(example.words, document.abbreviations)
        edges += np.exp(seen.boundaries)
        rows = np.array([place.get(key, -1) for key in seen.candidates.keys], np.int64)
        if not len(rows):
            continue
        shares, introduced = teacher.weigh(seen, example.words)
        soft[rows[rows >= 0]] += shares[rows >= 0]
        own[rows[rows >= 0]] += introduced[rows >= 0]
    soft /= np.float32(len(teachers))
    soft[:, 0] += 1 - soft.sum(axis=1)
    spans.soft = soft
    spans.edges = edges / np.float32(len(teachers))
    spans.introduced = np.where(soft[:, 1] + soft[:, 2] > 0.5, own / np.float32(len(teachers)), np.float32(UNKNOWN))
    return spans
