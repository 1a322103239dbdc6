"""The method that a number's clause speaks of: "Nimbus reaches 91%", "we show that the proposed Nimbus cuts latency by 2x"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.claims.candidates import Candidate, Scene
from kg.extract.claims.lists import COMPARING
from kg.extract.claims.passage import Spot

_VERB = re.compile(
    r"(?:reduc|achiev|improv|outperform|attain|reach|obtain|yield|deliver|lower|increas|boost|provid|scor|requir|maintain|retain"
    r"|surpass|exceed|offer|enabl|accelerat|speed|drop|gain|lead|result|exhibit|demonstrat|rank|produc|preserv|recover|match|solv"
    r"|perform|degrad|establish|converg|generat|decreas|detect|generaliz)\w{0,4}"
    r"|(?:cut|give|get|run|use|save|show|beat|raise|fall|need|take|set|lift|bring|close|remain|lose|rise|halve|double)s?"
    r"|ha[sd]|have|is|are|was|were|gave|got|ran|fell|took|brought|rose|lost"
)
_BEFORE_VERB = re.compile(r"can|could|may|would|also|even|now|thus|then|alone|still|already|further|not|\w+ly")
_LEADS = frozenset(", ; that show shows where when because".split())
"""Words after which a clause may begin with its subject."""
_ARTICLES = frozenset("the our a an its proposed this ` ' \" “".split())
_OWN = frozenset("our this a an".split())
"""Before a name in lower case these say that it has none: "our fused kernel" may be a part of what the paper names."""
_OTHERS = frozenset("; while whereas".split())
"""Words after which another clause has a subject of its own."""
_AT_MOST = 3
"""Words between subject and verb, brackets left out."""
_BRACKETS = 24
"""Tokens that may stand in brackets behind a name."""


def find_subject(scene: Scene, candidates: Sequence[Candidate]) -> int | None:
    """The entity that a verb follows at the head of the clause; None where another follows it that is not compared with."""
    passage, site = scene.passage, scene.site
    ahead = [spot for spot in scene.inside if spot.last <= site.first and passage.kinds[spot.entity] == "method"]
    place = next((i for i in reversed(range(len(ahead))) if _speaks(scene, ahead[i])), None)
    if place is None or not _leads(scene, ahead[place]):
        return None
    subject = ahead[place]
    if not _OTHERS.isdisjoint(passage.words[subject.last : site.first]):
        return None
    if any(spot.entity != subject.entity and not _compared(scene, subject, spot) for spot in ahead[place + 1 :]):
        return None
    return next((i for i, candidate in enumerate(candidates) if candidate.entity == subject.entity), None)


def _speaks(scene: Scene, spot: Spot) -> bool:
    """Whether a verb follows, after what stands in brackets and an adverb or two."""
    words, at, end = scene.passage.words, spot.last, scene.site.first
    if at < end and words[at] == "(":
        inside = words[at : min(end, at + _BRACKETS)]
        if ")" not in inside:
            return False
        at += inside.index(")") + 1
    if at < end and words[at] == ",":
        at += 1
    if at < end and words[at] in ("which", "that", "who"):
        at += 1
    for word in words[at : min(end, at + _AT_MOST + 1)]:
        if _VERB.fullmatch(word):
            return True
        if not _BEFORE_VERB.fullmatch(word):
            return False
    return False


def _leads(scene: Scene, spot: Spot) -> bool:
    """Whether it stands where a clause begins, under a name of its own."""
    passage, low, at = scene.passage, scene.site.low, spot.first - 1
    words = passage.words
    if at >= low and words[at] in _OWN and passage.text[spot.start : spot.end].islower():
        return False
    while at >= low and words[at] in _ARTICLES:
        at -= 1
    return at < low or words[at] in _LEADS


def _compared(scene: Scene, subject: Spot, other: Spot) -> bool:
    """Whether the other is what the subject is compared with."""
    return any(word.startswith(COMPARING) for word in scene.passage.words[subject.last : other.first])
