"""Trains the networks of `kg.extract.claims` from annotated papers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.extract.claims.choose import ORDER, Choice, Links, previous_picks
from kg.extract.claims.describe import Site, describe, find_sites
from kg.extract.claims.finder import BOUNDS, HEADS, KINDS, ClaimFinder
from kg.extract.claims.network import Network
from kg.extract.claims.passage import Passage
from kg.extract.claims.relate import Candidate, candidates_for, make_scene, null_features, relate
from kg.extract.document import Document
from kg.quantity import find_quantities
from kg.training.agree import GoldPaper
from kg.training.sparse import Settings, choice_loss, fit, heads_loss, set_loss

NUMBERS = Settings(hidden=8, copies=2, epochs=5, decay=0.03, least=6)
RANKERS = Settings(hidden=8, copies=2, epochs=5, decay=0.03, least=8)
Group = list[list[str]]


@dataclass(slots=True)
class Examples:
    """Decisions with their right answers."""

    numbers: list[Group] = field(default_factory=list)
    labels: list[tuple[int, int, int]] = field(default_factory=list)
    links: dict[str, list[tuple[Group, frozenset[int]]]] = field(default_factory=lambda: {role: [] for role in ORDER})
    lost: Counter[str] = field(default_factory=Counter)
    """Links whose right answer was not among the candidates."""


def train(pairs: Iterable[tuple[Document, dict[str, Any]]], *, seed: int = 1) -> ClaimFinder:
    """A finder fitted to documents (with the entities that it will see) and their annotations."""
    papers = [(document, GoldPaper(gold)) for document, gold in pairs]
    lexicon = learn_lexicon(gold.data for _, gold in papers)
    examples = Examples()
    for document, gold in papers:
        add_examples(examples, document, gold, lexicon)
    numbers = fit(examples.numbers, heads_loss(examples.labels, HEADS), sum(HEADS), replace(NUMBERS, seed=seed))
    rankers = {role: _fit_ranker(role, examples.links[role], seed) for role in ORDER}
    return ClaimFinder(numbers, rankers, lexicon)


def save(finder: ClaimFinder, folder: Path) -> None:
    """Writes a finder where `ClaimFinder.load` reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    finder.numbers.save(folder / "numbers.npz")
    for role, network in finder.rankers.items():
        network.save(folder / f"{role}.npz")
    (folder / "measures.txt").write_text("\n".join(sorted(finder.lexicon)) + "\n", encoding="utf-8")


def learn_lexicon(papers: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Words that name what numbers measure, in at least two papers."""
    counts: Counter[str] = Counter()
    for paper in papers:
        metrics = {claim["metric"] for claim in paper["claims"] if claim["metric"]}
        counts.update({word for metric in metrics for word in re.findall(r"[a-z]+(?:-[a-z]+)*", metric.lower())})
    skip = {"of", "the", "a", "in", "on", "for", "and", "to", "by", "with", "per", "number", "over", "at", "average"}
    return frozenset(word for word, count in counts.items() if count >= 2 and len(word) > 1 and word not in skip)


def _fit_ranker(role: str, examples: Sequence[tuple[Group, frozenset[int]]], seed: int) -> Network:
    groups = [group for group, _ in examples]
    right = [answer for _, answer in examples]
    sizes = [len(group) for group in groups]
    loss = set_loss(right, sizes) if role == "datasets" else choice_loss(right, sizes)
    return fit(groups, loss, 1, replace(RANKERS, seed=seed))


def add_examples(examples: Examples, document: Document, gold: GoldPaper, lexicon: frozenset[str]) -> None:
    """The decisions that one paper teaches."""
    quantities = find_quantities(document.text)
    passage = Passage(document.text, len(document.paper.title), document.sentences, document.entities, quantities)
    sites = find_sites(passage)
    claims = gold.align(document, [site.quantity for site in sites])
    before: Links | None = None
    for site, claim in zip(sites, claims, strict=True):
        examples.numbers.append([describe(passage, site)])
        if claim is None:
            examples.labels.append((0, -1, -1))
            continue
        result = -1 if claim.get("optional") else 1
        examples.labels.append((result, KINDS.index(claim["kind"]), BOUNDS.index(claim["bound"])))
        if result == 1:
            before = _add_links(examples, passage, site, claim, gold, lexicon, before)


def _add_links(
    examples: Examples,
    passage: Passage,
    site: Site,
    claim: dict[str, Any],
    gold: GoldPaper,
    lexicon: frozenset[str],
    before: Links | None,
) -> Links:
    links = Links(site)
    scene = make_scene(passage, site)
    for role in ORDER:
        picked = previous_picks(role, site, before, links)
        candidates = candidates_for(scene, role, lexicon, before.first(role) if before else None)
        if not candidates:
            examples.lost[role] += bool(claim[role])
            continue
        right = _right(candidates, role, claim, gold)
        if claim[role] and not right:
            examples.lost[role] += 1
            if role != "datasets":
                continue
        group = [null_features(scene, candidates, picked)]
        group += [relate(scene, candidate, candidates, picked) for candidate in candidates]
        answer = frozenset(row + 1 for row in right)
        examples.links[role].append((group, answer or (answer if role == "datasets" else frozenset([0]))))
        if right:
            links.choices[role] = [Choice(candidates[row], 1.0) for row in _best(candidates, right, role)]
    return links


def _right(candidates: Sequence[Candidate], role: str, claim: dict[str, Any], gold: GoldPaper) -> list[int]:
    wanted = claim[role] if role == "datasets" else [claim[role]] if claim[role] else []
    return [
        i for i, candidate in enumerate(candidates) if any(gold.same(role, name, candidate.text) for name in wanted)
    ]


def _best(candidates: Sequence[Candidate], right: Sequence[int], role: str) -> Sequence[int]:
    """Of several right answers the one that stands for all: an entity, and near."""
    if role == "datasets":
        return right
    return sorted(right, key=lambda i: (candidates[i].entity < 0, candidates[i].left is None, candidates[i].back))[:1]
