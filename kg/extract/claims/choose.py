"""Chooses what each claim is linked to, in the order of the text: a number follows the number before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kg.extract.claims.describe import Site
from kg.extract.claims.network import Network, softmax
from kg.extract.claims.passage import Passage
from kg.extract.claims.relate import Candidate, candidates_for, make_scene, null_features, relate

ORDER = ("method", "metric", "datasets", "task", "baseline")


@dataclass(frozen=True, slots=True)
class Choice:
    """A link made: the candidate and its probability."""

    candidate: Candidate
    score: float


@dataclass(slots=True)
class Links:
    """What one number is linked to, by role; roles linked to nothing are absent or empty."""

    site: Site
    choices: dict[str, list[Choice]] = field(default_factory=dict)
    nothing: dict[str, float] = field(default_factory=dict)
    """Per role left empty, how sure that is."""

    def first(self, role: str) -> Candidate | None:
        """The best candidate chosen for a role."""
        chosen = self.choices.get(role)
        return chosen[0].candidate if chosen else None


def previous_picks(role: str, site: Site, before: Links | None, own: Links) -> dict[str, Candidate | None]:
    """What a ranker knows of links made already: the number before it, and this number's own method."""
    picked: dict[str, Candidate | None] = {}
    if before is not None:
        near = "" if before.site.sentence == site.sentence else "far"
        picked[near + role] = before.first(role)
    if role == "baseline":
        picked["own"] = own.first("method")
        if before is not None and before.site.sentence == site.sentence:
            picked["other"] = before.first("method")
    if role == "task" and own.first("datasets") is not None and before is not None:
        same = before.first("datasets")
        picked["set"] = (
            before.first("task") if same and same.entity == own.choices["datasets"][0].candidate.entity else None
        )
    return picked


def link_numbers(
    passage: Passage, sites: Sequence[Site], rankers: Mapping[str, Network], lexicon: frozenset[str]
) -> list[Links]:
    """Links for each number that is a claim, in order."""
    out: list[Links] = []
    for site in sites:
        before = out[-1] if out else None
        links = Links(site)
        scene = make_scene(passage, site)
        for role in ORDER:
            picked = previous_picks(role, site, before, links)
            candidates = candidates_for(scene, role, lexicon, before.first(role) if before else None)
            if not candidates:
                continue
            rows = [null_features(scene, candidates, picked)]
            rows += [relate(scene, candidate, candidates, picked) for candidate in candidates]
            scores = rankers[role].scores(rows)[:, 0]
            if role == "datasets":
                _choose_many(links, role, candidates, scores)
            else:
                _choose_one(links, role, candidates, scores)
        out.append(links)
    return out


def _choose_one(links: Links, role: str, candidates: Sequence[Candidate], scores: np.ndarray) -> None:
    shares = softmax(scores)
    best = int(shares.argmax())
    if best == 0:
        links.nothing[role] = float(shares[0])
    else:
        links.choices[role] = [Choice(candidates[best - 1], float(shares[best]))]


def _choose_many(links: Links, role: str, candidates: Sequence[Candidate], scores: np.ndarray) -> None:
    # The null row shifts all: it says how likely it is that no data set is named at all.
    shares = 1 / (1 + np.exp(scores[0] - scores[1:]))
    chosen = [Choice(c, float(p)) for c, p in zip(candidates, shares, strict=True) if p > 0.5]
    if chosen:
        links.choices[role] = sorted(chosen, key=lambda choice: -choice.score)
    else:
        links.nothing[role] = float(1 - shares.max())
