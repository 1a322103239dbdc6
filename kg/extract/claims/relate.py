"""Features of each pair of a number and something that it may be linked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.claims.candidates import Candidate, Scene, is_same
from kg.extract.claims.describe import Site
from kg.extract.claims.lists import list_of
from kg.extract.claims.passage import Passage, Spot
from kg.extract.claims.proposals import Proposal
from kg.model import Entity

_JOINTS = frozenset(
    "( ) [ : = + ~ $ \\ of at to by with is on in for the from , score points dataset benchmark".split()
)
_FAR = 500
_PRESENTS = frozenset("propose present introdu develop called named dubbed termed design describ release".split())


@dataclass(frozen=True, slots=True)
class Peers:
    """What the candidates of one role have in common."""

    near: int
    """How many stand in the number's sentence."""
    own: int
    """How many entities the paper introduces."""
    count: int
    most: int
    """Mentions of the one that is mentioned most."""
    first: int
    """The first introduced entity, -1 where there is none."""
    latest: int
    """Sentences back to the one that was named last before the number's sentence."""
    ranks: list[int]
    """For each candidate how many others stand nearer in the sentence; 9 where it does not stand there."""
    joined: list[str]
    """For each candidate the side on which it touches the number ("Nimbus (91%)", "91% accuracy on Puddle"), else ""."""


def peers_of(scene: Scene, candidates: Sequence[Candidate]) -> Peers:
    """The summary of a role's candidates."""
    entities = scene.passage.names
    named = [c.entity for c in candidates if c.entity >= 0]
    own = [entity for entity in named if entities[entity].introduced]
    return Peers(
        sum(1 for c in candidates if c.left or c.right),
        len(own),
        len(candidates),
        max((len(entities[entity].mentions) for entity in named), default=0),
        min(own, default=-1),
        min((c.back for c in candidates), default=9),
        _ranks(scene, candidates),
        [_joined(scene, candidate) for candidate in candidates],
    )


def _ranks(scene: Scene, candidates: Sequence[Candidate]) -> list[int]:
    distances = [distance_of(scene.site, candidate) for candidate in candidates]
    order = sorted(set(distances))
    return [9 if distance > _FAR else order.index(distance) for distance in distances]


def distance_of(site: Site, candidate: Candidate) -> int:
    """Tokens between a number and the nearest mention of a candidate in its sentence; more than any sentence has where it has none."""
    left = _FAR + 1 if candidate.left is None else max(0, site.first - candidate.left.last)
    right = _FAR + 1 if candidate.right is None else max(0, candidate.right.first - site.last)
    return min(left, right)


def _joined(scene: Scene, candidate: Candidate) -> str:
    words, tags, site = scene.passage.words, scene.passage.tags, scene.site
    left, right = candidate.left, candidate.right
    if left is not None and site.first - left.last < 5 and all(w in _JOINTS for w in words[left.last : site.first]):
        return "L"
    if right is not None and right.first - site.last < 8:
        between = range(site.last, right.first)
        if all(words[k] in _JOINTS or tags[k] == "met" for k in between):
            return "R"
    return ""


def null_features(scene: Scene, peers: Peers, picked: Mapping[str, Candidate | None]) -> list[str]:
    """Features of "linked to nothing" in one role; `null_sides` has the rest."""
    before = [f"0prev{role}:{previous is None}" for role, previous in picked.items()]
    return [
        *before,
        "0",
        f"0near={min(peers.near, 3)}",
        f"0own={min(peers.own, 2)}",
        f"0n={min(peers.count, 3)}",
        f"0joined={sorted(set(peers.joined))}",
        f"0latest={min(peers.latest, 4)}:{min(peers.near, 1)}:{min(peers.own, 2)}",
        *(f"0{cue}:{min(peers.own, 2)}:{peers.near > 0}" for cue in scene.cues),
    ]


def null_sides(scene: Scene) -> list[str]:
    """Features of "linked to nothing" that are the same for all roles."""
    return [f"0{said}" for said in (scene.unit, *scene.cues)]


def relate(
    scene: Scene, candidates: Sequence[Candidate], index: int, peers: Peers, picked: Mapping[str, Candidate | None]
) -> list[str]:
    """Features of one pair but for its `sides`. `picked` holds what the number before was linked to (None: nothing)."""
    candidate = candidates[index]
    intro = _introduced(scene, candidate)
    out = _who(scene, candidate, peers)
    if candidate.left is None and candidate.right is None:
        out.append(f"latest={candidate.back == peers.latest}:{min(peers.near, 1)}:{intro}")
    else:
        rank, joined = min(3, peers.ranks[index]), peers.joined[index]
        others = "".join(sorted({side for i, side in enumerate(peers.joined) if side and i != index}))
        out += [f"rank={rank}:{intro}", f"joined={joined}:{others}:{intro}", f"rank={rank}:{joined}:{scene.unit}"]
    out += _agreement(scene, candidate, picked)
    return out


def sides(scene: Scene, candidate: Candidate) -> list[str]:
    """Features of the pair that are the same for all roles.

    What the candidate is, and its nearest mentions before and after the number, else where it is named outside the sentence.
    """
    out = []
    for spot, side in ((candidate.left, "L"), (candidate.right, "R")):
        if spot is not None:
            out += _side(scene, spot, side)
    if candidate.entity >= 0:
        out += _named(scene, candidate) if out else [*_named(scene, candidate), *_elsewhere(scene, candidate)]
    return out


def _introduced(scene: Scene, candidate: Candidate) -> str:
    if candidate.entity < 0:
        return "w"
    kind = scene.passage.kinds[candidate.entity][:2]
    return kind + ("I" if scene.passage.names[candidate.entity].introduced else "k")


def _where(scene: Scene, candidate: Candidate) -> str:
    """The type of a candidate, and the sides of the number on which it stands."""
    return _introduced(scene, candidate) + ("L" if candidate.left else "") + ("R" if candidate.right else "")


def _who(scene: Scene, candidate: Candidate, peers: Peers) -> list[str]:
    """How a candidate stands among its peers."""
    where = _where(scene, candidate)
    if candidate.entity < 0:
        return [where]
    entity = scene.passage.names[candidate.entity]
    told = passage_facts(scene.passage, candidate.entity)
    return [
        f"{where}most={len(entity.mentions) >= peers.most}:{_in_title(entity)}",
        f"{where}first={candidate.entity == peers.first}",
        f"told={told}:{min(peers.own, 2)}:{bool(peers.near)}",
    ]


def _named(scene: Scene, candidate: Candidate) -> list[str]:
    """What an entity or a name is, whatever its peers."""
    entity, where = scene.passage.names[candidate.entity], _where(scene, candidate)
    return [
        where,
        f"{where}n={min(len(entity.mentions), 4)}",
        f"back={min(candidate.back, 3)}{where}",
        *(where + cue for cue in scene.cues),
        f"{where}told={passage_facts(scene.passage, candidate.entity)}",
        f"{where}sure={int((10 if where[0] == '?' else 4) * entity.confidence)}",
    ]


def _in_title(entity: Entity | Proposal) -> bool:
    return any(mention.field == "title" for mention in entity.mentions)


def passage_facts(passage: Passage, entity: int) -> str:
    """How the paper presents a name: at the head of the title ("Nimbus: …"), in the title, after "we propose", or none."""
    known = passage.facts.get(entity)
    if known is None:
        spots = passage.places(entity)
        head = any(
            spot.end <= passage.title_end and spot.first == 0 and passage.word(spot.last, 0, 10**6) == ":"
            for spot in spots
        )
        proposed = any(
            word[:7] in _PRESENTS
            for spot in spots
            if spot.start > passage.title_end
            for word in passage.words[max(0, spot.first - 7) : spot.first]
        )
        short = any(passage.word(spot.first - 1, 0, 10**6) == "(" for spot in spots)
        known = passage.facts[entity] = f"{'h' if head else ''}{'p' if proposed else ''}{'s' if short else ''}"
    return known


def _side(scene: Scene, spot: Spot, side: str) -> list[str]:
    passage, site = scene.passage, scene.site
    a, b = (spot.last, site.first) if side == "L" else (site.last, spot.first)
    distance = max(0, b - a)
    kind = "w" if spot.entity < 0 else passage.kinds[spot.entity][:3]
    bucket = distance if distance < 5 else 5 + min(5, (distance - 5) // 4)
    intro = "I" if spot.entity >= 0 and passage.names[spot.entity].introduced else ""
    others = [
        s for s in scene.inside if s.entity >= 0 and s is not spot and a <= s.first < b and s.entity != spot.entity
    ]
    rivals = sum(1 for s in others if passage.kinds[s.entity][:3] == kind)
    quantity = site.quantity
    gap = (spot.end, quantity.start) if side == "L" else (quantity.end, spot.start)
    numbers = passage.count_numbers(*gap)
    first = next((s for s in scene.inside if s.entity >= 0 and passage.kinds[s.entity][:3] == kind), None)
    return [
        f"{side}d={bucket}{kind}{intro}",
        f"{side}rival={min(3, rivals)}{kind}",
        f"{side}nums={min(3, numbers)}{kind}",
        f"{side}start={first is spot}{spot.first - site.low < 4}{intro}",
        f"{side}q:{scene.unit}",
    ]


def _elsewhere(scene: Scene, candidate: Candidate) -> list[str]:
    """How a candidate that the sentence does not name is named where it was last, or comes first."""
    passage, site = scene.passage, scene.site
    kind = passage.kinds[candidate.entity]
    if kind == "metric":
        return []
    spots = passage.places(candidate.entity)
    spot = next((spot for spot in reversed(spots) if spot.sentence < site.sentence), spots[0])
    gap = f"{max(-2, min(4, site.sentence - spot.sentence))}:{_introduced(scene, candidate)}"
    return [
        f"Eone={passage.kinds.count(kind) == 1}:{gap}",
        f"Ehead={spot.first - passage.sentence_tokens(spot.sentence)[0] < 3}:{gap}",
    ]


def _agreement(scene: Scene, candidate: Candidate, picked: Mapping[str, Candidate | None]) -> list[str]:
    """Lists that run in parallel ("72% and 81% on A and B"), and the links of the number before."""
    out: list[str] = []
    site = scene.site
    if candidate.entity >= 0 and site.size > 1:
        for side in ("L", "R"):
            ranks = list_of(scene, candidate, side)
            if ranks is not None:
                fits = "all" if ranks[1] == site.size else "other"
                out.append(f"par{side}:{ranks[0] == site.rank}:{fits}")
    here = bool(candidate.left or candidate.right)
    for role, previous in picked.items():
        same = previous is not None and is_same(previous, candidate)
        out.append(f"prev{role}:{same}:{here}:{previous is None}")
        if same and site.rank:
            out.append(f"prev{role}:list")
    return out
