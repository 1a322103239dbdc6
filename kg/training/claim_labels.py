"""What a finder and a teacher say of abstracts that are not annotated, and a teacher of those that are, for the networks in use to learn from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kg.extract.claims.describe import Site, describe
from kg.extract.claims.finder import HEADS, ClaimFinder
from kg.extract.claims.named import Array
from kg.extract.claims.passage import Passage
from kg.extract.document import Document
from kg.model import Entity
from kg.training import entity_teacher
from kg.training.agree import gold_paper
from kg.training.claim_decisions import Decision, read_passage
from kg.training.claim_examples import Label
from kg.training.claim_hints import Hints
from kg.training.claim_lessons import Taught
from kg.training.claim_opinions import FinderOpinion, Judge, shares_of, teach_by
from kg.training.claim_pairs import Pair
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


def read_teacher(
    pairs: Sequence[Pair],
    documents: Sequence[Document],
    finder: ClaimFinder,
    work: Path,
    *,
    encoder: Path | None = None,
    seed: int = 1,
) -> ClaimReader:
    """A teacher fitted to a sample of the documents that the finder labels, then to annotated papers.

    It goes on from the transformer of the teacher for entities that the folder `work` has, where there is one, else from that of
    `encoder`, as `unpack` reads it. It is kept in `work` and read from there by later runs.
    """
    folder = unpack(work, encoder)
    path = work / f"claims-{folder.name}.pt"
    if not path.exists():
        papers = [
            (document, gold_paper(document, gold)) for number, (document, gold) in enumerate(pairs) if number % HELD
        ]
        sample = documents[:: max(1, len(documents) // SAMPLE)][:SAMPLE]
        told = teach_by(partial(FinderOpinion, finder), sample, finder.lexicon)
        lessons = [(paper.passage, list(paper.numbers)) for paper in told if any(n.links for n in paper.numbers)]
        start = entity_teacher.transformer_of(work, folder)
        work.mkdir(parents=True, exist_ok=True)
        save(fit_teacher(papers, finder.lexicon, folder, TeacherSettings(seed=seed), start, lessons), path)
    return load(path, folder)


def judge_by(teacher: ClaimReader, seen: Sequence[Document]) -> Judge:
    """What a teacher thinks of papers, with hints in the directions in which its states of the papers `seen` vary."""
    with torch.inference_mode():
        hints = Hints.fit(teacher.read([read_passage(document)[0]])[0].text() for document in seen)

    def judge(document: Document, passage: Passage, sites: Sequence[Site]) -> TeacherOpinion:
        return TeacherOpinion(teacher, hints, document, passage, sites)

    return judge


def labelled(
    documents: Sequence[Document], by_teacher: Judge, finder: ClaimFinder, *, learned: bool
) -> Iterator[Taught]:
    """Soft examples from unlabelled abstracts, by a teacher and, if it has `learned` from others, by a finder."""
    by_finder = partial(FinderOpinion, finder)
    turns = BY_TEACHER if learned else range(TURN)
    yield from teach_by(by_teacher, [d for i, d in enumerate(documents) if i % TURN in turns], finder.lexicon)
    yield from teach_by(by_finder, [d for i, d in enumerate(documents) if i % TURN not in turns], finder.lexicon)


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

    def __init__(
        self, reader: ClaimReader, hints: Hints, document: Document, passage: Passage, sites: Sequence[Site]
    ) -> None:
        assert document.words is not None, "the recogniser for entities comes first"
        self._reader, self._hints, self._words = reader, hints, document.words
        with torch.inference_mode():
            (self._read,) = reader.read([passage])
        self._states = [self._read.number(site.quantity.start, site.quantity.end) for site in sites]
        self._features = [describe(passage, site) for site in sites]

    def hint(self) -> NDArray[np.float16]:
        """As `Opinion` has it."""
        return self._hints.of(self._read.text(), self._read.starts[1:-1], self._read.ends[1:-1], self._words)

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
