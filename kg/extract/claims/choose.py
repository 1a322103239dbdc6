"""Chooses what each claim is linked to, in the order of the text: a number follows the number before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kg.extract.claims.candidates import KINDS_OF, Candidate, Scene, candidates_for, make_scene
from kg.extract.claims.context import Context, ContextNetwork, ReadWords
from kg.extract.claims.describe import Site
from kg.extract.claims.lists import find_ahead, find_behind, find_list, find_paired, find_rest, find_rival
from kg.extract.claims.named import Array, softmax
from kg.extract.claims.passage import Passage
from kg.extract.claims.ranker import Ranker, Shared
from kg.extract.claims.relate import null_features, null_sides, peers_of, relate, sides
from kg.extract.claims.subject import find_subject

ORDER = ("method", "metric", "datasets", "task", "baseline")

# How often these rules are right on the training papers with the entities found: 91 of 95 data sets in parallel lists, 22 of 22
# metrics with "respectively", 13 of 13 baselines in lists behind a comparison, 231 of 253 data sets right behind the number, 93 of 97 at
# the head of its clause (with those annotated 102 of 104, 32 of 39, 25 of 25, 240 of 251, 103 of 107); 90 of 96 lists of which one data set is right are right as a whole;
# 916 of 935 subjects of clauses (1,014 of 1,030).
PAIRED, BEHIND, AHEAD, LISTED, SUBJECT = 0.95, 0.91, 0.96, 0.93, 0.98

_NOTHING, _NO_NAME = -2, -1
"""The last rows of `Linker._beside`."""

RESERVE = {"task": np.float32(0.5)}
"""What is added to the score of "nothing". Annotators differ on how far a task carries: with this the tuning papers of 2025 have
.657 of the tasks right for .615, those of the pages .837 for .837, other annotated abstracts .752 for .767."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A link made: the candidate and its probability."""

    candidate: Candidate
    score: float
    rule: str = ""
    """What chose it where no network did."""


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


class Linker:
    """A ranker for each role over named features, and the network that reads the words around, which all of them share."""

    def __init__(self, rankers: Mapping[str, Ranker], context: ContextNetwork, lexicon: frozenset[str]) -> None:
        self._rankers = rankers
        self._context = context
        self._lexicon = lexicon
        self._shared = Shared(rankers)

    def link(self, passage: Passage, words: ReadWords, sites: Sequence[Site]) -> list[Links]:
        """Links for each number that is a claim, in order."""
        out: list[Links] = []
        context = Context(self._context, ORDER, passage, words)
        for site in sites:
            before = out[-1] if out else None
            links = Links(site)
            scene = make_scene(passage, site)
            beside = self._beside(scene)
            look = context.look(site)
            for role in ORDER:
                candidates = candidates_for(scene, role, self._lexicon, before.first(role) if before else None)
                if not candidates:
                    continue
                picked = previous_picks(role, site, before, links)
                ruled = self.rule(scene, role, candidates)
                if ruled is not None:
                    links.choices[role] = [ruled]
                    continue
                sums = self._sums(scene, role, candidates, picked, beside)
                scores = self._rankers[role].scores(sums, context.add(role, look, candidates))
                choose(links, role, scene, candidates, scores)
            out.append(links)
        return out

    @staticmethod
    def rule(scene: Scene, role: str, candidates: Sequence[Candidate]) -> Choice | None:
        """A link that the wording alone decides."""
        if role == "method":
            subject = find_subject(scene, candidates)
            return None if subject is None else Choice(candidates[subject], SUBJECT, "subject of the clause")
        paired = None
        if role == "datasets":
            paired = find_paired(scene, candidates, KINDS_OF["datasets"])
        elif role == "metric" and "h:respectively" in scene.cues:
            paired = find_paired(scene, candidates, ("metric",))
        elif role == "baseline":
            paired = find_rival(scene, candidates)
        if paired is not None:
            return Choice(candidates[paired], PAIRED, "same place in its list")
        if role == "datasets":
            behind = find_behind(scene, candidates)
            if behind is not None:
                return Choice(candidates[behind], BEHIND, "right behind the number")
            ahead = find_ahead(scene, candidates)
            if ahead is not None:
                return Choice(candidates[ahead], AHEAD, "at the head of the clause")
        return None

    def _sums(
        self,
        scene: Scene,
        role: str,
        candidates: Sequence[Candidate],
        picked: Mapping[str, Candidate | None],
        beside: Array,
    ) -> Array:
        """Sums of named features for "nothing" and for each candidate; `beside` has those of names that all roles look at."""
        peers = peers_of(scene, candidates)
        rows = [null_features(scene, peers, picked)]
        known = [_NOTHING]
        for index, candidate in enumerate(candidates):
            rows.append(relate(scene, candidates, index, peers, picked))
            if candidate.entity >= 0 and candidate is scene.named[candidate.entity]:
                known.append(candidate.entity)
            else:
                rows[-1] += sides(scene, candidate)
                known.append(_NO_NAME)
        sums = self._rankers[role].sums(rows)
        sums += beside[known, self._shared.columns[role]]
        return sums

    def _beside(self, scene: Scene) -> Array:
        """Sums for each name, then for "nothing", then zeros for what is no name or was carried over."""
        return self._shared.sums([*(sides(scene, name) for name in scene.named), null_sides(scene), ()])


def choose(links: Links, role: str, scene: Scene, candidates: Sequence[Candidate], scores: Array) -> None:
    """Keeps in `links` what the scores of "nothing" and of each candidate say of a role."""
    scores = scores.copy()
    scores[0] += RESERVE.get(role, 0)
    if role == "datasets":
        _choose_many(links, scene, candidates, scores)
    else:
        _choose_one(links, role, candidates, scores)


def _choose_one(links: Links, role: str, candidates: Sequence[Candidate], scores: Array) -> None:
    shares = softmax(scores)
    best = int(shares.argmax())
    if best == 0:
        links.nothing[role] = float(shares[0])
    else:
        links.choices[role] = [Choice(candidates[best - 1], float(shares[best]))]


def _choose_many(links: Links, scene: Scene, candidates: Sequence[Candidate], scores: Array) -> None:
    # The null row shifts all: it says how likely it is that no data set is named at all.
    shares = 1 / (1 + np.exp(scores[0] - scores[1:]))
    chosen = [i for i, p in enumerate(shares) if p > 0.5]
    if not chosen:
        links.nothing["datasets"] = float(1 - shares.max())
        return
    if any(candidates[i].left or candidates[i].right for i in chosen):
        # What a sentence names is of one list, or one thing: all but 26 of 2,137 training claims with data sets.
        together = find_list(scene, candidates, int(shares.argmax()))
        chosen = [i for i in chosen if i in together]
    rest = sorted({other for i in chosen for other in find_rest(scene, candidates, i)}.difference(chosen))
    choices = [Choice(candidates[i], float(shares[i])) for i in chosen]
    choices += [Choice(candidates[i], LISTED, "of the same list") for i in rest]
    links.choices["datasets"] = sorted(choices, key=lambda choice: -choice.score)
