"""Chooses from which probability a form is an entity: for each type what gives the best F1 on unseen papers."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.evaluate import Evaluation, evaluate
from kg.extract.entities.alias import AliasNetwork
from kg.extract.entities.candidates import Candidates
from kg.extract.entities.finder import choose
from kg.extract.entities.memory import TYPES
from kg.extract.mention import MentionSpan
from kg.extract.merge import merge_mentions
from kg.model import Entity
from kg.resolve.key import identify
from kg.training.entity_gold import Example
from kg.vocabulary import Vocabulary

log = logging.getLogger(__name__)
PLATEAU = 0.004
"""Differences of F1 that are chance."""
GRID: tuple[float, ...] = tuple(np.arange(0.25, 0.71, 0.05).round(3).tolist())


@dataclass(frozen=True, slots=True)
class Judged:
    """A paper with what a finder that has not seen it thinks of its forms."""

    example: Example
    candidates: Candidates
    shares: NDArray[np.float32]
    introduced: NDArray[np.float32]
    aliases: AliasNetwork | None

    def entities(self, thresholds: tuple[float, ...], vocabulary: Vocabulary) -> list[Entity]:
        """The paper's entities with these thresholds."""
        mentions, _ = self._chosen(thresholds)
        return merge_mentions(self.example.document, mentions, vocabulary, self.aliases)

    def doubtful(self, thresholds: tuple[float, ...]) -> list[Entity]:
        """Forms below the thresholds that may still be what a claim is about, an entity each."""
        document = self.example.document
        return [
            Entity(
                group[0].type,
                identify(group[0].type, document.text[group[0].start : group[0].end]),
                document.text[group[0].start : group[0].end],
                tuple(sorted({document.text[mention.start : mention.end] for mention in group})),
                tuple(document.to_mention(mention.start, mention.end) for mention in group),
                round(group[0].score, 3),
                (group[0].introduced or 0.0) > 0.5,
            )
            for group in self._chosen(thresholds)[1]
        ]

    def _chosen(self, thresholds: tuple[float, ...]) -> tuple[list[MentionSpan], list[list[MentionSpan]]]:
        return choose(self.example.words, self.candidates, self.shares, self.introduced, thresholds)


def choose_thresholds(judged: Sequence[Judged], vocabulary: Vocabulary) -> tuple[float, ...]:
    """For each type a threshold with the best F1 over all papers: the middle one of those that are as good."""
    found = [measure(judged, (threshold,) * len(TYPES), vocabulary) for threshold in GRID]
    return tuple(_middle([one.tallies[kind.value].f1 for one in found]) for kind in TYPES)


def _middle(values: Sequence[float]) -> float:
    """The middle of the thresholds whose F1 is at most `PLATEAU` below the best."""
    good = [threshold for threshold, value in zip(GRID, values, strict=True) if value >= max(values) - PLATEAU]
    log.info("best F1 on unseen papers %.4f, as good with thresholds %s", max(values), good)
    return good[len(good) // 2]


def measure(judged: Sequence[Judged], thresholds: tuple[float, ...], vocabulary: Vocabulary) -> Evaluation:
    """Entities with these thresholds against the annotation."""
    records = [_record(one, one.entities(thresholds, vocabulary)) for one in judged]
    return evaluate([one.example.gold for one in judged], records)


def _record(one: Judged, entities: Sequence[Entity]) -> dict[str, Any]:
    gold = one.example.gold
    found = [
        {"type": e.type.value, "name": e.name, "forms": list(e.forms), "introduced": e.introduced} for e in entities
    ]
    return {"id": gold["id"], "title": gold["title"], "entities": found, "claims": []}
