"""One id per real thing over all papers.

Names that fold to one key are one entity already when a record is made. Here the corpus adds what single papers
cannot know: an abbreviation that some paper defines, where all papers that define it agree; and what people
corrected. Each merge keeps its reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import Claim, Entity, EntityType, Record
from kg.resolve.corrections import Correction
from kg.resolve.key import fold, identify
from kg.vocabulary import Term, Vocabulary, load


@dataclass(frozen=True, slots=True)
class Merge:
    """Why a form belongs to an entity."""

    form: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResolvedEntity:
    """An entity of the corpus; `broader` are ids of its family."""

    type: EntityType
    id: str
    name: str
    aliases: tuple[str, ...]
    broader: tuple[str, ...]
    reasons: tuple[Merge, ...]
    direction: str | None = None
    unit: str | None = None


class Resolver:
    """Observe every record, finish, then apply to every record. The result does not depend on the order."""

    def __init__(self, *, corrections: Sequence[Correction] = (), vocabulary: Vocabulary | None = None) -> None:
        self._vocabulary = load() if vocabulary is None else vocabulary
        self._names: dict[str, Counter[str]] = defaultdict(Counter)
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)
        self._long_of: dict[str, set[str]] = defaultdict(set)
        self._into: dict[str, str] = {}
        self._why: dict[str, str] = {}
        self._merges = {c["id"]: c["into"] for c in corrections if c.action == "merge"}
        self._splits = {(c["id"], fold(c["form"])): c["form"] for c in corrections if c.action == "split"}
        self._renames = {c["id"]: c["name"] for c in corrections if c.action == "rename"}
        self._dropped = {c["claim"] for c in corrections if c.action == "drop-claim"}
        self._set = [c for c in corrections if c.action == "set-claim"]

    def observe(self, record: Record) -> None:
        """Take note of a record's names."""
        for entity in record.entities:
            self._names[entity.id][entity.name] += 1
            self._forms[entity.id].update(entity.forms)
            for form in entity.forms:
                own = identify(entity.type, form)
                if own != entity.id and fold(form) != fold(entity.name) and not _has_digits_apart(form, entity.name):
                    self._long_of[own].add(entity.id)
        for claim in record.claims:
            for entity_id, text in _claim_names(claim):
                self._names[entity_id].setdefault(text, 0)

    def finish(self) -> None:
        """Decide what is one: a form that stands for one entity wherever it is defined, and corrections."""
        for short, longs in sorted(self._long_of.items()):
            if len(longs) == 1 and short in self._names:
                (target,) = longs
                if self._vocabulary.lookup(*_parts(self, short)) is None:
                    self._join(short, target, "defined so in a paper, and nowhere else otherwise")
        for source, target in sorted(self._merges.items()):
            self._join(source, target, "corrected: merged by hand")

    def _join(self, source: str, target: str, reason: str) -> None:
        if self._final(target) != source:
            self._into[source] = target
            self._why[source] = reason

    def _final(self, entity_id: str) -> str:
        seen = {entity_id}
        while (target := self._into.get(entity_id)) is not None and target not in seen:
            entity_id = target
            seen.add(target)
        return entity_id

    def apply(self, record: Record) -> Record:
        """The record with the corpus's ids and names, and with corrections."""
        entities: dict[str, Entity] = {}
        moved: dict[str, str] = {}
        for entity in record.entities:
            target = self._target(entity)
            moved[entity.id] = target
            renamed = replace(entity, id=target, name=self._name(target))
            entities[target] = renamed if target not in entities else _joined(entities[target], renamed)
        claims = [self._apply_claim(claim, moved) for claim in record.claims if claim.id not in self._dropped]
        return replace(record, entities=tuple(entities.values()), claims=tuple(claims))

    def _target(self, entity: Entity) -> str:
        for form in entity.forms:
            if (entity.id, fold(form)) in self._splits:
                return identify(entity.type, form)
        return self._final(entity.id)

    def _apply_claim(self, claim: Claim, moved: dict[str, str]) -> Claim:
        def to(entity_id: str | None) -> str | None:
            return None if entity_id is None else moved.get(entity_id) or self._final(entity_id)

        claim = replace(
            claim,
            metric_id=to(claim.metric_id),
            dataset_ids=tuple(dict.fromkeys(moved.get(i) or self._final(i) for i in claim.dataset_ids)),
            method_id=to(claim.method_id),
            baseline_id=to(claim.baseline_id),
            task_id=to(claim.task_id),
        )
        for correction in self._set:
            if correction["claim"] == claim.id:
                claim = _set_field(claim, correction["field"], correction["value"])
        return claim

    def _name(self, entity_id: str) -> str:
        if entity_id in self._renames:
            return self._renames[entity_id]
        term = self._term(entity_id)
        if term is not None:
            return term.name
        names = self._names.get(entity_id)
        if not names:
            return next((f for (_, _), f in self._splits.items() if entity_id.endswith(identify_tail(f))), entity_id)
        return min(names, key=lambda name: (-names[name], -len(name), name))

    def _term(self, entity_id: str) -> Term | None:
        kind = EntityType(entity_id.partition("/")[0])
        for name in self._names.get(entity_id, ()):
            term = self._vocabulary.lookup(kind, name)
            if term is not None and identify(kind, term.name) == entity_id:
                return term
        return None

    def entities(self) -> Iterator[ResolvedEntity]:
        """Every entity that was observed, and the families of those that the vocabulary knows."""
        members: dict[str, list[str]] = defaultdict(list)
        for entity_id in self._names:
            members[self._final(entity_id)].append(entity_id)
        for _, form in sorted(self._splits.items()):
            for kind in EntityType:
                members.setdefault(identify(kind, form), [])
        families: dict[str, Term] = {}
        for entity_id in sorted(members):
            term = self._term(entity_id)
            if term is not None:
                families.update(self._family(term))
            yield self._resolved(entity_id, sorted(members[entity_id]), term)
        for entity_id, term in sorted(families.items()):
            if entity_id not in members:
                yield self._resolved(entity_id, [], term)

    def _family(self, term: Term) -> dict[str, Term]:
        return {identify(term.type, one.name): one for one in self._vocabulary.ancestors(term)}

    def _resolved(self, entity_id: str, members: Sequence[str], term: Term | None) -> ResolvedEntity:
        kind = EntityType(entity_id.partition("/")[0])
        name = term.name if term is not None and entity_id not in self._renames else self._name(entity_id)
        reasons: dict[str, str] = {}
        for member in members:
            for form in sorted(self._forms.get(member, ())):
                reasons.setdefault(form, self._reason(member, form, name))
        broader = () if term is None or not term.broader else tuple(list(self._family(term))[:1])
        aliases = {*reasons, *(term.aliases if term else ())} - {name}
        return ResolvedEntity(
            type=kind,
            id=entity_id,
            name=name,
            aliases=tuple(sorted(aliases)),
            broader=broader,
            reasons=tuple(Merge(form, reason) for form, reason in sorted(reasons.items()) if form != name),
            direction=(term.direction or None) if term else None,
            unit=(term.unit or None) if term else None,
        )

    def _reason(self, member: str, form: str, name: str) -> str:
        if member in self._why:
            return self._why[member]
        if fold(form) == fold(name):
            return "same name but for spelling"
        kind = EntityType(member.partition("/")[0])
        if self._vocabulary.lookup(kind, form) is not None:
            return "alias in the vocabulary"
        return "defined as its short or long form in a paper"


def identify_tail(form: str) -> str:
    """The part of an id that comes from the name."""
    return identify(EntityType.METHOD, form).partition("/")[2]


def _parts(resolver: Resolver, entity_id: str) -> tuple[EntityType, str]:
    return EntityType(entity_id.partition("/")[0]), resolver._name(entity_id)


def _has_digits_apart(one: str, other: str) -> bool:
    """Whether two names differ in their digits: then they are versions, not spellings."""
    return [c for c in one if c.isdigit()] != [c for c in other if c.isdigit()]


def _claim_names(claim: Claim) -> Iterator[tuple[str, str]]:
    pairs = [
        (claim.metric_id, claim.metric),
        (claim.method_id, claim.method),
        (claim.baseline_id, claim.baseline),
        (claim.task_id, claim.task),
        *zip(claim.dataset_ids, claim.datasets, strict=False),
    ]
    yield from ((entity_id, text) for entity_id, text in pairs if entity_id is not None and text is not None)


def _joined(first: Entity, second: Entity) -> Entity:
    return replace(
        first,
        forms=tuple(sorted({*first.forms, *second.forms})),
        mentions=tuple(sorted({*first.mentions, *second.mentions}, key=lambda m: (m.field == "abstract", m))),
        confidence=max(first.confidence, second.confidence),
        introduced=first.introduced or second.introduced,
    )


_NUMBERS = ("value", "value_high", "baseline_value")
_TEXTS = ("unit", "metric_id", "method_id", "baseline_id", "task_id")


def _set_field(claim: Claim, field: str, value: str) -> Claim:
    from kg.model import Bound, Kind

    if field in _NUMBERS:
        return replace(claim, **{field: float(value)})  # type: ignore[arg-type]
    if field == "kind":
        return replace(claim, kind=Kind(value))
    if field == "bound":
        return replace(claim, bound=Bound(value))
    return replace(claim, **{field: value}) if field in _TEXTS else claim  # type: ignore[arg-type]


def resolve_all(records: Iterable[Record], **options: object) -> list[Record]:
    """Resolve records that fit in memory."""
    listed = list(records)
    resolver = Resolver(**options)  # type: ignore[arg-type]
    for record in listed:
        resolver.observe(record)
    resolver.finish()
    return [resolver.apply(record) for record in listed]
