"""Corrections applied to resolved records: entities merged, split and renamed, claims dropped and set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite, nan

from kg.model import Bound, Claim, Entity, EntityType, Kind, Link, Mention, Paper
from kg.resolve.corrections import Correction
from kg.resolve.key import fold, identify


@dataclass(frozen=True, slots=True)
class Split:
    """A form that was taken out of an entity: where it came from and what it is now."""

    source: str
    form: str
    id: str


@dataclass(slots=True)
class Corrections:
    """What the corrections in force do; `bind` ties the ids that people gave to those of this build."""

    given: Sequence[Correction]
    dropped: frozenset[str] = frozenset()
    names: dict[str, str] = field(default_factory=dict)
    """Id → the name given to it by hand."""
    splits: dict[str, list[Split]] = field(default_factory=dict)
    _into: dict[str, str] = field(default_factory=dict)
    _set: dict[str, list[Correction]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dropped = frozenset(c["claim"] for c in self.given if c.action == "drop-claim")
        for correction in self.given:
            if correction.action == "set-claim":
                self._set.setdefault(correction["claim"], []).append(correction)

    def bind(self, ids: set[str], by_record_id: Mapping[str, set[str]]) -> None:
        """Apply merges, splits and renames in the order in which they were made.

        An id that this build does not have, because the corpus has grown since, is found by the records that
        carry it, where they agree.
        """

        def known(entity_id: str) -> str:
            found = by_record_id.get(entity_id, set())
            return self.move(next(iter(found)) if entity_id not in ids and len(found) == 1 else entity_id)

        for correction in self.given:
            if correction.action == "merge":
                source, target = known(correction["id"]), known(correction["into"])
                if source != target:
                    self._into[source] = target
            elif correction.action == "rename":
                self.names[known(correction["id"])] = correction["name"]
            elif correction.action == "split":
                source = known(correction["id"])
                part = Split(source, correction["form"], split_id(source, correction["form"]))
                self.splits.setdefault(source, []).append(part)

    def move(self, entity_id: str) -> str:
        """The id after merges by hand."""
        while (target := self._into.get(entity_id)) is not None:
            entity_id = target
        return entity_id

    def split(self, paper: Paper, entity: Entity) -> Iterator[Entity]:
        """The entity, or its parts where forms of it were split off."""
        if entity.id not in self.splits:
            yield entity
            return
        parts: dict[str, list[Mention]] = {}
        for mention in entity.mentions:
            text = paper.text_of(mention.field)[mention.start : mention.end]
            parts.setdefault(self.id_of(entity.id, text), []).append(mention)
        if not parts:
            yield replace(entity, id=self.id_of(entity.id, entity.name))
        for part_id, mentions in parts.items():
            forms = {paper.text_of(m.field)[m.start : m.end] for m in mentions}
            yield replace(entity, id=part_id, forms=tuple(sorted(forms)), mentions=tuple(mentions))

    def id_of(self, entity_id: str, text: str) -> str:
        """The id of a form of an entity, after splits."""
        return next((s.id for s in self.splits.get(entity_id, ()) if fold(s.form) == fold(text)), entity_id)

    def amend(self, claim: Claim) -> Claim:
        """The claim with the fields that were set by hand."""
        for correction in self._set.get(claim.id, ()):
            name, value = correction["field"], correction["value"]
            if name in _ENTITIES:
                value = ",".join(map(self.move, value.split(",")))
            claim = set_field(claim, name, value)
        return claim


def split_id(source: str, form: str) -> str:
    """The id of a form that is split off an entity."""
    return identify(EntityType(source.partition("/")[0]), form)


_NUMBERS = ("value", "value_high", "baseline_value")
_ENTITIES = {
    "metric_id": "metric",
    "method_id": "method",
    "baseline_id": "baseline",
    "task_id": "task",
    "dataset_ids": "datasets",
}
"""Field that holds ids → field that holds the wording, which is also the role in `Claim.links`."""
CLAIM_FIELDS = (*_NUMBERS, "unit", "kind", "bound", *_ENTITIES)
"""Fields of a claim that `set-claim` can set."""
BY_HAND = "set by hand"
"""The rule of links that a correction made."""


def set_field(claim: Claim, name: str, value: str) -> Claim:
    """The claim with one field set; raises `ValueError` for a field or a value that does not fit.

    An empty value takes a link, an upper end or a baseline's number away; ids of several datasets are parted by commas.
    """
    if name in _NUMBERS:
        return replace(claim, **{name: _number(name, value)})  # type: ignore[arg-type]
    if name == "kind":
        return replace(claim, kind=Kind(value))
    if name == "bound":
        return replace(claim, bound=Bound(value))
    if name == "unit":
        return replace(claim, unit=value)
    if name in _ENTITIES:
        return _relinked(claim, name, tuple(dict.fromkeys(filter(None, value.split(",")))))
    raise ValueError(f"no field {name!r} to set; known: {', '.join(CLAIM_FIELDS)}")


def _number(name: str, value: str) -> float | None:
    if not value and name != "value":
        return None
    try:
        number = float(value)
    except ValueError:
        number = nan
    if not isfinite(number):
        raise ValueError(f"{name}: {value!r} is not a number")
    return number


def _relinked(claim: Claim, name: str, ids: tuple[str, ...]) -> Claim:
    """The claim with other entities in a role. Wordings stay only with ids that stay: no text names the others."""
    role = _ENTITIES[name]
    others = tuple(link for link in claim.links if link.role != role)
    links = (*others, *(Link(role, BY_HAND, 1.0) for _ in ids))
    if name == "dataset_ids":
        same = len(claim.dataset_ids) == len(claim.datasets)
        texts = dict(zip(claim.dataset_ids, claim.datasets, strict=True)) if same else {}
        kept = tuple(texts[i] for i in ids if i in texts)
        return replace(claim, links=links, dataset_ids=ids, datasets=kept)
    (new,) = ids or (None,)
    text = getattr(claim, role) if new is not None and new == getattr(claim, name) else None
    return replace(claim, links=links, **{name: new, role: text})  # type: ignore[arg-type]
