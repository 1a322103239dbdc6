"""Abstracts whose claims a finder and a teacher label, as soft examples for the networks in use to learn from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kg.extract.claims.describe import Site, describe
from kg.extract.claims.finder import HEADS, ClaimFinder
from kg.extract.claims.network import Array
from kg.extract.claims.passage import Passage
from kg.extract.document import Document
from kg.model import Entity
from kg.training import entity_teacher
from kg.training.agree import GoldPaper
from kg.training.claim_decisions import Decision, read_passage
from kg.training.claim_examples import Label
from kg.training.claim_lessons import Taught
from kg.training.claim_opinions import FinderOpinion, shares_of, teach_by
from kg.training.claim_reader import ClaimReader
from kg.training.claim_teacher import TeacherSettings, fit_teacher, load, save
from kg.training.teach import read_unlabelled
from kg.training.teacher import unpack

LOOKED_AT, BARE = 66_000, 1000
"""Abstracts of each corpus that may be labelled, and how many without claims are."""
SAMPLE = 4100
"""How many of those that the finder labels the teacher reads before the annotated papers."""
HELD = 5
"""One paper in so many is kept from the teacher, so that something is left to judge it by."""
TURN, BY_TEACHER = 7, (1, 2, 3)
"""Of seven abstracts the teacher labels three, as it is slow, and a finder that has learned from others the rest."""


def labelled(
    pairs: Sequence[tuple[Document, dict[str, Any]]],
    corpora: Sequence[Path],
    work: Path,
    entities: Callable[[Sequence[Document]], Sequence[list[Entity]]],
    finder: ClaimFinder,
    *,
    learned: bool,
    encoder: Path | None = None,
    seed: int = 1,
) -> Iterator[Taught]:
    """Soft examples from unlabelled abstracts, by a teacher fitted to annotated papers and, if it has `learned` from others, by a finder.

    `entities` finds those of each abstract, and `finder` says which abstracts hold claims. The teacher goes on from the
    transformer of the teacher for entities that the folder `work` has, where there is one, else from that of `encoder`, as
    `unpack` reads it; it reads a sample that the finder labelled, then the annotated papers. It is kept in `work` and read from
    there by later runs.
    """
    folder = unpack(work, encoder)
    documents = choose_documents(corpora, entities, finder, [document.text for document, _ in pairs])
    lexicon, path = finder.lexicon, work / f"claims-{folder.name}.pt"
    by_finder = partial(FinderOpinion, finder)
    if not path.exists():
        papers = [(document, GoldPaper(gold)) for number, (document, gold) in enumerate(pairs) if number % HELD]
        sample = documents[:: max(1, len(documents) // SAMPLE)][:SAMPLE]
        told = teach_by(by_finder, sample, lexicon)
        lessons = [(paper.passage, list(paper.numbers)) for paper in told if any(n.links for n in paper.numbers)]
        start = entity_teacher.transformer_of(work, folder)
        work.mkdir(parents=True, exist_ok=True)
        save(fit_teacher(papers, lexicon, folder, TeacherSettings(seed=seed), start, lessons), path)
    teacher = load(path, folder)

    def by_teacher(_: Document, passage: Passage, sites: Sequence[Site]) -> TeacherOpinion:
        return TeacherOpinion(teacher, passage, sites)

    turns = BY_TEACHER if learned else range(TURN)
    yield from teach_by(by_teacher, [d for i, d in enumerate(documents) if i % TURN in turns], lexicon)
    yield from teach_by(by_finder, [d for i, d in enumerate(documents) if i % TURN not in turns], lexicon)


def choose_documents(
    corpora: Sequence[Path],
    entities: Callable[[Sequence[Document]], Sequence[list[Entity]]],
    finder: ClaimFinder,
    annotated: Iterable[str] = (),
) -> list[Document]:
    """Abstracts worth labelling: those in which a finder sees claims, and some whose numbers are none; texts that are annotated are left out."""
    known = {_words(text) for text in annotated}
    chosen = []
    for corpus in corpora:
        bare = BARE
        for document in read_unlabelled([corpus], LOOKED_AT):
            if _words(document.text) in known:
                continue
            [document.entities] = entities([document])
            if finder.find_claims(document):
                chosen.append(document)
            elif bare and read_passage(document)[1]:
                bare -= 1
                chosen.append(document)
    return chosen


def _words(text: str) -> tuple[str, ...]:
    # Line breaks and runs of spaces of an abstract differ from one copy to another.
    return tuple(text.split())


class TeacherOpinion:
    """What a transformer thinks."""

    def __init__(self, reader: ClaimReader, passage: Passage, sites: Sequence[Site]) -> None:
        self._reader = reader
        with torch.inference_mode():
            (self._read,) = reader.read([passage])
        self._states = [self._read.number(site.quantity.start, site.quantity.end) for site in sites]
        self._features = [describe(passage, site) for site in sites]

    def labels(self) -> list[Label]:
        """As `Opinion` has it."""
        with torch.inference_mode():
            scores = self._reader.judge(self._states, self._features)
        results, kinds, bounds = (part.softmax(dim=1).numpy() for part in scores.split(HEADS, dim=1))
        return [*zip(results, kinds, bounds, strict=True)]

    def link(self, place: int, decision: Decision) -> tuple[Array, Sequence[int]]:
        """As `Opinion` has it."""
        with torch.inference_mode():
            (scores,) = self._reader.rank(decision.role, [self._states[place]], [self._read], [decision])
        shares = shares_of(decision.role, scores.numpy())
        if decision.role == "datasets":
            return shares, [row - 1 for row in np.argsort(-shares) if shares[row] > 0.5]
        best = int(shares.argmax())
        return shares, [best - 1] if best else []
