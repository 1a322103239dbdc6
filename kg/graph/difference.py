"""What a paper says of things, as plain facts, and which of them a new reading took away or brought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from kg.model import Record

Fact = Mapping[str, Any]
"""`{"entity": id, "name", "introduced"}`, or a claim as in its record, without offsets and links."""

_LEFT_OUT = ("evidence", "links", "confidence")
_ROLES = ("metric", "method", "baseline", "task")


def facts_of(record: Record) -> list[Fact]:
    """The entities that a paper names, then its claims, each with its quote and sentence."""
    found: list[Fact] = [
        {"entity": entity.id, "name": entity.name, "introduced": entity.introduced} for entity in record.entities
    ]
    for claim, plain in zip(record.claims, record.to_dict()["claims"], strict=True):
        at = claim.evidence
        text = record.paper.text_of(at.field)
        kept = {name: value for name, value in plain.items() if name not in _LEFT_OUT}
        sentence = text[at.sentence_start : at.sentence_end]
        found.append({"claim": kept.pop("id"), **kept, "quote": at.quote, "sentence": sentence})
    return found


def difference(old: Iterable[Fact], new: Iterable[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The facts that are gone and those that have come.

    The same number about the same things is the same fact, wherever it stands and however it is written.
    """
    old, new = list(old), list(new)
    return _without(old, new), _without(new, old)


def entities_of(fact: Fact) -> frozenset[str]:
    """Ids of what a fact is about; what a claim compares with is not among them."""
    if "entity" in fact:
        return frozenset([fact["entity"]])
    own = {fact[f"{role}_id"] for role in _ROLES if role != "baseline"}
    return frozenset({*own, *fact["dataset_ids"]} - {None})


def lane_of(claim: Fact) -> bytes:
    """What a claim is about, without its number: claims with one key before and after are one that changed."""
    return orjson.dumps([claim["unit"], claim["kind"], _about(claim)])


def _without(facts: list[Fact], others: list[Fact]) -> list[Fact]:
    left = Counter(map(_key, others))
    kept = []
    for fact in facts:
        key = _key(fact)
        if left[key]:
            left[key] -= 1
        else:
            kept.append(fact)
    return kept


def _key(fact: Fact) -> bytes:
    if "entity" in fact:
        return orjson.dumps([fact["entity"], fact["introduced"]])
    numbers = [fact[name] for name in ("value", "value_high", "baseline_value", "unit", "kind", "bound")]
    return orjson.dumps([*numbers, _about(fact)])


def _about(claim: Fact) -> list[Any]:
    """Ids where the graph has them, else the words of the text."""
    roles = [claim[f"{role}_id"] or claim[role] for role in _ROLES]
    return [*roles, sorted(claim["dataset_ids"] or claim["datasets"])]
