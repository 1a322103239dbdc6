"""A claim with its evidence, and lists of claims."""

from __future__ import annotations

from typing import Any

from kg.api.graph import Graph
from kg.api.show import find_claim
from kg.api.site.common import Json, claim_json, claims_of, page_number, paper_json
from kg.api.site.index import index_of
from kg.errors import QueryParameterError


def claim(graph: Graph, *, what: str) -> Json:
    """A claim by id: the sentence around its quote, and how each of its links was made."""
    view = find_claim(graph, what)
    sentence, start, end = view.sentence
    return {
        **claim_json(graph, view.record, view.claim),
        "sentence": sentence,
        "sentence_parts": [sentence[:start], sentence[start:end], sentence[end:]],
        "field": view.claim.evidence.field,
        "start": view.claim.evidence.start,
        "end": view.claim.evidence.end,
        "links": [{"role": x.role, "rule": x.rule, "score": x.score, "inferred": x.inferred} for x in view.claim.links],
        "about": paper_json(view.record),
        "extractor": f"{view.record.extractor.name} {view.record.extractor.version}",
    }


def claims(
    graph: Graph,
    *,
    paper: str = "",
    dataset: str = "",
    method: str = "",
    baseline: str = "",
    metric: str = "",
    task: str = "",
    page: int = 1,
    size: int = 50,
) -> Json:
    """Claims with all the given entities in their roles, those of new papers first."""
    if not 1 <= size <= 200:
        raise QueryParameterError("size is a number from 1 to 200")
    roles = {"dataset": dataset, "method": method, "baseline": baseline, "metric": metric, "task": task}
    conditions, values = ["1"], list[Any]()
    for role, entity_id in roles.items():
        if entity_id:
            conditions.append(
                "c.n IN (SELECT claim FROM role JOIN entity e ON e.n = entity WHERE role.role = ? AND e.id = ?)"
            )
            values += [role, entity_id]
    if paper:
        conditions.append("p.id = ?")
        values.append(paper)
    source = f"FROM claim c JOIN paper p ON p.n = c.paper WHERE {' AND '.join(conditions)}"
    db = index_of(graph)
    total = int(db.execute(f"SELECT count(*) {source}", values).fetchone()[0])
    sql = f"SELECT c.id, p.id {source} ORDER BY p.day DESC, p.id, c.id LIMIT ? OFFSET ?"
    rows = db.execute(sql, [*values, size, (page_number(page) - 1) * size]).fetchall()
    found = claims_of(graph, [{"claim": claim_id, "paper": paper_id} for claim_id, paper_id in rows])
    return {"total": total, "page": page, "pages": max(1, -(-total // size)), "claims": found}
