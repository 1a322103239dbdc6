"""Cypher over HTTP: `POST /cypher` with `{"query": …, "parameters": {…}}`."""

from __future__ import annotations

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.model import Rows
from kg.server.negotiate import choose
from kg.server.params import text
from kg.server.respond import media_type_of, read_body, send_json, settings_of

_KINDS = ("application/json", "text/html")


async def endpoint(request: Request) -> Response:
    """The rows of a reading query as JSON; a person with a browser gets the form."""
    if request.method != "POST":
        query = text(request, "query")
        if not query and choose(request.headers.get("accept"), _KINDS) == "text/html":
            return RedirectResponse(f"{settings_of(request).prefix}/query?lang=cypher", 303)
        body: dict[str, object] = {"query": query}
    else:
        if media_type_of(request) != "application/json":
            raise HTTPException(415, "send application/json")
        body = parse(await read_body(request))
    rows = await run(request, body.get("query"), body.get("parameters") or {})
    answer = {"columns": rows.columns, "rows": rows.rows, "truncated": rows.truncated}
    return send_json(request, answer)


def parse(body: bytes) -> dict[str, object]:
    """A JSON object. Raises 400."""
    try:
        found = orjson.loads(body)
    except ValueError:
        raise HTTPException(400, "the body is not JSON") from None
    if not isinstance(found, dict) or not isinstance(found.get("query"), str):
        raise HTTPException(400, 'send an object with "query" and maybe "parameters"')
    if not isinstance(found.get("parameters") or {}, dict):
        raise HTTPException(400, '"parameters" is an object of names and values')
    return found


async def run(request: Request, query: object, parameters: object) -> Rows:
    """The answer, within the server's limits."""
    settings = settings_of(request)
    # The store stops by itself first; the process is ended where it does not.
    rows: Rows = await request.app.state.queries.call(
        "cypher",
        seconds=settings.seconds + 1,
        text=query,
        parameters=parameters,
        limit=settings.seconds,
        rows=settings.rows,
    )
    return rows
