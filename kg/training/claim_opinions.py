"""What a finder or a teacher thinks of the numbers of a paper, as soft examples for others to learn from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kg.extract.claims.choose import ORDER, PAIRED, Linker, Links, choose
from kg.extract.claims.context import Context, ReadWords
from kg.extract.claims.describe import Site, describe
from kg.extract.claims.finder import BOUNDS, KINDS, THRESHOLD, ClaimFinder
from kg.extract.claims.named import Array, softmax
from kg.extract.claims.passage import Passage
from kg.extract.document import Document
from kg.training.claim_decisions import Decision, decide, read_passage
from kg.training.claim_examples import Label, Number, Target, one_of
from kg.training.claim_lessons import Taught

WEIGHT = 0.5
"""How much a labelled number counts beside an annotated one."""
CHOSEN, LEFT = np.float32(0.9), np.float32(0.3)
"""Least share of a data set that the finder takes after looking at lists, and the most of one that it leaves."""
ADVISED = np.float32(0.25)
"""How much an opinion of what a number is counts beside what is annotated."""
PASSED_OVER = 0.02
"""Share, before all are made to sum to 1, of a candidate that a rule of wording did not choose."""


class Opinion(Protocol):
    """Of one paper."""

    def labels(self) -> list[Label]:
        """For each number how likely it is a result, and of each kind and bound."""

    def link(self, place: int, decision: Decision) -> tuple[Array, Sequence[int]]:
        """Shares of "nothing" and of each candidate for the number at a place, and the candidates picked."""

    def hint(self) -> NDArray[np.float16] | None:
        """As `Taught` has it."""


Judge = Callable[[Document, Passage, Sequence[Site]], Opinion]
"""Gives what it thinks of a paper with such numbers."""


def teach_by(
    judge: Judge, documents: Sequence[Document], lexicon: frozenset[str], *, weight: float = WEIGHT
) -> Iterator[Taught]:
    """What the judge thinks of the numbers of papers (with the entities that are found in them); papers without any are left out."""
    for document in documents:
        passage, sites = read_passage(document)
        if sites:
            opinion = judge(document, passage, sites)
            numbers = _numbers(opinion, passage, sites, lexicon, weight)
            yield Taught(document, passage, numbers, weight, opinion.hint())


def _numbers(
    opinion: Opinion, passage: Passage, sites: Sequence[Site], lexicon: frozenset[str], weight: float
) -> list[Number]:
    before: Links | None = None
    numbers = []
    for place, (site, (result, kind, bound)) in enumerate(zip(sites, opinion.labels(), strict=True)):
        assert result is not None, "an opinion has no gaps"
        claim = result[1] >= THRESHOLD
        number = Number(site, describe(passage, site), (result, kind if claim else None, bound if claim else None))

        def answer(decision: Decision, place: int = place, number: Number = number) -> Sequence[int]:
            shares, picked = opinion.link(place, decision)
            number.links.append((decision, Target(shares, weight, told=False)))
            return picked

        if claim:
            before = decide(passage, site, before, lexicon, answer)
        numbers.append(number)
    return numbers


def advised(judge: Judge, paper: Taught) -> Taught:
    """An annotated paper with what the judge thinks of its numbers, and of what they are linked to, beside what is annotated."""
    if not paper.numbers:
        return paper
    opinion = judge(paper.document, paper.passage, [number.site for number in paper.numbers])
    numbers = []
    for place, (number, seen) in enumerate(zip(paper.numbers, opinion.labels(), strict=True)):
        result, kind, bound = (_lean(*parts) for parts in zip(number.label, seen, strict=True))
        links = [
            (decision, replace(target, opinion=opinion.link(place, decision)[0])) for decision, target in number.links
        ]
        numbers.append(replace(number, label=(result, kind, bound), links=links))
    return replace(paper, numbers=numbers, hint=opinion.hint())


def _lean(told: Array | None, seen: Array | None) -> Array | None:
    if told is None or seen is None:
        return told
    result: Array = told + (seen - told) * ADVISED
    return result


class FinderOpinion:
    """What a finder thinks, rules of wording included."""

    def __init__(self, finder: ClaimFinder, document: Document, passage: Passage, sites: Sequence[Site]) -> None:
        assert document.words is not None, "the recogniser for entities comes first"
        self._finder, self._passage, self._sites = finder, passage, sites
        self._words = ReadWords(finder.context.layers, passage, document.words)
        self._context = Context(finder.context, ORDER, passage, self._words)
        self._looks = [self._context.look(site) for site in sites]

    def labels(self) -> list[Label]:
        """As `Opinion` has it; what the wording decides has all of the share."""
        sums = self._finder.judge.sums([describe(self._passage, site) for site in self._sites])
        shares = self._finder.weigh(sums, self._sites, self._words)
        readings = self._finder.settle(self._passage, self._sites, shares)
        return [
            (result, _settled(kind, KINDS.index(reading.kind)), _settled(bound, BOUNDS.index(reading.bound)))
            for reading, result, kind, bound in zip(readings, *shares, strict=True)
        ]

    def link(self, place: int, decision: Decision) -> tuple[Array, Sequence[int]]:
        """As `Opinion` has it."""
        role, site = decision.role, self._sites[place]
        ruled = Linker.rule(decision.scene, role, decision.candidates)
        if ruled is not None:
            row = decision.candidates.index(ruled.candidate)
            return _ruled_shares(role, row, len(decision.group)), [row]
        ranker = self._finder.rankers[role]
        seen = self._context.add(role, self._looks[place], decision.candidates)
        scores = ranker.scores(ranker.sums(decision.group), seen)
        shares = shares_of(role, scores)
        links = Links(site)
        choose(links, role, decision.scene, decision.candidates, scores)
        picked = [decision.candidates.index(choice.candidate) for choice in links.choices.get(role, ())]
        if role == "datasets":
            for row in range(len(decision.candidates)):
                share = shares[row + 1]
                shares[row + 1] = max(share, CHOSEN) if row in picked else min(share, LEFT)
        return shares, picked

    def hint(self) -> None:
        """None: the layers in use learn nothing from their own states."""


def shares_of(role: str, scores: Array) -> Array:
    """Scores of "nothing" and of candidates as shares: data sets each for itself, of other roles one alone."""
    if role != "datasets":
        return softmax(scores)
    shares: Array = 1 / (1 + np.exp(scores[0] - scores))
    shares[0] = 0
    return shares


def _settled(shares: Array, decided: int) -> Array:
    return shares if int(shares.argmax()) == decided else one_of(decided, len(shares))


def _ruled_shares(role: str, row: int, size: int) -> Array:
    """The share of a rule for what it chose, and little for the rest."""
    shares = np.full(size, PASSED_OVER, np.float32)
    shares[row + 1] = PAIRED
    if role == "datasets":
        shares[0] = 0
        return shares
    result: Array = shares / shares.sum()
    return result
