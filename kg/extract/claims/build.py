"""Puts a claim together from a number, its reading and its links."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kg.extract.claims.baseline import find_baseline_value
from kg.extract.claims.candidates import Candidate
from kg.extract.claims.choose import Choice, Links
from kg.extract.claims.passage import Passage
from kg.extract.document import Document
from kg.model import Claim, EntityType, Evidence, Kind, Link
from kg.quantity import Quantity

if TYPE_CHECKING:
    from kg.extract.claims.finder import Reading


TYPES = {
    "metric": EntityType.METRIC,
    "method": EntityType.METHOD,
    "baseline": EntityType.METHOD,
    "task": EntityType.TASK,
}
"""The type of what takes part in a claim in each role."""


def make_claim(document: Document, passage: Passage, reading: Reading, links: Links) -> Claim:
    """The claim of one number; every text in it is a substring of the paper."""
    quantity = reading.site.quantity
    place = document.to_mention(quantity.start, quantity.end)
    sentence = document.to_mention(*document.sentences[reading.site.sentence])
    quote = document.text[quantity.start : quantity.end]
    datasets = [choice.candidate for choice in links.choices.get("datasets", [])]
    texts = {role: _text(links.first(role)) for role in ("metric", "method", "baseline", "task")}
    ids = {role: _id(passage, links.first(role), TYPES[role]) for role in texts}
    baseline_value = quantity.baseline_value
    if baseline_value is None:
        baseline_value = find_baseline_value(passage, reading.site, reading.kind)
    return Claim(
        id=claim_id(document.paper.id, place.field, place.start, quote),
        value=_level(quantity, reading.kind),
        unit=quantity.unit,
        kind=reading.kind,
        bound=reading.bound,
        evidence=Evidence(place.field, place.start, place.end, quote, sentence.start, sentence.end),
        confidence=round(reading.confidence, 4),
        value_high=quantity.value_high,
        baseline_value=baseline_value,
        metric=texts["metric"],
        datasets=tuple(candidate.text for candidate in datasets),
        method=texts["method"],
        baseline=texts["baseline"],
        task=texts["task"],
        metric_id=ids["metric"],
        dataset_ids=tuple(filter(None, (_id(passage, candidate, EntityType.DATASET) for candidate in datasets))),
        method_id=ids["method"],
        baseline_id=ids["baseline"],
        task_id=ids["task"],
        links=tuple(_links(links)),
    )


def _level(quantity: Quantity, kind: Kind) -> float:
    """The value, below zero where a level is written with a minus ("r = -0.70"); how far something falls has no sign."""
    below = quantity.sign == "-" and kind is Kind.ABSOLUTE and quantity.value_high is None
    return -quantity.value if below else quantity.value


def claim_id(paper: str, field: str, start: int, quote: str) -> str:
    """An id that the same number of the same paper always has."""
    digest = hashlib.sha256("\x1f".join((paper, field, str(start), quote)).encode("utf-8", "surrogatepass"))
    return f"claim/{digest.hexdigest()[:12]}"


def _text(candidate: Candidate | None) -> str | None:
    return None if candidate is None else candidate.text


def _id(passage: Passage, candidate: Candidate | None, type: EntityType) -> str | None:
    """The id of the candidate's entity; None for a phrase, and for an entity of another type ("AVSR", a task here)."""
    if candidate is None or not 0 <= candidate.entity < len(passage.entities):
        return None
    entity = passage.entities[candidate.entity]
    return entity.id if entity.type is type else None


def _links(links: Links) -> list[Link]:
    made = []
    for role, choices in links.choices.items():
        made += [_link(role, choice) for choice in choices]
    return made


def _link(role: str, choice: Choice) -> Link:
    candidate = choice.candidate
    inferred = candidate.left is None and candidate.right is None
    rule = "carried" if inferred else "named before" if candidate.left is not None else "named after"
    return Link(role, choice.rule or rule, round(choice.score, 4), inferred)
