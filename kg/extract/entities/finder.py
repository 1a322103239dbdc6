"""Finds the entities of a document: reads words in context, gathers candidates, decides form by form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.extract.document import Document, WordStates
from kg.extract.entities.alias import AliasNetwork
from kg.extract.entities.candidates import Candidates, propose
from kg.extract.entities.cues import cues, heed, mark_cues
from kg.extract.entities.encoder import Encoder, context_codes
from kg.extract.entities.forms import FormNetwork, evidence, rivalry
from kg.extract.entities.memory import TYPES, Memory
from kg.extract.entities.words import Words, words_of
from kg.extract.markup import trim_span
from kg.extract.mention import MentionSpan
from kg.vocabulary import Vocabulary

Array = NDArray[np.float32]
WEIGHTS = Path(__file__).parent / "weights"
DOUBTFUL = 0.12
"""Probability from which a form that is no entity may still be what a claim is about."""
LONGER = np.float32(0.05)
"""What each further word is worth, in probability, where forms overlap."""


@dataclass(frozen=True, slots=True)
class Look:
    """A paper half read: states of words, logarithms of how likely a name begins and ends at each, candidate forms."""

    hidden: Array
    boundaries: Array
    candidates: Candidates


@dataclass(slots=True)
class EntityFinder:
    """Learned parts and a threshold for each type. Made by `load` or by training."""

    memory: Memory
    encoder: Encoder
    forms: FormNetwork
    aliases: AliasNetwork | None = None
    thresholds: tuple[float, ...] = (0.5, 0.5, 0.5, 0.5)

    @classmethod
    def load(cls, vocabulary: Vocabulary, folder: Path = WEIGHTS) -> EntityFinder:
        """The parts that ship with the package."""
        memory = Memory.load(folder / "memory.txt", vocabulary)
        with np.load(folder / "network.npz") as data:
            arrays = dict(data)
        return cls(
            memory,
            Encoder.of(arrays),
            FormNetwork.of(arrays),
            AliasNetwork.of(arrays) if "alias_top" in arrays else None,
            tuple(arrays["thresholds"].tolist()),
        )

    def save(self, folder: Path) -> None:
        """Inverse of `load`."""
        folder.mkdir(parents=True, exist_ok=True)
        self.memory.save(folder / "memory.txt")
        arrays = {"thresholds": np.array(self.thresholds), **self.encoder.arrays(), **self.forms.arrays()}
        if self.aliases is not None:
            arrays |= self.aliases.arrays()
        np.savez_compressed(folder / "network.npz", **arrays)  # type: ignore[arg-type]

    def find(self, document: Document) -> list[MentionSpan]:
        """Mentions that do not overlap, in order; all mentions of a form have one type and one score.

        Forms that it is not sure of are left in `document.doubtful`, states of words in `document.words`.
        """
        return self.find_all([document])[0]

    def find_all(self, documents: Sequence[Document]) -> list[list[MentionSpan]]:
        """What `find` gives, for each of several documents; a tenth faster than one by one."""
        texts = [words_of(document) for document in documents]
        looks = self.look_all(texts, [document.abbreviations for document in documents])
        judged = [
            self.weigh(seen, words) if seen.candidates.keys else None for seen, words in zip(looks, texts, strict=True)
        ]
        found = []
        for document, words, seen, judgement in zip(documents, texts, looks, judged, strict=True):
            document.words = WordStates(words.starts, words.ends, seen.hidden)
            chosen = choose(words, seen.candidates, *judgement, self.thresholds) if judgement else ([], [])
            mentions, document.doubtful = chosen
            found.append(mentions)
        return found

    def judge(self, words: Words, abbreviations: Mapping[str, str]) -> tuple[Candidates, Array, Array] | None:
        """Candidate forms with probabilities of what each is and of being introduced; None where there are none."""
        if not len(words):
            return None
        seen = self.look(words, abbreviations)
        return (seen.candidates, *self.weigh(seen, words)) if seen.candidates.keys else None

    def look(self, words: Words, abbreviations: Mapping[str, str]) -> Look:
        """The words of a paper as the network sees them, and the forms that may be names."""
        return self.look_all([words], [abbreviations])[0]

    def look_all(self, texts: Sequence[Words], abbreviations: Sequence[Mapping[str, str]]) -> list[Look]:
        """`look` for each of several papers."""
        # One step for all papers, then the next: what a step looks things up in stays near the processor.
        matches = [self.memory.index.find(words) for words in texts]
        contexts = [context_codes(words, own, self.memory) for words, own in zip(texts, matches, strict=True)]
        hidden = [self.encoder.encode(words, context) for words, context in zip(texts, contexts, strict=True)]
        boundaries = [self.forms.boundaries(states) for states in hidden]
        candidates = [
            propose(*paper, self.memory) for paper in zip(texts, matches, boundaries, abbreviations, strict=True)
        ]
        return [*map(Look, hidden, boundaries, candidates)]

    def weigh(self, seen: Look, words: Words) -> tuple[Array, Array]:
        """For each candidate the probabilities of what it is, and of being introduced by the paper."""
        noted = cues(mark_cues(words.words), seen.candidates)
        numbers = (
            evidence(words, seen.candidates, self.memory),
            noted,
            rivalry(seen.boundaries, seen.candidates),
        )
        shares, introduced = self.forms.judge(seen.hidden, seen.candidates, np.concatenate(numbers, axis=1))
        heed(shares, noted)
        return shares, introduced


def choose(
    words: Words, candidates: Candidates, shares: Array, introduced: Array, thresholds: tuple[float, ...]
) -> tuple[list[MentionSpan], list[list[MentionSpan]]]:
    """Mentions of the forms that are likely enough, and those of each doubtful form.

    Where forms overlap the likelier has the place; of about as likely ones the longer ("top-1 accuracy", not "accuracy").
    """
    kinds = shares[:, 1:].argmax(axis=1)
    best = np.round(shares[:, 1:].max(axis=1), 3)
    starts = candidates.offsets[:-1]
    longer = candidates.lasts[starts] - candidates.firsts[starts]
    order = np.argsort(-(best + LONGER * longer), kind="stable")
    order = order[best[order] >= np.float32(DOUBTFUL)]
    sure = best[order] >= np.take(thresholds, kinds[order])
    taken = bytearray(len(words))
    firsts, lasts, offsets = candidates.firsts.tolist(), candidates.lasts.tolist(), candidates.offsets.tolist()
    found: list[list[MentionSpan]] = []
    for number in (*order[sure].tolist(), *order[~sure].tolist()):
        kind, score, own = TYPES[kinds[number]], float(best[number]), round(float(introduced[number]), 3)
        low, high = offsets[number], offsets[number + 1]
        spans = _take(words, zip(firsts[low:high], lasts[low:high], strict=True), taken)
        found.append([MentionSpan(start, end, kind, score, "learned", own) for start, end in spans])
    limit = np.count_nonzero(sure)
    mentions = [mention for group in found[:limit] for mention in group]
    return sorted(mentions, key=attrgetter("start")), [group for group in found[limit:] if group]


def _take(words: Words, places: Iterable[tuple[int, int]], taken: bytearray) -> Iterator[tuple[int, int]]:
    """The places of a form as spans of the text, those whose words nobody has taken; they are taken then."""
    for first, last in places:
        if any(taken[first : last + 1]):
            continue
        taken[first : last + 1] = b"\1" * (last + 1 - first)
        start, end = trim_span(words.text, words.starts[first], words.ends[last])
        if start < end:
            yield start, end
