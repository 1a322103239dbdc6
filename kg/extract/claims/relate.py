"""What a number may be linked to, and the features of each pair of number and candidate."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.claims.describe import Site
from kg.extract.claims.passage import Passage, Spot

ROLES = ("metric", "datasets", "method", "baseline", "task")
ENTITY_OF = {"metric": "metric", "datasets": "dataset", "method": "method", "baseline": "method", "task": "task"}

_HEADS = (
    r"baselines?|methods?|models?|approach(?:es)?|state[- ]of[- ]the[- ]arts?|SOTA|works?|systems?|counterparts?|techniques?"
    r"|algorithms?|networks?|solutions?|implementations?|competitors?|alternatives?|frameworks?|agents?|LLMs|MLLMs|architectures?"
    r"|strateg(?:y|ies)|humans?|training|best|decoding|variants?|versions?|library|libraries|teacher|inference|tuning|learning"
)
_PHRASE = re.compile(
    rf"(?<![\w-])(?:[A-Za-z][\w'/-]{{0,30}} ){{0,4}}?(?:{_HEADS})(?![\w])|\bbaselines?\b|\bstate[- ]of[- ]the[- ]art\b"
)
_LEAD = re.compile(
    r"^(?:(?:the|an?|our|its|their|this|all|over|than|to|with|against|of|both|by|from|on|and|in|for|other|is|are|we|that|which|as|at"
    r"|outperform\w*|compared|relative|surpass\w*|improv\w*|existing(?= state)|using|versus|it|can|while|achiev\w*|beat\w*|exceed\w*|not|or) )+"
)
_CUES = frozenset(
    "on of in for by to than over with from at and or versus vs compared comparing against relative outperforms outperforming "
    "outperform surpassing surpasses surpass beats exceeding exceeds achieves achieve achieving reach reaching obtains obtaining reduces "
    "reducing reduction improves improving improvement increase increases decrease while but whereas when respectively using under "
    "between across which that respect dataset datasets benchmark benchmarks without only is are was were has . , ; : ( )".split()
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
    shared: list[str]
    inside: list[Spot]
    """Mentions in the number's sentence."""


def make_scene(passage: Passage, site: Site) -> Scene:
    inside = [spot for spot in passage.spots if spot.sentence == site.sentence]
    words, low, high = passage.words, site.low, site.high
    sentence = words[low:high]
    q = site.quantity
    unit = q.unit if len(q.unit) < 6 else "other"
    p1, n1 = passage.word(site.first - 1, low, high), passage.word(site.last, low, high)
    shared = [f"u={unit}", f"p1={p1}", f"n1={n1}", f"n2={passage.word(site.last + 1, low, high)}"]
    shared.append(f"p2={passage.word(site.first - 2, low, high)}")
    shared += [f"s:{word}" for word in sentence[:3]]
    shared += [
        f"h:{w}" for w in ("we", "our", "it", "this", "proposed", "respectively", "than", "compared") if w in sentence
    ]
    shared += [f"i:{w}" for w in set(sentence) if len(w) > 3]
    return Scene(passage, site, shared, inside)


def entity_candidates(scene: Scene, kind: str) -> list[Candidate]:
    """One candidate for each entity of a type."""
    passage, site = scene.passage, scene.site
    nearest: dict[int, list[Spot | None]] = {i: [None, None] for i, k in enumerate(passage.kinds) if k == kind}
    back = dict.fromkeys(nearest, 9)
    for spot in passage.spots:
        found = nearest.get(spot.entity)
        if found is None:
            continue
        if spot.sentence != site.sentence:
            if spot.sentence < site.sentence:
                back[spot.entity] = min(8, site.sentence - spot.sentence)
        elif spot.first <= site.first:
            found[0] = spot
        elif found[1] is None:
            found[1] = spot
    return [
        Candidate(entity, _surface(passage, entity, left, right), site.sentence, left, right, back[entity])
        for entity, (left, right) in nearest.items()
    ]


def _surface(passage: Passage, entity: int, left: Spot | None, right: Spot | None) -> str:
    spot = left or right
    return passage.text[spot.start : spot.end] if spot else passage.entities[entity].forms[0]


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
    out = entity_candidates(scene, ENTITY_OF[role])
    if role == "metric":
        out += word_candidates(scene, lexicon)
        if before is not None and not any(is_same(before, candidate) for candidate in out):
            out.append(replace(before, left=None, right=None))
    elif role == "baseline":
        out += phrase_candidates(scene)
    return out


def is_same(a: Candidate, b: Candidate) -> bool:
    """Whether two candidates, perhaps of different numbers, are one thing."""
    if a.entity >= 0 or b.entity >= 0:
        return a.entity == b.entity
    return a.text.lower() == b.text.lower()


def null_features(scene: Scene, candidates: Sequence[Candidate], picked: Mapping[str, Candidate | None]) -> list[str]:
    """Features of "linked to nothing"."""
    near = sum(1 for c in candidates if c.left or c.right)
    own = sum(1 for c in candidates if c.entity >= 0 and scene.passage.entities[c.entity].introduced)
    before = [f"0prev{role}:{previous is None}" for role, previous in picked.items()]
    return [
        *before,
        "0",
        f"0near={min(near, 3)}",
        f"0own={min(own, 2)}",
        f"0n={min(len(candidates), 3)}",
        *(f"0{x}" for x in scene.shared),
    ]


def relate(
    scene: Scene, candidate: Candidate, peers: Sequence[Candidate], picked: Mapping[str, Candidate | None]
) -> list[str]:
    """Features of one pair. `picked` holds what the number before was linked to (None: nothing)."""
    out = _who(scene, candidate, peers)
    left, right = candidate.left, candidate.right
    if left is not None:
        out += _side(scene, left, "L")
    if right is not None:
        out += _side(scene, right, "R")
    if left is None and right is None:
        out.append(f"back={candidate.back}:{_introduced(scene, candidate)}")
        out += [f"o{x}" for x in scene.shared[:5]]
    out += _agreement(scene, candidate, peers, picked)
    return out


def _introduced(scene: Scene, candidate: Candidate) -> str:
    if candidate.entity < 0:
        return "w"
    return "I" if scene.passage.entities[candidate.entity].introduced else "k"


def _who(scene: Scene, candidate: Candidate, peers: Sequence[Candidate]) -> list[str]:
    entities = scene.passage.entities
    intro = _introduced(scene, candidate)
    where = ("L" if candidate.left else "") + ("R" if candidate.right else "")
    near = sum(1 for c in peers if c.left or c.right)
    own = sum(1 for c in peers if c.entity >= 0 and entities[c.entity].introduced)
    out = [f"{intro}{where}", f"{intro}{where}near={min(near, 3)}", f"{intro}{where}own={min(own, 2)}"]
    out.append(f"{intro}{where}peers={min(4, len(peers))}")
    if candidate.entity >= 0:
        entity = entities[candidate.entity]
        count = len(entity.mentions)
        title = any(mention.field == "title" for mention in entity.mentions)
        most = count >= max(len(entities[c.entity].mentions) for c in peers if c.entity >= 0)
        first = candidate.entity == min(
            (c.entity for c in peers if c.entity >= 0 and entities[c.entity].introduced), default=-1
        )
        out += [
            f"{intro}{where}title={title}",
            f"{intro}{where}n={min(count, 4)}",
            f"{intro}{where}most={most}:{title}",
        ]
        out += [f"{intro}{where}first={first}", f"back={min(candidate.back, 3)}{where}"]
        out += [f"{intro}{where}{x}" for x in scene.shared if x[0] == "h"]
    words = candidate.text.lower().split()
    unit = scene.shared[0]
    out += [f"w={words[-1]}", f"w={words[-1]}{unit}", f"w0={words[0]}"] if words else []
    return out


def _side(scene: Scene, spot: Spot, side: str) -> list[str]:
    passage, site = scene.passage, scene.site
    words, low, high = passage.words, site.low, site.high
    a, b = (spot.last, site.first) if side == "L" else (site.last, spot.first)
    distance = max(0, b - a)
    kind = "w" if spot.entity < 0 else passage.kinds[spot.entity][:3]
    bucket = distance if distance < 5 else 5 + min(5, (distance - 5) // 4)
    intro = "I" if spot.entity >= 0 and passage.entities[spot.entity].introduced else ""
    out = [f"{side}d={bucket}{kind}{intro}", f"{side}pre={passage.word(spot.first - 1, low, high)}{kind}"]
    out.append(f"{side}post={passage.word(spot.last, low, high)}{kind}")
    out.append(f"{side}pre2={passage.word(spot.first - 2, low, high)} {passage.word(spot.first - 1, low, high)}")
    between = words[a:b]
    if distance <= 4:
        out.append(f"{side}path={kind}:{' '.join(between)}")
    out += [f"{side}c:{word}{kind}" for word in set(between) & _CUES]
    others = [
        s for s in scene.inside if s.entity >= 0 and s is not spot and a <= s.first < b and s.entity != spot.entity
    ]
    rivals = sum(1 for s in others if passage.kinds[s.entity][:3] == kind)
    numbers = sum(1 for q in passage.quantities if q.is_candidate and _between(q.start, spot, site, side))
    out += [
        f"{side}rival={min(3, rivals)}{kind}",
        f"{side}nums={min(3, numbers)}{kind}",
        f"{side}rn={min(2, rivals)}{min(3, numbers)}",
    ]
    first = next((s for s in scene.inside if s.entity >= 0 and passage.kinds[s.entity][:3] == kind), None)
    out.append(f"{side}start={first is spot}{spot.first - low < 4}{intro}")
    out += [f"{side}q:{x}" for x in scene.shared[:5]]
    return out


def _between(position: int, spot: Spot, site: Site, side: str) -> bool:
    if side == "L":
        return spot.end <= position < site.quantity.start
    return site.quantity.end <= position < spot.start


def _agreement(
    scene: Scene, candidate: Candidate, peers: Sequence[Candidate], picked: Mapping[str, Candidate | None]
) -> list[str]:
    """Lists that run in parallel ("72% and 81% on A and B"), and the links of the number before."""
    out: list[str] = []
    site = scene.site
    if candidate.entity >= 0 and site.size > 1:
        for side in ("L", "R"):
            ranks = _list_of(scene, candidate, side)
            if ranks is not None:
                fits = "all" if ranks[1] == site.size else "other"
                out.append(
                    f"par{side}:{ranks[0] == site.rank}:{fits}:{'hrespectively' in ''.join(scene.shared[:12]).replace(':', '')}"
                )
                out.append(f"par{side}:{ranks[0] == site.rank}:{fits}")
    here = bool(candidate.left or candidate.right)
    for role, previous in picked.items():
        same = previous is not None and is_same(previous, candidate)
        out.append(f"prev{role}:{same}:{here}:{previous is None}")
        if same and site.rank:
            out.append(f"prev{role}:list")
    return out


def _list_of(scene: Scene, candidate: Candidate, side: str) -> tuple[int, int] | None:
    """Rank and length of the list of like entities that holds the candidate's mention."""
    spot = candidate.left if side == "L" else candidate.right
    if spot is None:
        return None
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
    return (run.index(spot), len(run)) if spot in run else None


def _adjacent(passage: Passage, a: Spot, b: Spot) -> bool:
    between = passage.words[a.last : b.first]
    return len(between) <= 3 and bool(between) and any(word in (",", "and", "/", "or", "&") for word in between)
