"""Lists beside a number, and links that their wording decides: "72% and 81% on A and B", "91% on A", "on A an error of 4%"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from kg.extract.claims.candidates import Candidate, Scene
from kg.extract.claims.describe import list_end
from kg.extract.claims.passage import Passage, Spot

_FILLERS = frozenset("the challenging popular standard full large-scale $ \\".split())
_PARTING = frozenset(", ; . ( ) # : and or but while whereas".split())
_PREPOSITIONS = ("on", "for", "in")
_FURTHEST = 24
"""Tokens between a number and a name behind it, brackets included, and one more."""
_CLAUSES = frozenset("; . ( ) and but while whereas".split())
_OPENING = frozenset(", ; and but while whereas".split())
COMPARING = ("than", "over", "against", "versus", "vs", "relative", "compared", "outperf", "surpass", "beat", "exceed")
"""How words begin that compare one thing with another."""
_NOT_COMPARED = frozenset("# on in for with using of by that which".split())
_REACH = 14
"""Tokens from a word of comparison to what is compared with."""


def find_paired(scene: Scene, candidates: Sequence[Candidate], kinds: Collection[str]) -> int | None:
    """The nearest entity of such kinds that has the number's place in a list as long as the number's: "72% and 81% on A and B".

    One behind the number in its clause goes before others: "0.1/0.3 on A/B and 2/5 on C/D".
    """
    words, site = scene.passage.words, scene.site
    if site.size < 2:
        return None
    wanted, end = (site.rank, site.size), list_end(scene.passage, site)
    found = [
        (side == "L" or not _PARTING.isdisjoint(words[end : spot.first]), abs(spot.first - site.first), index)
        for index, candidate in enumerate(candidates)
        for spot, side in ((candidate.left, "L"), (candidate.right, "R"))
        if spot is not None
        and candidate.entity >= 0
        and scene.passage.kinds[candidate.entity] in kinds
        and not _ends_clause(words[min(spot.last, site.last) : max(spot.first, site.first)])
        and list_of(scene, candidate, side) == wanted
    ]
    return min(found)[2] if found else None


def find_rival(scene: Scene, candidates: Sequence[Candidate]) -> int | None:
    """The method that has the number's place in a list of what is compared with: "2x and 3x faster than A and B"."""
    index = find_paired(scene, candidates, ("method", "?method", "name"))
    if index is None:
        return None
    spot = candidates[index].right or candidates[index].left
    assert spot is not None, "what is paired stands in the sentence"
    for word in reversed(scene.passage.words[max(scene.site.low, spot.first - _REACH) : spot.first]):
        if word.startswith(COMPARING):
            return index
        if word in _NOT_COMPARED:
            return None
    return None


def _ends_clause(words: Sequence[str]) -> bool:
    """Whether a semicolon stands between, other than that of "&gt;"."""
    return any(b == ";" and a not in ("gt", "lt") for a, b in pairwise(("", *words)))


def find_behind(scene: Scene, candidates: Sequence[Candidate]) -> int | None:
    """The entity right behind the number and on its own: "91% (best of all) on the Puddle data"; None where it is one of a list."""
    words, site = scene.passage.words, scene.site
    found = []
    for index, candidate in enumerate(candidates):
        spot = candidate.right
        if spot is None or candidate.entity < 0 or not 0 < spot.first - site.last < _FURTHEST:
            continue
        between = _outside_brackets(words[site.last : spot.first])
        plain = [word for word in between if word not in _FILLERS]
        if plain and plain[-1] in _PREPOSITIONS and len(between) < 10 and not _PARTING & set(between):
            found.append((spot.first, index))
    return _alone(scene, candidates, found, "R")


def _outside_brackets(words: Sequence[str]) -> list[str]:
    """Words but those in brackets, also in one that is open before them; nothing where one stays open or a number stands in the first."""
    out: list[str] = []
    depth = 0
    for word in words:
        if word == "(":
            depth += 1
        elif word == ")" and depth:
            depth -= 1
        elif word == ")":
            if "#" in out:
                return []
            out.clear()
        elif not depth:
            out.append(word)
    return [] if depth else out


def find_ahead(scene: Scene, candidates: Sequence[Candidate]) -> int | None:
    """The entity on its own at the head of the number's clause: "On Puddle, Nimbus reaches 91%", "…, and on Brook an error of 4%"."""
    passage, site = scene.passage, scene.site
    words, start = passage.words, passage.starts[site.low]
    found = []
    for index, candidate in enumerate(candidates):
        spot = candidate.left
        if spot is None or candidate.entity < 0 or not 0 <= site.first - spot.last < 14:
            continue
        head = spot.first - 1
        while head >= site.low and words[head] in _FILLERS:
            head -= 1
        if (
            head >= site.low
            and words[head] in _PREPOSITIONS
            and not _CLAUSES & set(words[spot.last : site.first])
            and not passage.count_numbers(spot.end, site.quantity.start)
            and (
                passage.word(head - 1, site.low, site.high) in _OPENING or not passage.count_numbers(start, spot.start)
            )
        ):
            found.append((-spot.first, index))
    return _alone(scene, candidates, found, "L")


def _alone(scene: Scene, candidates: Sequence[Candidate], found: Sequence[tuple[int, int]], side: str) -> int | None:
    """Of (order, index) the first index, unless its entity is one of a list, or is none for sure (8 right, 11 wrong behind a number)."""
    if not found:
        return None
    index = min(found)[1]
    if scene.passage.kinds[candidates[index].entity].startswith("?"):
        return None
    run = list_of(scene, candidates[index], side)
    return index if run is None or run[1] == 1 else None


def find_list(scene: Scene, candidates: Sequence[Candidate], chosen: int) -> list[int]:
    """All candidates of the list that holds the chosen one in the number's sentence, itself included."""
    members = {spot.entity for spot in _list_around(scene, candidates[chosen])}
    return [i for i, candidate in enumerate(candidates) if i == chosen or candidate.entity in members]


def find_rest(scene: Scene, candidates: Sequence[Candidate], chosen: int) -> list[int]:
    """The others of the list that holds what was chosen for a number on its own: "an error of 4% on Puddle, Brook and Lake".

    None where a member is named elsewhere in the sentence too ("on Puddle and Brook, … 4% on Brook"), nor with "respectively".
    """
    if scene.site.size > 1 or "h:respectively" in scene.cues:
        return []
    members = {spot.entity for spot in _list_around(scene, candidates[chosen])}
    inside = [spot for spot in scene.inside if spot.entity in members]
    if len(inside) > len(members):
        return []
    return [index for index, candidate in enumerate(candidates) if index != chosen and candidate.entity in members]


def _list_around(scene: Scene, candidate: Candidate) -> list[Spot]:
    return _run(scene, candidate, "L") or _run(scene, candidate, "R")


def list_of(scene: Scene, candidate: Candidate, side: str) -> tuple[int, int] | None:
    """Rank and length of the list of like entities that holds the candidate's mention."""
    run = _run(scene, candidate, side)
    spot = candidate.left if side == "L" else candidate.right
    return (run.index(spot), len(run)) if spot is not None and spot in run else None


def _run(scene: Scene, candidate: Candidate, side: str) -> list[Spot]:
    """Mentions of like entities in a row that the candidate's is one of; empty where it has none on that side."""
    spot = candidate.left if side == "L" else candidate.right
    if spot is None:
        return []
    passage = scene.passage
    kind = passage.kinds[candidate.entity]
    like = [s for s in scene.inside if passage.kinds[s.entity] == kind]
    run: list[Spot] = []
    for s in like:
        if run and not _adjacent(passage, run[-1], s):
            if spot in run:
                break
            run = []
        run.append(s)
    return run if spot in run else []


def _adjacent(passage: Passage, a: Spot, b: Spot) -> bool:
    between = passage.words[a.last : b.first]
    return len(between) <= 3 and "#" not in between and any(word in (",", "and", "/", "or", "&") for word in between)
