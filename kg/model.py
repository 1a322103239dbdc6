"""The things `kg` speaks of, as frozen dataclasses: what flows between its layers.

Offsets count Unicode code points into exactly `Paper.title` or `Paper.abstract`.
The JSON form of a `Record` is the contract of `schemas/record.schema.json`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from kg.errors import RecordError

Field = Literal["title", "abstract"]


class EntityType(StrEnum):
    """What kind of thing an entity is; also the first part of its id."""

    METHOD = "method"
    DATASET = "dataset"
    METRIC = "metric"
    TASK = "task"


class Kind(StrEnum):
    """How a claim's value is meant: a level reached, or a change up or down."""

    ABSOLUTE = "absolute"
    INCREASE = "increase"
    DECREASE = "decrease"


class Bound(StrEnum):
    """Whether the value is exact, about, at least (`min`) or at most (`max`)."""

    EXACT = "exact"
    APPROX = "approx"
    MIN = "min"
    MAX = "max"


class Dialect(StrEnum):
    """The query language that a store understands."""

    SPARQL = "sparql"
    CYPHER = "cypher"


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where a paper was read: the source's format, the file's name, the entry's position in it (from 0)."""

    format: str
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as a source gives it. `published` is an ISO date or None; `year` may be known alone."""

    id: str
    title: str
    abstract: str
    source: SourceRef
    published: str | None = None
    year: int | None = None
    authors: tuple[str, ...] | None = None
    author_count: int | None = None

    def text_of(self, name: Field) -> str:
        """The title or the abstract."""
        return self.title if name == "title" else self.abstract

    @property
    def text_hash(self) -> str:
        """16 hex digits that change when title, abstract, date or authors change."""
        authors = "" if self.authors is None else "\x1f".join(self.authors)
        parts = (self.id, self.title, self.abstract, self.published, self.year, authors, self.author_count)
        return hashlib.sha256("\x1e".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span of the title or the abstract that names an entity."""

    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions in one paper resolve to. `id` is shared by all papers ("dataset/cifar-10")."""

    type: EntityType
    id: str
    name: str
    forms: tuple[str, ...]
    mentions: tuple[Mention, ...]
    confidence: float
    introduced: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The number of a claim as it stands in the text, and the sentence around it."""

    field: Field
    start: int
    end: int
    quote: str
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One numeric result. `metric`, `datasets`, `method`, `baseline`, `task` are as in the text, the `…_id`s canonical.

    `links` says how each link was made: role → (rule or score, inferred), where inferred means that the
    linked text does not stand in the claim's own sentence.
    """

    id: str
    value: float
    unit: str
    kind: Kind
    bound: Bound
    evidence: Evidence
    confidence: float
    value_high: float | None = None
    baseline_value: float | None = None
    metric: str | None = None
    datasets: tuple[str, ...] = ()
    method: str | None = None
    baseline: str | None = None
    task: str | None = None
    metric_id: str | None = None
    dataset_ids: tuple[str, ...] = ()
    method_id: str | None = None
    baseline_id: str | None = None
    task_id: str | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Why a claim is linked as it is: the role ("metric", …), the rule that made it, its score from 0 to 1."""

    role: str
    rule: str
    score: float
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Extractor:
    """Who made a record."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Record:
    """One paper with all that was extracted from it: a line of `records.jsonl`."""

    paper: Paper
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    extractor: Extractor

    def to_dict(self) -> dict[str, Any]:
        """The JSON form; keys in the contract's order."""
        return record_to_dict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Record:
        """Inverse of `to_dict`; raises `RecordError` where a key is missing or of another type."""
        try:
            return _record_from_dict(data)
        except (KeyError, TypeError, ValueError) as exc:
            raise RecordError(f"record {data.get('id', '?')!r}: {type(exc).__name__}: {exc}") from exc


Value = str | int | float | bool | None | list[Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """A query's answer: column names and rows of plain values, in the query's order.

    `truncated` is true when a limit cut the answer.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]] = field(default_factory=list)
    truncated: bool = False

    def dicts(self) -> list[dict[str, Value]]:
        """Each row as a dict in column order."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def plain_number(value: float | None) -> float | int | None:
    """2.0 → 2, so that JSON and tables print whole numbers without a decimal part."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value


def record_to_dict(record: Record) -> dict[str, Any]:
    paper = record.paper
    return {
        "id": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        "published": paper.published,
        "year": paper.year,
        "authors": None if paper.authors is None else list(paper.authors),
        "author_count": paper.author_count,
        "source": {"format": paper.source.format, "name": paper.source.name, "position": paper.source.position},
        "entities": [_entity_to_dict(entity) for entity in record.entities],
        "claims": [_claim_to_dict(claim) for claim in record.claims],
        "extractor": {"name": record.extractor.name, "version": record.extractor.version},
    }


def _entity_to_dict(entity: Entity) -> dict[str, Any]:
    data: dict[str, Any] = {
        "type": entity.type.value,
        "id": entity.id,
        "name": entity.name,
        "forms": list(entity.forms),
    }
    if entity.type in (EntityType.METHOD, EntityType.DATASET):
        data["introduced"] = entity.introduced
    data["mentions"] = [{"field": m.field, "start": m.start, "end": m.end} for m in entity.mentions]
    data["confidence"] = entity.confidence
    return data


def _claim_to_dict(claim: Claim) -> dict[str, Any]:
    evidence = claim.evidence
    return {
        "id": claim.id,
        "value": plain_number(claim.value),
        "value_high": plain_number(claim.value_high),
        "baseline_value": plain_number(claim.baseline_value),
        "unit": claim.unit,
        "kind": claim.kind.value,
        "bound": claim.bound.value,
        "metric": claim.metric,
        "datasets": list(claim.datasets),
        "method": claim.method,
        "baseline": claim.baseline,
        "task": claim.task,
        "metric_id": claim.metric_id,
        "dataset_ids": list(claim.dataset_ids),
        "method_id": claim.method_id,
        "baseline_id": claim.baseline_id,
        "task_id": claim.task_id,
        "evidence": {
            "field": evidence.field,
            "start": evidence.start,
            "end": evidence.end,
            "quote": evidence.quote,
            "sentence": {"start": evidence.sentence_start, "end": evidence.sentence_end},
        },
        "links": [{"role": x.role, "rule": x.rule, "score": x.score, "inferred": x.inferred} for x in claim.links],
        "confidence": claim.confidence,
    }


def _record_from_dict(data: dict[str, Any]) -> Record:
    source = data["source"]
    authors = data.get("authors")
    paper = Paper(
        id=data["id"],
        title=data["title"],
        abstract=data["abstract"],
        source=SourceRef(source["format"], source["name"], source["position"]),
        published=data.get("published"),
        year=data.get("year"),
        authors=None if authors is None else tuple(authors),
        author_count=data.get("author_count"),
    )
    return Record(
        paper=paper,
        entities=tuple(_entity_from_dict(entity) for entity in data["entities"]),
        claims=tuple(_claim_from_dict(claim) for claim in data["claims"]),
        extractor=Extractor(data["extractor"]["name"], data["extractor"]["version"]),
    )


def _entity_from_dict(data: dict[str, Any]) -> Entity:
    return Entity(
        type=EntityType(data["type"]),
        id=data["id"],
        name=data["name"],
        forms=tuple(data["forms"]),
        mentions=tuple(Mention(m["field"], m["start"], m["end"]) for m in data["mentions"]),
        confidence=data["confidence"],
        introduced=data.get("introduced", False),
    )


def _claim_from_dict(data: dict[str, Any]) -> Claim:
    evidence = data["evidence"]
    return Claim(
        id=data["id"],
        value=data["value"],
        value_high=data["value_high"],
        baseline_value=data["baseline_value"],
        unit=data["unit"],
        kind=Kind(data["kind"]),
        bound=Bound(data["bound"]),
        metric=data["metric"],
        datasets=tuple(data["datasets"]),
        method=data["method"],
        baseline=data["baseline"],
        task=data["task"],
        metric_id=data["metric_id"],
        dataset_ids=tuple(data["dataset_ids"]),
        method_id=data["method_id"],
        baseline_id=data["baseline_id"],
        task_id=data["task_id"],
        evidence=Evidence(
            evidence["field"],
            evidence["start"],
            evidence["end"],
            evidence["quote"],
            evidence["sentence"]["start"],
            evidence["sentence"]["end"],
        ),
        links=tuple(Link(x["role"], x["rule"], x["score"], x["inferred"]) for x in data.get("links", ())),
        confidence=data["confidence"],
    )
