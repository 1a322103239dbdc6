"""What a number may be linked to: entities, names that are none, words for measures, phrases for baselines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.claims.describe import Site
from kg.extract.claims.passage import Passage, Spot
from kg.quantity.units import COSTS

KINDS_OF = {
    "metric": ("metric", "?metric", "name", "task"),
    "datasets": ("dataset", "?dataset"),
    "method": ("method", "?method", "name", "dataset", "?dataset", "task"),
    "baseline": ("method", "?method", "name", "dataset", "?dataset", "task"),
    "task": ("task", "?task", "method", "name"),
}
NEAR = {"metric": ("name", "task"), "baseline": KINDS_OF["baseline"], "task": ("method",)}
"""Kinds that a role takes from the number's own sentence alone: elsewhere they are many, and right in fewer than one of a hundred."""

_QUALITY = re.compile(
    r"(?<![A-Za-z])m?(?:accurac(?:y|ies)|precision|recall|perplexity|(?:success|win) rates?|exact match|R\^?2|F-?1|F-(?:score|measure)"
    r"|AP(?:\d\d)?|BLEU(?:-\d)?|ROUGE(?:-\w+)?|METEOR|CIDEr|PSNR|SSIM|LPIPS|FID|AUC|AUROC|IoU|Dice|[WCE]ER|EPE|HD95|MRR|(?:pass|hits?|nDCG)@\d+)"
    r"(?:[- ](?:scores?|values?))?$",
    re.IGNORECASE,
)
"""Measures of how good something is. No seconds, bytes or joules measure them: none of 217 such training claims has one."""

_SPEAKERS = ("we", "our", "it", "this", "proposed", "respectively", "than", "compared")

_HEADS = (
    r"baselines?|methods?|models?|approach(?:es)?|state[- ]of[- ]the[- ]arts?|SOTA|works?|systems?|counterparts?|techniques?"
    r"|algorithms?|networks?|solutions?|implementations?|competitors?|alternatives?|frameworks?|agents?|LLMs|MLLMs|architectures?"
    r"|strateg(?:y|ies)|humans?|training|best|decoding|variants?|versions?|library|libraries|teacher|inference|tuning|learning"
)
_PHRASE = re.compile(
    rf"(?<![\w-])(?:[A-Za-z][\w'/-]{{0,30}} ){{0,4}}?(?:{_HEADS})(?![\w])|\bbaselines?\b|\bstate[- ]of[- ]the[- ]art\b"
)
_LEAD = re.compile(
    r"^(?:(?:(?:faster|slower|better|higher|lower|larger|smaller|fewer|less|more|cheaper) than|the|an?|our|its|their|this|all|over|than|to|with|against|of|both|by|from|on|and|in|for|other|is|are|we|that|which|as|at"
    r"|outperform\w*|compared|relative|surpass\w*|improv\w*|existing(?= state)|using|versus|it|can|while|achiev\w*|beat\w*|exceed\w*|not|or) )+"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something a number may be linked to: an entity, or a phrase that is none (`entity` is -1)."""

    entity: int
    text: str
    sentence: int
    left: Spot | None
    """Its nearest mention before the number in the same sentence, and the nearest behind it."""
    right: Spot | None
    back: int
    """Sentences since its last mention before this one; 9 where there is none."""


@dataclass(slots=True)
class Scene:
    """What all candidates of one number share."""

    passage: Passage
    site: Site
    unit: str
    """What the number is given in, as a feature."""
    inside: list[Spot]
    """Mentions in the number's sentence."""
    cues: list[str]
    """Words of the sentence that say who speaks, as features: "we", "our", "respectively"."""
    named: list[Candidate]
    """Each name of the passage as a candidate."""


def make_scene(passage: Passage, site: Site) -> Scene:
    inside = [spot for spot in passage.spots if spot.sentence == site.sentence]
    said = {*passage.words[site.low : site.high]}
    unit = site.quantity.unit
    return Scene(
        passage,
        site,
        f"u={unit if len(unit) < 6 else 'other'}",
        inside,
        [f"h:{word}" for word in _SPEAKERS if word in said],
        _name_candidates(passage, site),
    )


def _name_candidates(passage: Passage, site: Site) -> list[Candidate]:
    left: list[Spot | None] = [None] * len(passage.names)
    right = left.copy()
    back = [9] * len(left)
    for spot in passage.spots:
        if spot.sentence < site.sentence:
            back[spot.entity] = min(8, site.sentence - spot.sentence)
        elif spot.sentence > site.sentence:
            continue
        elif spot.first <= site.first:
            left[spot.entity] = spot
        elif right[spot.entity] is None:
            right[spot.entity] = spot
    return [
        Candidate(entity, _surface(passage, entity, before, behind), site.sentence, before, behind, since)
        for entity, (before, behind, since) in enumerate(zip(left, right, back, strict=True))
    ]


def entity_candidates(scene: Scene, kinds: Sequence[str], near: Sequence[str] = ()) -> list[Candidate]:
    """One candidate for each name of a kind; of those of kinds in `near`, for each that the number's sentence names."""
    return [
        candidate
        for candidate, kind in zip(scene.named, scene.passage.kinds, strict=True)
        if kind in kinds and (kind not in near or candidate.left is not None or candidate.right is not None)
    ]


def _surface(passage: Passage, entity: int, left: Spot | None, right: Spot | None) -> str:
    spot = left or right
    return passage.text[spot.start : spot.end] if spot else passage.names[entity].forms[0]


def word_candidates(scene: Scene, lexicon: frozenset[str]) -> list[Candidate]:
    """Words that name a measure though no entity covers them: "faster", "parameters", "reduction"."""
    passage, site = scene.passage, scene.site
    out: list[Candidate] = []
    for k in range(max(site.low, site.first - 16), min(site.high, site.last + 14)):
        if passage.tags[k] == "met" or site.first <= k < site.last:
            continue
        if passage.words[k] in lexicon or (k == site.last and not site.quantity.unit and len(passage.words[k]) > 2):
            out.append(_phrase_candidate(passage, site, passage.starts[k], passage.ends[k]))
    return out


def phrase_candidates(scene: Scene) -> list[Candidate]:
    """Un-named things to compare with: "baseline", "prior work", "dense models"."""
    passage, site = scene.passage, scene.site
    start, end = passage.sentences[site.sentence]
    out = []
    for found in _PHRASE.finditer(
        passage.text, max(start, site.quantity.start - 250), min(end, site.quantity.end + 250)
    ):
        lead = _LEAD.match(found.group())
        begin = found.start() + (lead.end() if lead else 0)
        out.append(_phrase_candidate(passage, site, begin, found.end()))
    return out


def _phrase_candidate(passage: Passage, site: Site, start: int, end: int) -> Candidate:
    first = passage.token_at(start)
    spot = Spot(start, end, first, max(first + 1, passage.token_from(end)), -1, site.sentence)
    left, right = (spot, None) if first <= site.first else (None, spot)
    return Candidate(-1, passage.text[start:end], site.sentence, left, right, 9)


def candidates_for(
    scene: Scene, role: str, lexicon: frozenset[str], before: Candidate | None = None
) -> list[Candidate]:
    """All that a role's ranker chooses from; `before` is what the number before was linked to."""
    out = entity_candidates(scene, KINDS_OF[role], NEAR.get(role, ()))
    if role == "metric":
        out += word_candidates(scene, lexicon)
        unit = scene.site.quantity.unit
        if unit == "x":
            out = [candidate for candidate in out if not _measured_by_another(scene, candidate)]
        elif unit in COSTS:
            out = [candidate for candidate in out if not _QUALITY.search(candidate.text)]
        if before is not None and not any(is_same(before, candidate) for candidate in out):
            out.append(replace(before, left=None, right=None))
    elif role == "baseline":
        out += phrase_candidates(scene)
    return out


def _measured_by_another(scene: Scene, candidate: Candidate) -> bool:
    """Whether a factor comes before a level and its measure: "by 12x and keeps 93.6% accuracy". Never its own in training (34 such)."""
    passage, quantity, right = scene.passage, scene.site.quantity, candidate.right
    if candidate.left is not None or right is None:
        return False
    last = passage.number_before(right.start)
    if last is None or last.start < quantity.end:
        return False
    return last.unit != "x" and passage.token_from(last.end) >= right.first


def is_same(a: Candidate, b: Candidate) -> bool:
    """Whether two candidates, perhaps of different numbers, are one thing."""
    if a.entity >= 0 or b.entity >= 0:
        return a.entity == b.entity
    return a.text.lower() == b.text.lower()
