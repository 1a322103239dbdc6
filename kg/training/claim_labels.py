"""Abstracts whose claims a teacher labels, as soft examples for the networks in use to learn from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from kg.extract.claims.choose import Links
from kg.extract.claims.describe import Site, describe
from kg.extract.claims.finder import HEADS, ClaimFinder
from kg.extract.claims.passage import Passage
from kg.extract.document import Document
from kg.model import Entity
from kg.training import entity_teacher
from kg.training.agree import GoldPaper
from kg.training.claim_decisions import Decision, decide, read_passage
from kg.training.claim_examples import Number, Target
from kg.training.claim_lessons import Taught
from kg.training.claim_reader import ClaimReader, Read
from kg.training.claim_teacher import TeacherSettings, fit_teacher, load, save
from kg.training.teach import read_unlabelled
from kg.training.teacher import unpack

LOOKED_AT, BARE = 66_000, 1000
"""Abstracts of each corpus that may be labelled, and how many without claims are."""
SAMPLE = 6500
"""How many of those that the first teacher labels the second reads before the annotated papers."""
HELD = 5
"""One paper in so many is kept from the teachers, so that something is left to judge them by."""
WEIGHT = 0.5
"""How much a labelled number counts beside an annotated one."""


def labelled(
    pairs: Sequence[tuple[Document, dict[str, Any]]],
    corpora: Sequence[Path],
    work: Path,
    entities: Callable[[Sequence[Document]], Sequence[list[Entity]]],
    finder: ClaimFinder,
    *,
    encoder: Path | None = None,
    seed: int = 1,
) -> Iterator[Taught]:
    """Soft examples from unlabelled abstracts, by a teacher fitted to annotated papers.

    A first teacher goes on from the transformer of the teacher for entities that the folder `work` has, where there is one,
    else from that of `encoder`, as `unpack` reads it. It labels a sample of the abstracts. The second, which labels all, starts
    from the same place, reads that sample first and then the annotated papers. Both are kept in `work` and read from there by
    later runs. `entities` finds those of each abstract, and `finder`, fitted without a teacher, says which abstracts hold claims.
    """
    folder = unpack(work, encoder)
    papers = [(document, GoldPaper(gold)) for number, (document, gold) in enumerate(pairs) if number % HELD]
    documents = choose_documents(corpora, entities, finder)
    start, lexicon = entity_teacher.transformer_of(work, folder), finder.lexicon

    def teacher(name: str, fit: Callable[[], ClaimReader]) -> ClaimReader:
        path = work / f"{name}-{folder.name}.pt"
        if not path.exists():
            save(fit(), path)
        return load(path, folder)

    def first() -> ClaimReader:
        return fit_teacher(papers, lexicon, folder, TeacherSettings(seed=seed), start)

    def second() -> ClaimReader:
        sample = documents[:: max(1, len(documents) // SAMPLE)][:SAMPLE]
        told = teach(teacher("claims-first", first), sample, lexicon)
        lessons = [(paper.passage, list(paper.numbers)) for paper in told if any(n.links for n in paper.numbers)]
        return fit_teacher(papers, lexicon, folder, TeacherSettings(seed=seed, epochs=3, frozen=3), start, lessons)

    yield from teach(teacher("claims-second", second), documents, lexicon)


def choose_documents(
    corpora: Sequence[Path], entities: Callable[[Sequence[Document]], Sequence[list[Entity]]], finder: ClaimFinder
) -> list[Document]:
    """Abstracts worth labelling: those in which a finder sees claims, and some whose numbers are none."""
    chosen = []
    for corpus in corpora:
        bare = BARE
        for document in read_unlabelled([corpus], LOOKED_AT):
            [document.entities] = entities([document])
            if finder.find_claims(document):
                chosen.append(document)
            elif bare and read_passage(document)[1]:
                bare -= 1
                chosen.append(document)
    return chosen


def teach(
    reader: ClaimReader, documents: Sequence[Document], lexicon: frozenset[str], *, weight: float = WEIGHT
) -> Iterator[Taught]:
    """What the teacher thinks of the numbers of papers (with the entities that are found in them), as soft examples."""
    for document in documents:
        passage, sites = read_passage(document)
        if sites:
            with torch.inference_mode():
                numbers = _numbers(reader, passage, sites, lexicon, weight)
            yield Taught(document, passage, numbers, weight)


def _numbers(
    reader: ClaimReader, passage: Passage, sites: Sequence[Site], lexicon: frozenset[str], weight: float
) -> list[Number]:
    (read,) = reader.read([passage])
    states = [read.number(site.quantity.start, site.quantity.end) for site in sites]
    features = [describe(passage, site) for site in sites]
    parts = [part.softmax(dim=1).numpy() for part in reader.judge(states, features).split(HEADS, dim=1)]
    before: Links | None = None
    numbers = []
    for row, (site, state) in enumerate(zip(sites, states, strict=True)):
        result, kind, bound = (part[row] for part in parts)
        claim = result[1] > 0.5
        number = Number(site, features[row], (result, kind if claim else None, bound if claim else None))
        if claim:
            before = decide(passage, site, before, lexicon, _Opinion(reader, state, read, number, weight).answer)
        numbers.append(number)
    return numbers


@dataclass(frozen=True, slots=True)
class _Opinion:
    """Answers as the teacher does, and keeps each decision with its shares."""

    reader: ClaimReader
    state: Tensor
    read: Read
    number: Number
    weight: float

    def answer(self, decision: Decision) -> Sequence[int]:
        (scores,) = self.reader.rank(decision.role, [self.state], [self.read], [decision])
        if decision.role == "datasets":
            shares = torch.cat([scores.new_zeros(1), torch.sigmoid(scores[1:] - scores[0])]).numpy()
            chosen = [row - 1 for row in np.argsort(-shares) if shares[row] > 0.5]
        else:
            shares = scores.softmax(0).numpy()
            best = int(shares.argmax())
            chosen = [best - 1] if best else []
        self.number.links.append((decision, Target(shares, self.weight, told=False)))
        return chosen
