"""Annotated papers as the entity recogniser learns from them: labels of forms, and a memory of names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.extract.document import Document
from kg.extract.entities.memory import NOTHING, TYPES, Index, Match
from kg.extract.entities.words import Words, words_of
from kg.vocabulary import fold

OPTIONAL = -1
Counts = Mapping[str, tuple[int, ...]]


@dataclass(slots=True)
class Example:
    """One annotated paper; `labels` say by key what a form is (1 to 4) or that it is optional (-1)."""

    document: Document
    gold: Mapping[str, Any]
    words: Words
    labels: dict[str, int]
    introduced: dict[str, int]
    """By key whether the paper presents the method or dataset (1) or uses it (0)."""


def make_example(document: Document, gold: Mapping[str, Any]) -> Example:
    """The words of a paper and what its forms are."""
    words = words_of(document)
    labels: dict[str, int] = {}
    introduced: dict[str, int] = {}
    for number, kind in enumerate(TYPES, 1):
        for entity in gold[f"{kind.value}s"]:
            for form in entity["forms"]:
                key = fold(form)
                labels.setdefault(key, OPTIONAL if entity.get("optional") else number)
                if "introduced" in entity and labels[key] == number:
                    introduced.setdefault(key, int(entity["introduced"]))
    return Example(document, gold, words, labels, introduced)


def remember(examples: Sequence[Example]) -> tuple[dict[str, tuple[int, ...]], list[dict[str, tuple[int, ...]]]]:
    """For each annotated key the papers that have it as nothing and as each type; and each paper's own share."""
    index = Index({key for example in examples for key, label in example.labels.items() if label > 0})
    total: dict[str, list[int]] = {}
    own: list[dict[str, tuple[int, ...]]] = []
    for example in examples:
        mine: dict[str, tuple[int, ...]] = {}
        for key in {match.key for match in index.find(example.words)}:
            label = example.labels.get(key, 0)
            if label == OPTIONAL:
                continue
            mine[key] = tuple(int(place == label) for place in range(5))
            counts = total.setdefault(key, [0] * 5)
            counts[label] += 1
        own.append(mine)
    return {key: tuple(counts) for key, counts in total.items() if sum(counts[1:])}, own


def without(counts: Counts, own: Counts, matches: Iterable[Match]) -> dict[str, tuple[int, ...]]:
    """What the other papers remember of the keys that this paper holds."""
    return {
        match.key: tuple(
            max(0, all_papers - this)
            for all_papers, this in zip(counts[match.key], own.get(match.key, NOTHING), strict=True)
        )
        for match in matches
        if match.key in counts
    }
