"""What several pages share: claims and papers as plain data, lists cut into pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.api.graph import Graph
from kg.api.site.index import index_of
from kg.catalog import CatalogEntity
from kg.errors import NotFoundError, QueryParameterError
from kg.mapping.records import paper_url
from kg.model import Claim, EntityType, Record, Value, plain_number
from kg.stores.base import Limits

LIMITS = Limits(seconds=None)
"""A page's queries have no clock of their own: the process that makes the page is watched from outside."""

PAGE = 50
"""Entries of a list on one page."""

MOST_PAGES = 10_000

Json = dict[str, Any]


def select(graph: Graph, text: str, **parameters: Value) -> list[dict[str, Value]]:
    """The rows of one of our own SPARQL queries."""
    return graph.store("oxigraph").query(text, parameters, limits=LIMITS).dicts()


def find_entity(graph: Graph, entity_id: str, kind: EntityType) -> CatalogEntity:
    """An entity by id. Raises `NotFoundError` with names that are alike."""
    entity = graph.catalog.entity(entity_id)
    if entity is None or entity.type is not kind:
        name = entity_id.partition("/")[2]
        raise NotFoundError(f"no {kind.value} has the id {entity_id!r}", suggestions=graph.similar(name, types=[kind]))
    return entity


def entity_json(graph: Graph, entity: CatalogEntity) -> Json:
    """An entity with its names and the wider ones above it."""
    return {
        "id": entity.id,
        "type": entity.type.value,
        "name": entity.name,
        "papers": entity.papers,
        "aliases": [name for name in entity.aliases if name != entity.name],
        "broader": [named(graph, other) for other in entity.broader],
        "direction": entity.direction,
        "unit": entity.unit,
        "reasons": [{"alias": alias, "reason": reason} for alias, reason in entity.reasons],
    }


def named(graph: Graph, entity_id: str) -> Json:
    """An entity's id and name."""
    entity = graph.catalog.entity(entity_id)
    return {"id": entity_id, "name": entity.name if entity else entity_id.partition("/")[2]}


def paper_json(record: Record) -> Json:
    """A paper without its text."""
    paper = record.paper
    return {
        "id": paper.id,
        "title": paper.title,
        "published": paper.published,
        "year": paper.year or (int(paper.published[:4]) if paper.published else None),
        "authors": None if paper.authors is None else list(paper.authors),
        "author_count": paper.author_count,
        "url": paper_url(paper.id),
        "source": paper.source.name,
    }


def claim_json(graph: Graph, record: Record, claim: Claim) -> Json:
    """A claim flat enough for a table: texts of the paper, names of the graph, ids."""
    roles = {"metric": claim.metric, "method": claim.method, "baseline": claim.baseline, "task": claim.task}
    flat: Json = {
        "claim": claim.id,
        "paper": record.paper.id,
        "title": record.paper.title,
        "published": record.paper.published,
        "value": plain_number(claim.value),
        "value_high": plain_number(claim.value_high),
        "baseline_value": plain_number(claim.baseline_value),
        "unit": claim.unit,
        "kind": claim.kind.value,
        "bound": claim.bound.value,
    }
    for role, text in roles.items():
        entity_id = getattr(claim, f"{role}_id")
        flat[role] = named(graph, entity_id)["name"] if entity_id else text
        flat[f"{role}_id"] = entity_id
    flat["datasets"] = [named(graph, one)["name"] for one in claim.dataset_ids] or list(claim.datasets)
    flat["dataset_ids"] = list(claim.dataset_ids)
    return flat | {"quote": claim.evidence.quote, "confidence": claim.confidence}


def claims_of(graph: Graph, ids: Iterable[Mapping[str, Value]]) -> list[Json]:
    """Claims given as rows with `claim` and `paper`, in that order."""
    records: dict[str, Record | None] = {}
    found = []
    for row in ids:
        paper, claim_id = str(row["paper"]), str(row["claim"])
        if paper not in records:
            records[paper] = graph.catalog.record(paper)
        record = records[paper]
        if record is not None:
            found += [claim_json(graph, record, one) for one in record.claims if one.id == claim_id]
    return found


def claims_with(graph: Graph, role: str, entity_id: str, *, limit: int = PAGE) -> list[Json]:
    """The newest claims in which an entity has a role."""
    sql = (
        "SELECT c.id, p.id FROM role r JOIN entity e ON e.n = r.entity JOIN claim c ON c.n = r.claim "
        "JOIN paper p ON p.n = c.paper WHERE r.role = ? AND e.id = ? ORDER BY p.day DESC, p.id, c.id LIMIT ?"
    )
    rows = index_of(graph).execute(sql, (role, entity_id, limit)).fetchall()
    return claims_of(graph, [{"claim": claim, "paper": paper} for claim, paper in rows])


def papers_with(
    graph: Graph, entity_id: str, *, new: bool | None = None, oldest: bool = False, limit: int = PAGE
) -> list[Json]:
    """The newest (or oldest) papers that name an entity; `new` keeps those that introduce it, or the others."""
    sql = (
        "SELECT p.id, p.title, p.published FROM names s JOIN entity e ON e.n = s.entity JOIN paper p ON p.n = s.paper "
        f"WHERE e.id = ? AND (? IS NULL OR s.new = ?) ORDER BY p.day{'' if oldest else ' DESC'}, p.id LIMIT ?"
    )
    rows = index_of(graph).execute(sql, (entity_id, new, new, limit))
    return [{"paper": paper, "title": title, "published": published} for paper, title, published in rows]


def together(graph: Graph, entity_id: str, kind: EntityType, *, limit: int = 12) -> list[Json]:
    """Entities of a type in the same papers as an entity, most papers first."""
    sql = (
        "SELECT o.id, o.name, count(*) AS papers FROM entity e JOIN names s ON s.entity = e.n "
        "JOIN names t ON t.paper = s.paper JOIN entity o ON o.n = t.entity "
        "WHERE e.id = ? AND o.type = ? AND o.n != e.n GROUP BY o.n ORDER BY papers DESC, o.id LIMIT ?"
    )
    rows = index_of(graph).execute(sql, (entity_id, kind, limit))
    return [{"id": other, "name": name, "papers": papers} for other, name, papers in rows]


def page_number(page: int) -> int:
    """A page's number, from 1. Raises `QueryParameterError` for others."""
    if not 1 <= page <= MOST_PAGES:
        raise QueryParameterError(f"page is a number from 1 to {MOST_PAGES}")
    return page
