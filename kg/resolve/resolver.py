"""One id per real thing over all papers.

Names of one key are one thing (see `kg.resolve.key`). The corpus adds what single papers cannot know: what a short
form means that some paper defines, or that the vocabulary knows with a need for context; where it means several
things, the company that it keeps in a paper decides, or it stays apart. Corrections come last. Each merge keeps
its reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.model import Claim, Entity, EntityType, Record
from kg.resolve.apart import part_known
from kg.resolve.corrected import Corrections, Split
from kg.resolve.corrections import Correction
from kg.resolve.describe import Group, Merge, ResolvedEntity, describe, find_broader
from kg.resolve.meanings import Meanings
from kg.resolve.names import choose_name
from kg.resolve.senses import choose_sense
from kg.resolve.unit import Reading, Unit, add_entity, read_entity
from kg.vocabulary import Term, Vocabulary, load


class Resolver:
    """Observe every record, finish, then apply to every record. The result does not depend on the order."""

    def __init__(self, *, corrections: Sequence[Correction] = (), vocabulary: Vocabulary | None = None) -> None:
        self._vocabulary = load() if vocabulary is None else vocabulary
        self._corrections = Corrections(corrections)
        self._units: dict[str, Unit] = {}
        self._meanings = Meanings(self._units, self._vocabulary)
        self._company: dict[str, set[str]] = defaultdict(set)
        self._grouped: dict[str, Group] = {}
        self._names: dict[str, str] = {}
        self._words: set[str] = set()
        self._read = lru_cache(maxsize=1 << 16)(self._read_forms)

    def _read_forms(
        self, kind: EntityType, entity_id: str, name: str, forms: tuple[str, ...], introduced: bool
    ) -> Reading:
        return read_entity(Entity(kind, entity_id, name, forms, (), 0.0, introduced), self._vocabulary)

    def _reading(self, entity: Entity) -> Reading:
        return self._read(entity.type, entity.id, entity.name, entity.forms, entity.introduced)

    def observe(self, record: Record) -> None:
        """Take note of a record's names."""
        record = part_known(record, self._vocabulary)
        read = [(entity, self._reading(entity)) for entity in record.entities]
        terms = {reading.key for _, reading in read if reading.term is not None}
        for entity, reading in read:
            unit = self._units.get(reading.key)
            if unit is None:
                unit = self._units[reading.key] = Unit(entity.type, reading.term)
            add_entity(unit, entity, reading, record.paper.id, terms - {reading.key})
        known = {entity.id for entity in record.entities}
        for claim in record.claims:
            for kind, entity_id, text in _claim_names(claim):
                if entity_id not in known:
                    self._observe_named(kind, entity_id, text)

    def _observe_named(self, kind: EntityType, entity_id: str, text: str) -> None:
        reading = self._reading(Entity(kind, entity_id, text, (), (), 0.0))
        unit = self._units.setdefault(reading.key, Unit(kind, reading.term))
        unit.forms.setdefault(text, 0)
        unit.ids.add(entity_id)

    def finish(self) -> None:
        """Decide what each short form means, and give every unit its id."""
        self._meanings.decide()
        for unit in self._units.values():
            self._words.update(word for form in unit.forms for word in form.split() if word.islower())
        by_id: dict[str, set[str]] = defaultdict(set)
        for key, unit in self._units.items():
            for entity_id in unit.ids:
                by_id[entity_id].add(self._meanings.id_of(key))
        self._corrections.bind({self._meanings.id_of(key) for key in self._units}, by_id)

    def apply(self, record: Record) -> Record:
        """The record with the corpus's ids and names, and with corrections."""
        record = part_known(record, self._vocabulary)
        read = [(entity, self._reading(entity)) for entity in record.entities]
        terms = {reading.key for _, reading in read if reading.term is not None}
        entities: dict[str, Entity] = {}
        moved: dict[str, str] = {}
        for entity, reading in read:
            target = self._id_in(reading.key, terms, entity.forms)
            moved[entity.id] = target
            named = replace(entity, id=target, name=self._name(target, entity.forms))
            for part in self._corrections.split(record.paper, named):
                if part.id != target:
                    part = replace(part, name=self._name(part.id, part.forms))
                entities[part.id] = part if part.id not in entities else _joined(entities[part.id], part)
        claims = [self._apply_claim(c, moved) for c in record.claims if c.id not in self._corrections.dropped]
        return replace(record, entities=tuple(entities.values()), claims=tuple(claims))

    def _id_in(self, key: str, terms: set[str], forms: Sequence[str]) -> str:
        """The id of a unit in a paper that names those terms."""
        senses = self._meanings.contested.get(self._meanings.root(key), ())
        sense = choose_sense(senses, terms, self._units) if senses else None
        if sense is not None:
            key = sense
            self._company[self._meanings.id_of(key)].update(forms)
        return self._corrections.move(self._meanings.id_of(key))

    def _name(self, entity_id: str, forms: Sequence[str] = ()) -> str:
        """The name of an entity; `forms` are for one that is only a part, split off by hand."""
        if entity_id not in self._names:
            group = self._groups().get(entity_id)
            if group is None:
                return self._corrections.names.get(entity_id) or choose_name(Counter(forms))
            self._names[entity_id] = group.name(self._corrections, self._vocabulary, self._words)
        return self._names[entity_id]

    def _apply_claim(self, claim: Claim, moved: dict[str, str]) -> Claim:
        names = {(kind, i): text for kind, i, text in _claim_names(claim)}

        def to(kind: EntityType, entity_id: str) -> str:
            text = names.get((kind, entity_id), "")
            target = moved.get(entity_id)
            if target is None:
                reading = self._reading(Entity(kind, entity_id, text, (), (), 0.0))
                target = self._id_in(reading.key, set(), ())
            return self._corrections.id_of(target, text)

        def maybe(kind: EntityType, entity_id: str | None) -> str | None:
            return None if entity_id is None else to(kind, entity_id)

        claim = replace(
            claim,
            metric_id=maybe(EntityType.METRIC, claim.metric_id),
            dataset_ids=tuple(dict.fromkeys(to(EntityType.DATASET, i) for i in claim.dataset_ids)),
            method_id=maybe(EntityType.METHOD, claim.method_id),
            baseline_id=maybe(EntityType.METHOD, claim.baseline_id),
            task_id=maybe(EntityType.TASK, claim.task_id),
        )
        return self._corrections.amend(claim)

    def entities(self) -> Iterator[ResolvedEntity]:
        """Every entity that was observed, with its family; after `apply`, which learns what company means."""
        groups, ids = self._groups(), {key: self._corrections.move(self._meanings.id_of(key)) for key in self._units}
        broader, unnamed = self._families(groups, ids)
        for entity_id in sorted(groups):
            up = [broader[entity_id]] if entity_id in broader else []
            company = sorted(self._company.get(entity_id, ()))
            yield describe(groups[entity_id], self._name(entity_id), up, self._vocabulary, self._corrections, company)
        for entity_id, term in sorted(unnamed.items()):
            up = [broader[entity_id]] if entity_id in broader else []
            group = Group(entity_id, term.type, {entity_id: Unit(term.type, term)}, {})
            yield describe(group, term.name, up, self._vocabulary, self._corrections, ())
        for split in sorted({s.id: s for parts in self._corrections.splits.values() for s in parts}.items()):
            if split[0] not in groups and split[0] not in unnamed:
                yield _split_off(split[1])

    def _groups(self) -> dict[str, Group]:
        if not self._grouped:
            for key in sorted(self._units):
                self._add_to_group(key)
        return self._grouped

    def _add_to_group(self, key: str) -> None:
        unit, own = self._units[key], self._meanings.id_of(key)
        entity_id = self._corrections.move(own)
        group = self._grouped.setdefault(entity_id, Group(entity_id, unit.type, {}, {}))
        group.units[key] = unit
        if entity_id != own:
            group.reasons[key] = f"corrected: {own} was merged into this"
        elif key in self._meanings.why:
            group.reasons[key] = self._meanings.why[key]

    def _families(self, groups: dict[str, Group], ids: dict[str, str]) -> tuple[dict[str, str], dict[str, Term]]:
        """Id → id of its family, without cycles; and families that no paper names."""
        broader: dict[str, str] = {}
        unnamed: dict[str, Term] = {}
        todo = [groups[entity_id] for entity_id in sorted(groups)]
        while todo:
            group = todo.pop()
            name = self._name(group.id) if group.id in groups else group.term.name if group.term else group.id
            found = find_broader(group, name, ids, self._vocabulary)
            if found is None or _leads_to(group.id, found[0], broader):
                continue
            parent, term = found
            broader[group.id] = parent
            if parent not in groups and term is not None and parent not in unnamed:
                unnamed[parent] = term
                todo.append(Group(parent, term.type, {parent: Unit(term.type, term)}, {}))
        return broader, unnamed


def _leads_to(entity_id: str, start: str, broader: dict[str, str]) -> bool:
    while start != entity_id and start in broader:
        start = broader[start]
    return start == entity_id


def _split_off(split: Split) -> ResolvedEntity:
    kind = EntityType(split.id.partition("/")[0])
    return ResolvedEntity(
        kind, split.id, split.form, (), (), (Merge(split.form, f"corrected: split off {split.source}"),)
    )


def _claim_names(claim: Claim) -> Iterator[tuple[EntityType, str, str]]:
    """Type, id and text of everything that a claim links to."""
    links = [
        (EntityType.METRIC, claim.metric_id, claim.metric),
        (EntityType.METHOD, claim.method_id, claim.method),
        (EntityType.METHOD, claim.baseline_id, claim.baseline),
        (EntityType.TASK, claim.task_id, claim.task),
        *((EntityType.DATASET, i, text) for i, text in zip(claim.dataset_ids, claim.datasets, strict=False)),
    ]
    yield from ((kind, i, text) for kind, i, text in links if i is not None and text is not None)


def _joined(first: Entity, second: Entity) -> Entity:
    return replace(
        first,
        forms=tuple(sorted({*first.forms, *second.forms})),
        mentions=tuple(sorted({*first.mentions, *second.mentions}, key=lambda m: (m.field == "abstract", m))),
        confidence=max(first.confidence, second.confidence),
        introduced=first.introduced or second.introduced,
    )
