"""Which path is answered by what."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.server import api, cypher, pages, queries, sparql
from kg.server.render import ASSETS
from kg.server.respond import send
from kg.server.settings import Settings

_LISTS = {"papers": "paper", "datasets": "dataset", "methods": "method", "metrics": "metric", "tasks": "task"}


def routes(settings: Settings) -> list[BaseRoute]:
    """All routes, under the settings' prefix."""
    inner: list[BaseRoute] = [
        Route("/sparql", sparql.endpoint, methods=["GET", "POST"]),
        Route("/.well-known/void", sparql.describe),
        Route("/cypher", cypher.endpoint, methods=["GET", "POST"]),
        *api.ROUTES,
        Route("/", pages.home),
        Route("/index.{form}", pages.home),
        *_with_twins("/search", pages.search),
        *_with_twins("/ask", pages.ask),
        *_with_twins("/compare", pages.compare),
        *(route for name, kind in _LISTS.items() for route in _with_twins(f"/{name}", pages.browse(kind))),
        Route("/explore", pages.explore),
        Route("/queries/{name}", queries.named),
        Route("/query", queries.form, methods=["GET", "POST"]),
        Route("/correct", queries.correct, methods=["POST"]),
        Route("/corrected", queries.corrected),
        Route("/schema/{name}", schema),
        Mount("/static", StaticFiles(directory=ASSETS)),
        Route("/id/{rest:path}", pages.dereference),
        Route("/{kind}/{rest:path}", pages.thing),
    ]
    return [Mount(settings.prefix, routes=inner)] if settings.prefix else inner


def _with_twins(path: str, handler: pages.Handler) -> list[Route]:
    return [Route(path, handler), Route(f"{path}.{{form}}", handler)]


async def schema(request: Request) -> Response:
    """The ontology and the shapes."""
    document = await pages.call(request, "schema", name=request.path_params["name"])
    return send(request, document.body, document.media_type)
