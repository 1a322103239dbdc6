"""Finds the numeric claims of a paper and links each to what it measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np

from kg.extract.claims.build import make_claim
from kg.extract.claims.choose import ORDER, Linker, Links
from kg.extract.claims.context import ContextNetwork, ReadWords
from kg.extract.claims.describe import Site, describe, find_sites
from kg.extract.claims.judge import Judge
from kg.extract.claims.named import Array, softmax
from kg.extract.claims.passage import Passage
from kg.extract.claims.ranker import Ranker
from kg.extract.claims.relate import distance_of
from kg.extract.claims.wording import means_less, names_change, says_change, says_decrease, says_level
from kg.extract.document import Document
from kg.model import Bound, Claim, Kind
from kg.quantity import find_quantities

WEIGHTS = Path(__file__).with_name("weights")
KINDS = tuple(Kind)
BOUNDS = tuple(Bound)
HEADS = (2, len(KINDS), len(BOUNDS))
"""How many outputs of the judge say each: result or not, kind, bound."""
THRESHOLD = 0.5
SURE = 0.6
"""Probability from which the judge's bound counts against a grammar that saw none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the judge says of a number."""

    site: Site
    confidence: float
    kind: Kind
    bound: Bound
    kind_score: float


@dataclass(frozen=True, slots=True)
class ClaimFinder:
    """Numbers that are results, with their links. Holds its networks and nothing of any paper: safe to share."""

    judge: Judge
    rankers: Mapping[str, Ranker]
    context: ContextNetwork
    lexicon: frozenset[str]
    threshold: float = THRESHOLD
    linker: Linker = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "linker", Linker(self.rankers, self.context, self.lexicon))

    @classmethod
    @cache
    def load(cls, folder: Path = WEIGHTS) -> ClaimFinder:
        """The finder that ships with the package."""
        rankers = {role: Ranker.load(folder / f"{role}.npz") for role in ORDER}
        lexicon = frozenset((folder / "measures.txt").read_text(encoding="utf-8").split())
        context = ContextNetwork.load(folder)
        return cls(Judge.load(folder / "numbers.npz"), rankers, context, lexicon)

    def find_claims(self, document: Document) -> tuple[Claim, ...]:
        """The claims of a paper in the order of the text; needs its sentences, its words as the recogniser read them and its entities."""
        quantities = find_quantities(document.text)
        if not any(quantity.is_candidate for quantity in quantities):
            return ()
        assert document.words is not None, "the recogniser for entities comes first"
        passage = Passage.of(document, quantities)
        sites = find_sites(passage)
        sums = self.judge.sums([describe(passage, site) for site in sites])
        if not self.judge.is_worth_reading(sums):
            return ()
        words = ReadWords(self.context.layers, passage, document.words)
        readings = self.settle(passage, sites, self.weigh(sums, sites, words))
        readings = [reading for reading in readings if reading.confidence >= self.threshold]
        if not readings:
            return ()
        linked = self.linker.link(passage, words, [reading.site for reading in readings])
        return tuple(
            make_claim(document, passage, _settle(passage, reading, links), links)
            for reading, links in zip(readings, linked, strict=True)
        )

    def weigh(self, sums: Array, sites: Sequence[Site], words: ReadWords) -> list[Array]:
        """Shares of being a result or not, of each kind and of each bound, a row for each number; there is one at least. `sums` are the judge's."""
        scores = self.judge.scores(sums, np.stack([words.number(site) for site in sites]))
        return [softmax(part) for part in np.split(scores, np.cumsum(HEADS)[:-1], axis=1)]

    @staticmethod
    def settle(passage: Passage, sites: Sequence[Site], shares: Sequence[Array]) -> list[Reading]:
        """What the wording and the shares of `weigh` say together."""
        return [
            Reading(site, float(result[1]), _kind(passage, site, kind), _bound(site, bound), float(kind.max()))
            for site, result, kind, bound in zip(sites, *shares, strict=True)
        ]


def _settle(passage: Passage, reading: Reading, links: Links) -> Reading:
    """The reading, its kind in the light of what is measured: a better latency is a lower one."""
    if reading.kind is not Kind.INCREASE:
        return reading
    metric, site = links.first("metric"), reading.site
    words, distance = (metric.text.lower().split(), distance_of(site, metric)) if metric else ([], 0)
    return replace(reading, kind=Kind.DECREASE) if means_less(passage, site, words, distance) else reading


def _kind(passage: Passage, site: Site, shares: Array) -> Kind:
    """What the wording says where it leaves no doubt, else the likeliest."""
    if says_level(passage, site):
        return Kind.ABSOLUTE
    if says_decrease(passage, site):
        return Kind.DECREASE
    if named := names_change(passage, site):
        return named
    allowed = [
        number for number, kind in enumerate(KINDS) if kind is not Kind.ABSOLUTE or not says_change(passage, site)
    ]
    return KINDS[max(allowed, key=shares.__getitem__)]


def _bound(site: Site, shares: Array) -> Bound:
    """What the grammar read beside the number; where it read nothing, what the network is sure of ("up to 3% and 5%")."""
    best = int(np.argmax(shares))
    if site.quantity.bound != "exact":
        return Bound(site.quantity.bound)
    return BOUNDS[best] if shares[best] > SURE else Bound.EXACT
