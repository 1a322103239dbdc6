"""What linkers learn from: each number's roles in order, every decision with those before it made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.claims.candidates import Candidate, Scene, candidates_for, make_scene
from kg.extract.claims.choose import ORDER, Choice, Links, previous_picks
from kg.extract.claims.describe import Site, find_sites
from kg.extract.claims.passage import Passage
from kg.extract.claims.relate import null_features, null_sides, peers_of, relate, sides
from kg.extract.document import Document
from kg.quantity import find_quantities

Group = list[list[str]]
"""Features of "nothing", then of each candidate."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one number may be linked to in one role."""

    role: str
    scene: Scene
    candidates: Sequence[Candidate]
    group: Group

    def spans(self) -> Iterator[list[tuple[int, int]]]:
        """For each candidate the places in the text where it stands, as [start, end)."""
        passage = self.scene.passage
        for candidate in self.candidates:
            if candidate.entity >= 0:
                yield [(spot.start, spot.end) for spot in passage.places(candidate.entity)]
            else:
                spot = candidate.left or candidate.right
                yield [(spot.start, spot.end)] if spot else []


Answer = Callable[[Decision], Sequence[int]]
"""Picks candidates, by number, that later decisions shall see as chosen."""


def read_passage(document: Document) -> tuple[Passage, list[Site]]:
    """A document as the claim models see it, and its numbers that may be results."""
    passage = Passage.of(document, find_quantities(document.text))
    return passage, find_sites(passage)


def decide(passage: Passage, site: Site, before: Links | None, lexicon: frozenset[str], answer: Answer) -> Links:
    """Asks `answer` for each role of a number; `before` are the links of the claim before it."""
    links = Links(site)
    scene = make_scene(passage, site)
    for role in ORDER:
        candidates = candidates_for(scene, role, lexicon, before.first(role) if before else None)
        if not candidates:
            continue
        picked = previous_picks(role, site, before, links)
        peers = peers_of(scene, candidates)
        group = [[*null_features(scene, peers, picked), *null_sides(scene)]]
        group += [
            [*relate(scene, candidates, index, peers, picked), *sides(scene, candidate)]
            for index, candidate in enumerate(candidates)
        ]
        chosen = answer(Decision(role, scene, candidates, group))
        if chosen:
            links.choices[role] = [Choice(candidates[row], 1.0) for row in chosen]
    return links
