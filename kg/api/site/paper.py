"""A paper: its text with what was found in it, its claims, papers that are like it."""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from kg.api.graph import Graph
from kg.api.site.common import Json, claim_json, named, paper_json
from kg.api.site.index import index_of
from kg.errors import NotFoundError
from kg.model import Field, Record

_TOO_COMMON = 2000
"""An entity that more papers name tells nothing about which papers are alike."""


def paper(graph: Graph, *, what: str) -> Json:
    """A paper by id. Raises `NotFoundError`."""
    record = graph.catalog.record(what)
    if record is None:
        hits = graph.catalog.papers(what, limit=3)
        raise NotFoundError(f"no paper has the id {what!r}", suggestions=[hit.title for hit in hits])
    return {
        **paper_json(record),
        "title_parts": list(segments(record, "title")),
        "abstract": record.paper.abstract,
        "abstract_parts": list(segments(record, "abstract")),
        "entities": [_mentioned(graph, record, place) for place in range(len(record.entities))],
        "claims": [claim_json(graph, record, claim) for claim in record.claims],
        "related": _related(graph, record),
        "extractor": f"{record.extractor.name} {record.extractor.version}",
    }


def segments(record: Record, field: Field) -> Iterator[Json]:
    """The text in pieces: plain ones, and those that name an entity or state a claim; numbers win over names."""
    text, at = record.paper.text_of(field), 0
    for start, end, kind, target in _spans(record, field):
        if start > at:
            yield {"text": text[at:start], "kind": "", "id": ""}
        yield {"text": text[start:end], "kind": kind, "id": target}
        at = end
    if at < len(text):
        yield {"text": text[at:], "kind": "", "id": ""}


def _spans(record: Record, field: Field) -> list[tuple[int, int, str, str]]:
    claims = [(c.evidence.start, c.evidence.end, "claim", c.id) for c in record.claims if c.evidence.field == field]
    names = [(m.start, m.end, e.type.value, e.id) for e in record.entities for m in e.mentions if m.field == field]
    chosen: list[tuple[int, int, str, str]] = []
    for span in [*sorted(claims), *sorted(names, key=lambda s: (s[0] - s[1], s))]:
        if span[0] < span[1] and all(span[1] <= other[0] or span[0] >= other[1] for other in chosen):
            chosen.append(span)
    return sorted(chosen)


def _mentioned(graph: Graph, record: Record, place: int) -> Json:
    entity = record.entities[place]
    return {
        "id": entity.id,
        "type": entity.type.value,
        "name": named(graph, entity.id)["name"],
        "forms": list(entity.forms),
        "introduced": entity.introduced,
        "mentions": len(entity.mentions),
    }


def _related(graph: Graph, record: Record, limit: int = 6) -> list[Json]:
    """Papers that share entities with this one, rare entities counting more."""
    total = graph.catalog.counts()["paper"]
    shared: dict[str, list[str]] = {}
    weights: dict[str, float] = {}
    for entity in record.entities:
        known = graph.catalog.entity(entity.id)
        if known is None or not 1 < known.papers <= min(_TOO_COMMON, max(20, total // 4)):
            continue
        for other in _naming(graph, entity.id):
            if other != record.paper.id:
                weights[other] = weights.get(other, 0) + log(1 + total / known.papers)
                shared.setdefault(other, []).append(known.name)
    best = sorted(weights, key=lambda one: (-weights[one], one))[:limit]
    return [{"paper": one, "title": graph.catalog.titled(one)[0].title, "shared": shared[one]} for one in best]


def _naming(graph: Graph, entity_id: str) -> list[str]:
    sql = "SELECT p.id FROM names s JOIN entity e ON e.n = s.entity JOIN paper p ON p.n = s.paper WHERE e.id = ?"
    return [paper for (paper,) in index_of(graph).execute(sql, (entity_id,))]
