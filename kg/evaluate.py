"""Records against a gold standard: precision, recall and F1 of entities, claims and claim tuples.

The measure of the shared gold sets: entities match one-to-one by any surface form, claims by overlap of the
number's span; a tuple is right when value, range, unit, kind, metric, datasets and method are.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from kg.errors import SourceError

Json = Mapping[str, Any]
TYPES = ("method", "dataset", "metric", "task")
LINKS = ("metric", "datasets", "method", "baseline", "task")
VALUES = ("value", "value_high", "baseline_value", "unit", "kind", "bound")
TUPLE = frozenset(("value", "value_high", "unit", "kind", "metric", "datasets", "method"))
_UNITS = {
    "percent": "%", "\\%": "%", "times": "x", "×": "x", "fold": "x", "point": "points", "pp": "points",
    "percentage points": "points", "minutes": "min", "minute": "min", "hours": "h", "hour": "h", "seconds": "s",
    "second": "s", "sec": "s", "days": "day", "months": "month", "gpu hours": "gpuh", "fps": "fps",
}  # fmt: skip


@dataclass(slots=True)
class Tally:
    """Right, extra and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the found that is right; 0 where nothing was found."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that was found; 0 where nothing was wanted."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Evaluation:
    """The figures: tallies of "method", "dataset", "metric", "task", "claim", "tuple"; accuracy of each claim field."""

    papers: int = 0
    not_extracted: int = 0
    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    fields: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    introduced: Counter[bool] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    @property
    def introduced_accuracy(self) -> float:
        """Share of found methods and datasets whose `introduced` is right."""
        return self.introduced[True] / max(1, self.introduced.total())

    def field_accuracy(self, name: str) -> float:
        """Share of found claims whose field is right."""
        return self.fields[name][True] / max(1, self.fields[name].total())


def read_gold(path: Path) -> list[Json]:
    """Annotated papers of a JSON Lines file. Raises `SourceError` with path:line."""
    papers = []
    try:
        lines = path.read_bytes().splitlines()
    except OSError as exc:
        raise SourceError(f"{path}: {exc.strerror}") from exc
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            paper = orjson.loads(line)
            missing = _missing(paper)
        except (ValueError, TypeError, AttributeError) as exc:
            raise SourceError(f"{path}:{number}: not an annotated paper: {exc}") from exc
        if missing:
            raise SourceError(f"{path}:{number}: not an annotated paper: no {missing!r}")
        papers.append(paper)
    if not papers:
        raise SourceError(f"{path}: no annotated papers")
    return papers


_TYPE_OF = dict.fromkeys(("id", "title", "abstract", "quote", "context"), str) | {"claims": list, "forms": list}
"""Of keys in annotated papers; what else there is may be anything."""


def _missing(paper: Json) -> str | None:
    """The first key that an annotated paper must have and this one lacks. Raises `TypeError` for text that is none."""
    kinds = tuple(f"{kind}s" for kind in TYPES)
    wanted: list[tuple[Json, tuple[str, ...]]] = [(paper, ("id", "title", "abstract", "claims", *kinds))]
    wanted += [(entity, ("forms",)) for kind in kinds for entity in paper.get(kind, ())]
    wanted += [(claim, ("quote", "context", "value")) for claim in paper.get("claims", ())]
    for data, keys in wanted:
        if not isinstance(data, Mapping):
            raise TypeError(f"{data!r:.40} is not an object")
        for key in keys:
            if key not in data:
                return key
            if not isinstance(data[key], _TYPE_OF.get(key, object)):
                raise TypeError(f"{key} is {data[key]!r:.40}")
    return None


def evaluate(gold: Sequence[Json], records: Iterable[Json]) -> Evaluation:
    """Compare records (in the contract's JSON form) with gold, joined by id, else by title. Papers with `claims_only` have no entities to compare with."""
    listed = list(records)
    by_id = {record["id"]: record for record in listed if record.get("id")}
    by_title = {_title_key(record.get("title", "")): record for record in listed}
    result = Evaluation(papers=len(gold))
    for paper in gold:
        record = by_id.get(paper["id"]) or by_title.get(_title_key(paper["title"]))
        if record is None:
            result.not_extracted += 1
            record = {"entities": [], "claims": []}
        names = _Names(paper)
        for kind in () if paper.get("claims_only") else TYPES:
            _score_entities(result, paper, record, kind, names)
        _score_claims(result, paper, record, names)
    return result


def fold(name: str | None) -> str:
    """Case, punctuation, spaces and a plural ending forgotten."""
    text = re.sub(r"[^a-z0-9+*#]+", "", (name or "").casefold())
    return text[:-1] if len(text) > 3 and text.endswith("s") and not text.endswith("ss") else text


def _words(name: str) -> set[str]:
    return {fold(w) for w in re.split(r"[^A-Za-z0-9]+", name) if w} - {"the", "a", "an", "of", "in", "our", "on"}


def _same_phrase(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return not one and not other
    if fold(one) == fold(other):
        return True
    a, b = _words(one), _words(other)
    return bool(a and b) and (a <= b or b <= a)


def _title_key(title: str) -> str:
    return re.sub(r"\W+", "", (title or "").casefold())


class _Names:
    """The gold entities of one paper by their folded forms."""

    def __init__(self, paper: Json) -> None:
        self.ids = {kind: {fold(f): i for i, e in enumerate(paper[kind + "s"]) for f in e["forms"]} for kind in TYPES}

    def same(self, kind: str, one: str | None, other: str | None) -> bool:
        if _same_phrase(one, other):
            return True
        if not one or not other:
            return False
        ids = self.ids[kind]
        return fold(one) in ids and ids[fold(one)] == ids.get(fold(other))


def _score_entities(result: Evaluation, paper: Json, record: Json, kind: str, names: _Names) -> None:
    gold, ids, tally = paper[kind + "s"], names.ids[kind], result.tallies[kind]
    optional = {fold(f) for e in gold if e.get("optional") for f in e["forms"]}
    required = {i for i, e in enumerate(gold) if not e.get("optional")}
    hit: set[int] = set()
    for entity in record.get("entities", []):
        if entity.get("type", "").casefold() != kind:
            continue
        forms = [fold(x) for x in [entity.get("name", ""), *entity.get("forms", [])]]
        found = {ids[form] for form in forms if form in ids}
        if found - hit:
            hit |= found
            for i in found & required:
                if "introduced" in gold[i] and "introduced" in entity:
                    result.introduced[gold[i]["introduced"] == bool(entity["introduced"])] += 1
        elif found or not any(form in optional for form in forms):
            tally.extra += 1
            result.differences.append(f"extra {kind} {entity.get('name')!r} in {paper['title'][:50]!r}")
    tally.right += len(hit & required)
    tally.missed += len(required - hit)
    result.differences += [
        f"missed {kind} {gold[i]['forms']} in {paper['title'][:50]!r}" for i in sorted(required - hit)
    ]


def _score_claims(result: Evaluation, paper: Json, record: Json, names: _Names) -> None:
    found, whole = result.tallies["claim"], result.tallies["tuple"]
    free = list(record.get("claims", []))
    for claim in paper["claims"]:
        best = _overlapping(paper, claim, free)
        if best is not None:
            free.remove(best)
        if claim.get("optional"):
            continue
        if best is None:
            found.missed += 1
            whole.missed += 1
            result.differences.append(f"missed claim {claim['quote']!r} in {claim['context']!r}")
            continue
        found.right += 1
        wrong = [name for name in VALUES + LINKS if not _agree(name, claim, best, names)]
        for name in VALUES + LINKS:
            result.fields[name][name not in wrong] += 1
        if TUPLE & set(wrong):
            whole.extra += 1
            whole.missed += 1
        else:
            whole.right += 1
        if wrong:
            detail = "; ".join(f"{name} is {best.get(name)!r}, gold {claim.get(name)!r}" for name in wrong)
            result.differences.append(f"claim {claim['quote']!r} in {claim['context']!r}: {detail}")
    found.extra += len(free)
    whole.extra += len(free)
    result.differences += [
        f"extra claim {claim.get('evidence', {}).get('quote')!r} in {paper['title'][:50]!r}" for claim in free
    ]


def _overlapping(paper: Json, claim: Json, free: Sequence[Json]) -> Json | None:
    name, start, end = _span(paper, claim)
    best: Json | None = None
    for candidate in free:
        evidence = candidate.get("evidence", {})
        overlaps = evidence.get("start", -1) < end and start < evidence.get("end", -1)
        if (
            evidence.get("field") == name
            and overlaps
            and (
                best is None
                or _close(candidate.get("value"), claim["value"]) > _close(best.get("value"), claim["value"])
            )
        ):
            best = candidate
    return best


def _span(paper: Json, claim: Json) -> tuple[str, int, int]:
    for name in ("abstract", "title"):
        at = paper[name].find(claim["context"])
        if at >= 0:
            start = at + claim["context"].find(claim["quote"])
            return name, start, start + len(claim["quote"])
    raise SourceError(f"{paper['id']}: the context of a gold claim does not stand in the text: {claim['context']!r}")


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))


def _unit(unit: str | None) -> str:
    text = (unit or "").strip().casefold()
    text = _UNITS.get(text, text)
    return text[:-1] if len(text) > 3 and text.endswith("s") and text != "points" else text


def _agree(name: str, gold: Json, found: Json, names: _Names) -> bool:
    one, other = gold.get(name), found.get(name)
    if name in ("value", "value_high", "baseline_value"):
        return _close(one, other)
    if name == "unit":
        return _unit(one) == _unit(other)
    if name in ("kind", "bound"):
        return bool(one == other)
    if name == "datasets":
        return _same_sets(one or [], other or [], names)
    return names.same("method" if name == "baseline" else name, one, other)


def _same_sets(one: Sequence[str], other: Sequence[str], names: _Names) -> bool:
    return (
        bool(one) == bool(other)
        and all(any(names.same("dataset", x, y) for y in other) for x in one)
        and all(any(names.same("dataset", x, y) for x in one) for y in other)
    )
