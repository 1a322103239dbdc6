"""The SPARQL 1.1 Protocol at `/sparql`."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.api.protocol import Document
from kg.server import negotiate
from kg.server.respond import media_type_of, parse_form, read_body, send, settings_of, to_text

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

Fields = Mapping[str, Sequence[str]]


async def endpoint(request: Request) -> Response:
    """Query by GET, by form or by body; update by form or by body; without either the service's description."""
    url = _fields(request.query_params)
    if request.method in ("GET", "HEAD"):
        if "update" in url:
            raise HTTPException(400, "an update is sent by POST")
        return await _query(request, url) if "query" in url else await describe(request)
    kind = media_type_of(request)
    body = await read_body(request)
    match kind:
        case "application/x-www-form-urlencoded":
            fields = parse_form(body)
            if ("query" in fields) == ("update" in fields):
                raise HTTPException(400, "send either query or update")
            return await (_query if "query" in fields else _update)(request, {**url, **fields})
        case "application/sparql-query":
            return await _query(request, {**_without(url, "query"), "query": [to_text(body)]})
        case "application/sparql-update":
            return await _update(request, {**_without(url, "update"), "update": [to_text(body)]})
    raise HTTPException(415, f"send {FORM}, {QUERY} or {UPDATE}")


async def describe(request: Request) -> Response:
    """The service's description with VoID and example queries; a person with a browser gets the form."""
    header = request.headers.get("accept")
    _, wanted = _short(request.query_params.get("format"))
    kind = wanted or negotiate.choose(header, (*negotiate.GRAPH_TYPES, "text/html"), negotiate.GRAPH_ALIASES)
    if kind == "text/html":
        return RedirectResponse(f"{settings_of(request).prefix}/query", 303)
    if kind not in negotiate.GRAPH_TYPES:
        raise HTTPException(406, f"the description comes as {', '.join(negotiate.GRAPH_TYPES)}")
    settings = settings_of(request)
    base = str(request.base_url).rstrip("/") + settings.prefix
    pool = request.app.state.pages
    document = await pool.call("describe", seconds=60, base=base, media_type=kind, writable=settings.write)
    return send(request, document.body, document.media_type)


async def _query(request: Request, fields: Fields) -> Response:
    settings = settings_of(request)
    text = _single(fields, "query")
    if "using-graph-uri" in fields or "using-named-graph-uri" in fields:
        raise HTTPException(400, "using-graph-uri belongs to updates")
    header = request.headers.get("accept")
    table, graph = _short(next(iter(fields.get("format", ())), None))
    document: Document = await request.app.state.queries.call(
        "sparql",
        seconds=settings.seconds,
        text=text,
        results=table or negotiate.choose(header, negotiate.RESULT_TYPES, negotiate.ALIASES),
        graphs=graph or negotiate.choose(header, negotiate.GRAPH_TYPES, negotiate.GRAPH_ALIASES),
        default_graphs=list(fields.get("default-graph-uri", ())),
        named_graphs=list(fields.get("named-graph-uri", ())),
        most=settings.answer,
        services=settings.services,
    )
    return send(request, document.body, document.media_type, status=document.status)


async def _update(request: Request, fields: Fields) -> Response:
    check_token(request)
    text = _single(fields, "update")
    if "default-graph-uri" in fields or "named-graph-uri" in fields:
        raise HTTPException(400, "an update takes using-graph-uri and using-named-graph-uri")
    if "using-graph-uri" in fields or "using-named-graph-uri" in fields:
        raise HTTPException(400, "the graph has no named graphs to use")
    await request.app.state.writer.call("update", seconds=600, text=text)
    return Response(status_code=204)


def check_token(request: Request, given: str | None = None) -> None:
    """Let a writer pass. Raises 403 where the server only reads, 401 without the right bearer token."""
    settings = settings_of(request)
    if not settings.write or not settings.token:
        raise HTTPException(403, "this server only reads; start it with --write to allow updates")
    scheme, _, header = request.headers.get("authorization", "").partition(" ")
    token = given if given is not None else header.strip() if scheme.lower() == "bearer" else ""
    if not hmac.compare_digest(token.encode(), settings.token.encode()):
        raise HTTPException(401, "a bearer token is needed", {"www-authenticate": 'Bearer realm="kg"'})


def _fields(params: QueryParams) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in params.multi_items():
        fields.setdefault(name, []).append(value)
    return fields


def _without(fields: Fields, name: str) -> Fields:
    return {key: value for key, value in fields.items() if key != name}


def _single(fields: Fields, name: str) -> str:
    values = fields.get(name, ())
    if len(values) != 1:
        raise HTTPException(400, f"send {name} once")
    return values[0]


def _short(given: str | None) -> tuple[str | None, str | None]:
    return (given and negotiate.short_types(given)) or (None, None)
