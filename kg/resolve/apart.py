"""Parts metrics and tasks that a paper's reading took for one where the field knows them as two.

Within a paper "accuracy" may well mean its top-1 accuracy, and so they are read as one thing there. Over many papers
they are two: results in accuracy do not belong into a ranking by top-1 accuracy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Claim, Entity, EntityType, Record
from kg.resolve.forms import abbreviates, find_term
from kg.resolve.key import identify
from kg.vocabulary import Term, Vocabulary

_PARTED = (EntityType.METRIC, EntityType.TASK)


def part_known(record: Record, vocabulary: Vocabulary) -> Record:
    """The record with such entities parted by the vocabulary's terms; claims go with the form that they name."""
    moved: dict[tuple[str, str], str] = {}
    entities: dict[str, Entity] = {}
    for entity in record.entities:
        for part in _parts(record, entity, vocabulary):
            moved |= {(entity.id, form): part.id for form in part.forms if part.id != entity.id}
            entities.setdefault(part.id, part)
    if not moved:
        return record
    claims = tuple(_moved(claim, moved) for claim in record.claims)
    return replace(record, entities=tuple(entities.values()), claims=claims)


def _parts(record: Record, entity: Entity, vocabulary: Vocabulary) -> Iterator[Entity]:
    terms = _terms(entity, vocabulary) if entity.type in _PARTED and len(entity.forms) > 1 else {}
    own = next((term for term in terms.values() if identify(term.type, term.name) == entity.id), None)
    others = {term.name: term for term in terms.values() if own is not None and _differ(own, term)}
    if not others:
        yield entity
        return
    away = {form: term.name for form, term in terms.items() if term.name in others}
    yield _only(record, entity, [form for form in entity.forms if form not in away])
    for name in sorted(others):
        forms = [form for form in entity.forms if away.get(form) == name]
        yield _only(record, replace(entity, id=identify(entity.type, name), name=name), forms)


def _terms(entity: Entity, vocabulary: Vocabulary) -> dict[str, Term]:
    """Form → the term that it names; not for short forms, which mean here what their long form says."""
    longs = [form for form in entity.forms if not any(abbreviates(form, other) for other in entity.forms)]
    found = {form: find_term(vocabulary, entity.type, [form], {}) for form in longs}
    return {form: term for form, term in found.items() if term is not None}


def _differ(own: Term, other: Term) -> bool:
    """Two metrics are two; two tasks where neither is a kind of the other: "classification" is said of image classification."""
    if own.name == other.name:
        return False
    if own.type is EntityType.METRIC:
        return True
    pairs = ((own, other), (other, own))
    return not any(wide.name == narrow.broader or narrow.name.endswith(f" {wide.name}") for wide, narrow in pairs)


def _only(record: Record, entity: Entity, forms: Sequence[str]) -> Entity:
    kept = tuple(m for m in entity.mentions if record.paper.text_of(m.field)[m.start : m.end] in forms)
    return replace(entity, forms=tuple(forms), mentions=kept)


def _moved(claim: Claim, moved: dict[tuple[str, str], str]) -> Claim:
    metric = moved.get((claim.metric_id or "", claim.metric or ""), claim.metric_id)
    task = moved.get((claim.task_id or "", claim.task or ""), claim.task_id)
    return replace(claim, metric_id=metric, task_id=task)
