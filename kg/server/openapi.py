"""The OpenAPI document of the JSON API."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_NULLABLE: Json = {"type": ["string", "null"]}
_COUNT: Json = {"type": "integer", "minimum": 0}
_NUMBER: Json = {"type": ["number", "null"]}


def document(server: str) -> Json:
    """OpenAPI 3.1; `server` is the site's address, empty for a relative one."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Paper graph",
            "version": version("paperkg"),
            "description": "Papers, methods, datasets, metrics, tasks and numeric claims, read from abstracts.",
        },
        "servers": [{"url": server or "/"}],
        "paths": _paths(),
        "components": {"schemas": _SCHEMAS, "responses": {"Problem": _PROBLEM}},
    }


def _paths() -> Json:
    facets = [_query(kind, f"Id of a {kind} that the paper names.") for kind in ("dataset", "method", "metric", "task")]
    roles = [
        _query(role, f"Id of the claim's {role}.") for role in ("paper", "dataset", "method", "baseline", "metric")
    ]
    paths: Json = {
        "/api/stats": {"get": _get("What the graph holds", "Stats")},
        "/api/papers": {
            "get": _get("Search among papers", "Papers", _query("q", "Words of title or abstract."), *facets,
                        _whole("year", 0, 9999), *_paged(200)),
        },
        "/api/papers/{id}": {"get": _get("One paper", "Paper", _path("arxiv:2306.13649"), found=True)},
        "/api/claims": {"get": _get("Claims by the entities in them", "Claims", *roles, *_paged(200))},
        "/api/claims/{id}": {"get": _get("One claim with its evidence", "Claim", _path("00000000"), found=True)},
        "/api/ask": {
            "get": _get("Answer a question in English", "Answer",
                        _query("q", "The question.", required=True), *_paged(1000), understood=True),
        },
        "/api/graph": {
            "get": _get("The nodes around a node", "Graph", _query("id", "A node's id.", required=True),
                        _whole("limit", 1, 200), found=True),
        },
        "/cypher": {"post": _cypher()},
    }  # fmt: skip
    for kind in ("dataset", "method", "metric", "task"):
        listed = (_query("starts", "What the name begins with."), *_paged(1000))
        paths[f"/api/{kind}s"] = {"get": _get(f"All {kind}s, most used first", "Entities", *listed)}
        paths[f"/api/{kind}s/{{id}}"] = {"get": _get(f"One {kind}", "Entity", _path("cifar-10"), found=True)}
    return paths


def _get(title: str, schema: str, *parameters: Json, found: bool = False, understood: bool = False) -> Json:
    return {
        "summary": title,
        "operationId": title.lower().replace(" ", "-").replace(",", ""),
        "parameters": list(parameters),
        "responses": _responses(
            schema, [400, 503, 504, *([404] if found else []), *([404, 422] if understood else [])]
        ),
    }


def _responses(schema: str, errors: list[int]) -> Json:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    problems = {str(status): {"$ref": "#/components/responses/Problem"} for status in sorted(set(errors))}
    return {"200": {"description": "The answer", "content": content}, **problems}


def _cypher() -> Json:
    body = {
        "type": "object",
        "required": ["query"],
        "properties": {"query": _TEXT, "parameters": {"type": "object"}},
    }
    return {
        "summary": "Run a reading Cypher query",
        "operationId": "run-cypher",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": _responses("Rows", [400, 403, 413, 415, 503, 504]),
    }


def _query(name: str, description: str, *, required: bool = False) -> Json:
    return {"name": name, "in": "query", "required": required, "description": description, "schema": _TEXT}


def _whole(name: str, least: int, most: int) -> Json:
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _paged(most: int) -> tuple[Json, Json]:
    return _whole("page", 1, 10_000), _whole("size", 1, most)


def _path(example: str) -> Json:
    schema = {"type": "string", "minLength": 1}
    return {"name": "id", "in": "path", "required": True, "example": example, "schema": schema}


def _object(**properties: Json) -> Json:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(of: Json) -> Json:
    return {"type": "array", "items": of}


_CLAIM_ROW = _object(
    claim=_TEXT, paper=_TEXT, title=_TEXT, published=_NULLABLE, value=_NUMBER, value_high=_NUMBER, unit=_TEXT,
    kind={"enum": ["absolute", "increase", "decrease"]}, bound={"enum": ["exact", "approx", "min", "max"]},
    metric=_NULLABLE, method=_NULLABLE, baseline=_NULLABLE, datasets=_list(_TEXT), quote=_TEXT,
)  # fmt: skip
_PAGED = {"total": _COUNT, "page": _COUNT, "pages": _COUNT}
_ENTITY = {"id": _TEXT, "type": {"enum": ["dataset", "method", "metric", "task"]}, "name": _TEXT, "papers": _COUNT}

_SCHEMAS: Json = {
    "Stats": _object(counts={"type": "object", "additionalProperties": _COUNT}, generation=_COUNT),
    "Papers": _object(**_PAGED, papers=_list(_object(paper=_TEXT, title=_TEXT, published=_NULLABLE))),
    "Paper": _object(
        id=_TEXT, title=_TEXT, abstract=_TEXT, published=_NULLABLE, entities=_list({"type": "object"}),
        claims=_list(_CLAIM_ROW),
    ),
    "Claims": _object(**_PAGED, claims=_list(_CLAIM_ROW)),
    "Claim": {"allOf": [_CLAIM_ROW, _object(sentence=_TEXT, links=_list({"type": "object"}))]},
    "Entities": _object(**_PAGED, entries=_list(_object(id=_TEXT, name=_TEXT, papers=_COUNT))),
    "Entity": _object(**_ENTITY, aliases=_list(_TEXT)),
    "Answer": _object(q=_TEXT, understood=_TEXT, columns=_list(_TEXT), rows=_list({"type": "object"}), query=_TEXT),
    "Graph": _object(id=_TEXT, nodes=_list({"type": "object"}), edges=_list({"type": "object"})),
    "Rows": _object(columns=_list(_TEXT), rows=_list({"type": "array"}), truncated={"type": "boolean"}),
    "Problem": _object(type=_TEXT, title=_TEXT, status={"type": "integer"}, detail=_TEXT),
}  # fmt: skip

_PROBLEM: Json = {
    "description": "What was wrong",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
