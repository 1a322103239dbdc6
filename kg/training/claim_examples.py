"""Decisions about claims with their right answers, as annotated papers teach them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np

from kg.extract.claims.candidates import Candidate
from kg.extract.claims.choose import Links
from kg.extract.claims.describe import Site, describe
from kg.extract.claims.finder import BOUNDS, HEADS, KINDS
from kg.extract.claims.named import Array
from kg.extract.claims.passage import Passage
from kg.extract.document import Document
from kg.training.agree import GoldPaper
from kg.training.claim_decisions import Decision, decide, read_passage

SLIPS = {"method": 0.2, "metric": 0.1, "datasets": 0.0, "task": 0.1, "baseline": 0.1}
"""How often a link of the number before is taught wrong, as it will be in use: so much it is not to be trusted."""
Label = tuple[Array | None, Array | None, Array | None]
"""Shares of result or not, of kinds and of bounds; None where nothing is known."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is right in a group: a share for each of its rows, the first being "nothing"."""

    shares: Array
    weight: float = 1.0
    told: bool = True
    """Annotated: any row with a share will do. Else the shares are a teacher's, to be matched."""
    opinion: Array | None = None
    """The shares that a teacher, or linkers fitted before, would give, where there were any."""
    lean: float = 0.0
    """How much the opinion counts beside what is right, from 0 to 1."""

    @classmethod
    def of(cls, right: Collection[int], size: int) -> Target:
        """The rows `right` of an annotated group of so many rows."""
        shares = np.zeros(size, np.float32)
        shares[list(right)] = 1
        return cls(shares)


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a paper with what is right for it, and its links if it is a claim."""

    site: Site
    features: list[str]
    label: Label
    links: list[tuple[Decision, Target]] = field(default_factory=list)


def one_of(right: int, size: int) -> Array:
    """All of the share for one class."""
    shares = np.zeros(size, np.float32)
    shares[right] = 1
    return shares


def label_of(claim: dict[str, Any] | None) -> Label:
    """What is annotated for a number: no claim, a claim, or one that may be left out."""
    if claim is None:
        return one_of(0, HEADS[0]), None, None
    kind, bound = one_of(KINDS.index(claim["kind"]), HEADS[1]), one_of(BOUNDS.index(claim["bound"]), HEADS[2])
    return None if claim.get("optional") else one_of(1, HEADS[0]), kind, bound


def read_numbers(document: Document, gold: GoldPaper, lexicon: frozenset[str]) -> tuple[Passage, list[Number]]:
    """The numbers of an annotated paper that may be results."""
    passage, sites = read_passage(document)
    claims = gold.align(document, [site.quantity for site in sites])
    before: Links | None = None
    rng = Random(document.paper.id)
    numbers = []
    for site, claim in zip(sites, claims, strict=True):
        number = Number(site, describe(passage, site), label_of(claim))
        numbers.append(number)
        if claim is not None and not claim.get("optional"):
            keep = number.links.append
            before = decide(passage, site, before, lexicon, _Annotation(claim, gold, rng, keep).answer)
    return passage, numbers


@dataclass(frozen=True, slots=True)
class _Annotation:
    """Answers as annotated, and hands on each decision with what is right."""

    claim: dict[str, Any]
    gold: GoldPaper
    rng: Random
    keep: Callable[[tuple[Decision, Target]], None]

    def answer(self, decision: Decision) -> Sequence[int]:
        role, candidates = decision.role, decision.candidates
        if role in self.claim.get("unsure", ()):
            return ()
        right = self._right(role, candidates)
        if self.claim[role] and not right and role != "datasets":
            return ()
        rows = [row + 1 for row in right] or ([] if role == "datasets" else [0])
        self.keep((decision, Target.of(rows, len(decision.group))))
        picked = _best(candidates, right, role)
        if self.rng.random() < SLIPS[role]:
            return [self.rng.randrange(len(candidates))] if picked or self.rng.random() < 0.5 else ()
        return picked

    def _right(self, role: str, candidates: Sequence[Candidate]) -> list[int]:
        wanted = self.claim[role]
        names = wanted if role == "datasets" else [wanted] if wanted else []
        return [
            i for i, candidate in enumerate(candidates) if any(self.gold.same(role, x, candidate.text) for x in names)
        ]


def _best(candidates: Sequence[Candidate], right: Sequence[int], role: str) -> Sequence[int]:
    """Of several right answers the one that stands for all: an entity, and near."""
    if role == "datasets":
        return right
    return sorted(right, key=lambda i: (candidates[i].entity < 0, candidates[i].left is None, candidates[i].back))[:1]
