"""The JSON API: what the pages show, for programs."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.server.openapi import document
from kg.server.pages import call
from kg.server.params import given, numbers, text
from kg.server.render import page
from kg.server.respond import send_json

KINDS = {"datasets": "dataset", "methods": "method", "metrics": "metric", "tasks": "task"}


async def papers(request: Request) -> Response:
    """Search among papers."""
    arguments: dict[str, Any] = given(request, "q", "dataset", "method", "metric", "task")
    return send_json(request, await call(request, "search", **arguments, **numbers(request, "year", "page", "size")))


async def paper(request: Request) -> Response:
    """One paper."""
    return send_json(request, await call(request, "paper", what=request.path_params["id"]))


async def entities(request: Request) -> Response:
    """All entities of a type."""
    sizes = numbers(request, "page", "size")
    if not 1 <= sizes.get("size", 50) <= 1000:
        raise HTTPException(400, "size is a number from 1 to 1000")
    kind = _kind(request)
    return send_json(request, await call(request, "browse", kind=kind, **given(request, "starts"), **sizes))


async def entity(request: Request) -> Response:
    """One entity: `cifar-10` and `dataset/cifar-10` are the same."""
    kind = _kind(request)
    slug = request.path_params["id"].removeprefix(f"{kind}/")
    return send_json(request, await call(request, kind, what=f"{kind}/{slug}"))


async def claims(request: Request) -> Response:
    """Claims by the entities in them."""
    roles = given(request, "paper", "dataset", "method", "baseline", "metric", "task")
    return send_json(request, await call(request, "claims", **roles, **numbers(request, "page", "size")))


async def claim(request: Request) -> Response:
    """One claim."""
    slug = request.path_params["id"].removeprefix("claim/")
    return send_json(request, await call(request, "claim", what=f"claim/{slug}"))


async def ask(request: Request) -> Response:
    """A question in English."""
    return send_json(request, await call(request, "ask", q=text(request, "q"), **numbers(request, "page", "size")))


async def neighbours(request: Request) -> Response:
    """The graph around a node."""
    return send_json(request, await call(request, "neighbours", what=text(request, "id"), **numbers(request, "limit")))


async def stats(request: Request) -> Response:
    """What the graph holds."""
    return send_json(request, await call(request, "home"))


async def openapi(request: Request) -> Response:
    """The description of all this."""
    return send_json(request, document(str(request.base_url).rstrip("/") + request.app.state.settings.prefix))


async def overview(request: Request) -> Response:
    """The description as a page."""
    return page(request, "api.html", document=document(""))


def _kind(request: Request) -> str:
    kind = KINDS.get(request.path_params["kind"])
    if kind is None:
        raise HTTPException(404, "there is no such list")
    return kind


ROUTES = [
    Route("/api", overview),
    Route("/openapi.json", openapi),
    Route("/api/stats", stats),
    Route("/api/papers", papers),
    Route("/api/papers/{id:path}", paper),
    Route("/api/claims", claims),
    Route("/api/claims/{id:path}", claim),
    Route("/api/ask", ask),
    Route("/api/graph", neighbours),
    Route("/api/{kind}", entities),
    Route("/api/{kind}/{id:path}", entity),
]
