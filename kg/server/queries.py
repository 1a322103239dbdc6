"""The page on which people write SPARQL and Cypher, and the correction form's target."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import KgError
from kg.server import cypher
from kg.server.errors import status_of
from kg.server.pages import call
from kg.server.render import ASSETS, page
from kg.server.respond import parse_form, read_body, settings_of
from kg.server.sparql import check_token

_SHOWN = 500
"""Rows of an answer on the page; the downloads hold all."""
EDITOR = "yasqe.min.js"
"""The editor that `make editor` fetches; without it the form is a plain field."""
_ACTIONS = {"drop-claim": ("claim",), "set-claim": ("claim", "field", "value")}

STARTS = {
    "sparql": """# The papers with most claims
SELECT ?paper ?title (COUNT(?claim) AS ?claims) WHERE {
  ?p kg:reports ?claim ; dcterms:identifier ?paper ; dcterms:title ?title .
}
GROUP BY ?paper ?title
ORDER BY DESC(?claims)
LIMIT 10""",
    "cypher": """MATCH (p:Paper)-[:REPORTS]->(c:Claim)
RETURN p.id AS paper, p.title AS title, count(c) AS claims
ORDER BY claims DESC, paper LIMIT 10""",
}


async def form(request: Request) -> Response:
    """The form, with the answer where a query was sent."""
    fields = {name: request.query_params.getlist(name) for name in ("lang", "q", "example")}
    if request.method == "POST":
        fields |= parse_form(await read_body(request))
    lang = (fields.get("lang") or ["sparql"])[0]
    if lang not in STARTS:
        raise HTTPException(400, "lang is sparql or cypher")
    examples = await call(request, "examples")
    query = (fields.get("q") or [""])[0]
    answer: dict[str, Any] = {}
    status = 200
    if query.strip():
        try:
            answer = await (_sparql if lang == "sparql" else _cypher)(request, query)
        except KgError as exc:
            answer, status = {"error": str(exc)}, status_of(exc)
    wanted = (fields.get("example") or [""])[0]
    chosen = next((one for one in examples if one["name"] == wanted), None)
    shown = query or (chosen["sparql"] if chosen else STARTS[lang])
    return page(
        request,
        "query.html",
        status=status,
        lang=lang,
        query=shown,
        answer=answer,
        examples=examples,
        chosen=chosen,
        editor=(ASSETS / EDITOR).is_file(),
    )


async def named(request: Request) -> Response:
    """From a named query's IRI in the service description to the form that holds it."""
    name = quote(request.path_params["name"], safe="")
    return RedirectResponse(f"{settings_of(request).prefix}/query?example={name}", 303)


async def _sparql(request: Request, query: str) -> dict[str, Any]:
    settings = settings_of(request)
    document = await request.app.state.queries.call(
        "sparql",
        seconds=settings.seconds,
        text=query,
        results="application/sparql-results+json",
        graphs="text/turtle",
        most=settings.answer,
        services=settings.services,
    )
    if document.media_type == "text/turtle":
        return {"text": document.body.decode()[:200_000]}
    found = orjson.loads(document.body)
    if "boolean" in found:
        return {"columns": ["answer"], "rows": [["yes" if found["boolean"] else "no"]], "total": 1}
    columns, bindings = found["head"]["vars"], found["results"]["bindings"]
    rows = [[row.get(name, {}).get("value", "") for name in columns] for row in bindings[:_SHOWN]]
    return {"columns": columns, "rows": rows, "total": len(bindings)}


async def _cypher(request: Request, query: str) -> dict[str, Any]:
    rows = await cypher.run(request, query, {})
    shown = [[_plain(value) for value in row] for row in rows.rows[:_SHOWN]]
    return {"columns": rows.columns, "rows": shown, "total": len(rows.rows)}


def _plain(value: object) -> object:
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    return "" if value is None else value


async def correct(request: Request) -> Response:
    """Write a correction that a person sent by the form of a claim's page."""
    fields = {name: values[0].strip() for name, values in parse_form(await read_body(request)).items()}
    header = request.headers.get("authorization")
    check_token(request, None if header else fields.get("token", ""))
    action = fields.get("action", "")
    if action not in _ACTIONS:
        raise HTTPException(400, f"action is {' or '.join(_ACTIONS)}")
    given = {name: fields.get(name, "") for name in _ACTIONS[action]}
    await request.app.state.writer.call("correct", seconds=3600, action=action, fields=given)
    prefix = settings_of(request).prefix
    target = f"{prefix}/{given['claim']}" if action == "set-claim" else f"{prefix}/corrected"
    return RedirectResponse(target, 303)


async def corrected(request: Request) -> Response:
    """Thanks for a correction that took a claim away."""
    return page(request, "corrected.html")
