"""Metrics and tasks that a paper's reading joined and the field keeps apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Bound, Claim, Entity, EntityType, Evidence, Extractor, Kind, Mention, Paper, Record, SourceRef
from kg.resolve.apart import part_known
from kg.vocabulary import load

TEXT = "It reaches an accuracy of 93%, a top-1 accuracy of 81%, and dreaminess."


def joined(kind: EntityType, id: str, *forms: str, text: str = TEXT) -> Record:
    """A record whose one entity has all these forms, and a claim on the first."""
    mentions = tuple(Mention("abstract", text.index(form), text.index(form) + len(form)) for form in forms)
    entity = Entity(kind, id, forms[-1], forms, mentions, 0.9)
    evidence = Evidence("abstract", 0, 2, text[:2], 0, len(text))
    claim = Claim("claim/000000000000", 93, "%", Kind.ABSOLUTE, Bound.EXACT, evidence, 0.9)
    role = "metric" if kind is EntityType.METRIC else "task"
    claim = replace(claim, **{role: forms[0], f"{role}_id": id})
    return Record(Paper("x:1", "", text, SourceRef("text", "x", 0)), (entity,), (claim,), Extractor("test", "1"))


def test_known_metrics_are_parted_and_claims_follow() -> None:
    record = part_known(joined(EntityType.METRIC, "metric/top-1-accuracy", "accuracy", "top-1 accuracy"), load())
    assert {entity.id: entity.forms for entity in record.entities} == {
        "metric/top-1-accuracy": ("top-1 accuracy",),
        "metric/accuracy": ("accuracy",),
    }
    assert [len(entity.mentions) for entity in record.entities] == [1, 1]
    assert record.claims[0].metric_id == "metric/accuracy"


def test_unknown_form_stays_where_it_was_read() -> None:
    record = joined(EntityType.METRIC, "metric/top-1-accuracy", "dreaminess", "top-1 accuracy")
    assert part_known(record, load()) == record


@pytest.mark.parametrize(
    ("id", "forms", "count"),
    [
        ("task/image-classification", ("classification", "image classification"), 1),
        ("task/text-to-speech", ("speech recognition", "text-to-speech"), 2),
    ],
)
def test_tasks_are_parted_unless_one_is_the_broader(id: str, forms: tuple[str, ...], count: int) -> None:
    record = joined(EntityType.TASK, id, *forms, text=f"We do {forms[0]}; in short {forms[1]}.")
    terms = load()
    assert len(part_known(record, terms).entities) == count
