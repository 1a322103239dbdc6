"""Which facts of a paper a new reading took away or brought."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fixtures.bundles import fixture_records

from kg.graph.difference import difference, entities_of, facts_of, lane_of
from kg.model import Bound, Kind, Record

RECORD = next(record for record in fixture_records() if record.claims)
CLAIM = RECORD.claims[0]


def claims_of(record: Record) -> list[Any]:
    return [fact for fact in facts_of(record) if "claim" in fact]


def with_claim(**changed: Any) -> Record:
    return replace(RECORD, claims=(replace(CLAIM, **changed), *RECORD.claims[1:]))


def test_facts_are_the_entities_and_the_claims_with_their_words() -> None:
    facts = facts_of(RECORD)
    assert [fact["entity"] for fact in facts if "entity" in fact] == [entity.id for entity in RECORD.entities]
    (first, *_) = claims_of(RECORD)
    assert first["quote"] == CLAIM.evidence.quote
    assert first["quote"] in first["sentence"]
    assert entities_of(first) >= set(CLAIM.dataset_ids)


@pytest.mark.parametrize(
    "changed",
    [{"id": "claim/other"}, {"confidence": 0.1}, {"links": ()}, {"evidence": replace(CLAIM.evidence, field="title")}],
    ids=lambda changed: next(iter(changed)),
)
def test_where_a_number_stands_is_no_part_of_the_fact(changed: dict[str, Any]) -> None:
    assert difference(facts_of(RECORD), facts_of(with_claim(**changed))) == ([], [])


@pytest.mark.parametrize(
    "changed",
    [
        {"value": CLAIM.value + 1}, {"value_high": 1e9}, {"unit": "points"}, {"kind": Kind.DECREASE},
        {"bound": Bound.MAX}, {"metric_id": "metric/other"}, {"method_id": "method/other"}, {"dataset_ids": ()},
        {"baseline_id": "method/other"}, {"baseline_value": 7.0},
    ],
    ids=lambda changed: next(iter(changed)),
)  # fmt: skip
def test_another_number_or_link_is_another_fact(changed: dict[str, Any]) -> None:
    other = with_claim(**({**changed, "datasets": ()} if "dataset_ids" in changed else changed))
    gone, come = difference(facts_of(RECORD), facts_of(other))
    assert (gone, come) == (claims_of(RECORD)[:1], claims_of(other)[:1])


def test_equal_facts_count_as_often_as_they_stand() -> None:
    twice = replace(RECORD, claims=(CLAIM, CLAIM))
    once = replace(RECORD, claims=(CLAIM,))
    assert difference(facts_of(twice), facts_of(once)) == (claims_of(once), [])


def test_entities_that_are_newly_presented_are_told() -> None:
    entity = replace(RECORD.entities[0], introduced=not RECORD.entities[0].introduced)
    gone, come = difference(facts_of(RECORD), facts_of(replace(RECORD, entities=(entity, *RECORD.entities[1:]))))
    assert ([fact["entity"] for fact in gone], [fact["entity"] for fact in come]) == ([entity.id], [entity.id])


def test_a_lane_is_what_a_number_is_about() -> None:
    (first, *_) = claims_of(RECORD)
    assert lane_of(first) == lane_of(claims_of(with_claim(value=1.0))[0])
    assert lane_of(first) != lane_of(claims_of(with_claim(method_id="method/other"))[0])
