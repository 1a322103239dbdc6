"""Search among papers with facets, and lists of all papers or of all entities of a type."""

from __future__ import annotations

from kg.api.graph import Graph
from kg.api.site.common import PAGE, Json, named, page_number
from kg.api.site.index import Found, index_of
from kg.errors import QueryParameterError
from kg.model import EntityType

MOST_WORDS = 12
_FACET = 10


def search(
    graph: Graph,
    *,
    q: str = "",
    year: int | None = None,
    dataset: str = "",
    method: str = "",
    metric: str = "",
    task: str = "",
    page: int = 1,
    size: int = 20,
) -> Json:
    """Papers with words that begin like all words of `q` and that name the chosen entities.

    The best match comes first; without words, the newest.
    """
    if not 1 <= size <= 200:
        raise QueryParameterError("size is a number from 1 to 200")
    words = q.split()
    if len(words) > MOST_WORDS or len(q) > 300:
        raise QueryParameterError(f"search for at most {MOST_WORDS} words")
    chosen = {"dataset": dataset, "method": method, "metric": metric, "task": task}
    db = index_of(graph)
    found = Found(words, [one for one in chosen.values() if one], year)
    total = found.count(db)
    facets: dict[str, list[Json]] = {
        kind.value: [row for row in found.entities(db, kind, _FACET + 1) if row["id"] != chosen[kind.value]][:_FACET]
        for kind in EntityType
    }
    return {
        "q": q,
        "chosen": {kind: named(graph, one) for kind, one in chosen.items() if one},
        "year": year,
        "order": "best match" if found.text else "newest",
        "total": total,
        "page": page,
        "pages": max(1, -(-total // size)),
        "papers": [_entry(graph, row) for row in found.papers(db, size, (page_number(page) - 1) * size)],
        "facets": facets | {"year": found.years(db, 12)},
    }


def _entry(graph: Graph, row: Json) -> Json:
    record = graph.catalog.record(row["paper"])
    if record is None:
        return {**row, "claims": 0, "datasets": [], "snippet": ""}
    text = record.paper.abstract
    return {
        **row,
        "claims": len(record.claims),
        "datasets": [{"id": e.id, "name": e.name} for e in record.entities if e.type is EntityType.DATASET][:4],
        "snippet": text if len(text) <= 240 else text[:240].rsplit(" ", 1)[0] + " …",
    }


def browse(graph: Graph, *, kind: str, page: int = 1, size: int = PAGE, starts: str = "") -> Json:
    """All papers, newest first, or all entities of a type, those in most papers first, in pages."""
    first = (page_number(page) - 1) * size
    if kind == "paper":
        db = index_of(graph)
        everything = Found()
        rows = everything.papers(db, size, first)
        shown = [{"id": row["paper"], "name": row["title"], "published": row["published"]} for row in rows]
        return _list(kind, everything.count(db), page, size, shown) | {"starts": ""}
    entities = [e for e in graph.catalog.entities(EntityType(kind)) if e.papers]
    if starts:
        entities = [e for e in entities if e.name.casefold().startswith(starts.casefold())]
    entities.sort(key=lambda e: (-e.papers, e.id))
    shown = [{"id": e.id, "name": e.name, "papers": e.papers} for e in entities[first : first + size]]
    return _list(kind, len(entities), page, size, shown) | {"starts": starts}


def _list(kind: str, total: int, page: int, size: int, entries: list[Json]) -> Json:
    return {"type": kind, "total": total, "page": page, "pages": max(1, -(-total // size)), "entries": entries}
