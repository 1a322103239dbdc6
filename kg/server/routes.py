"""Which path is answered by what."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount, Route

from kg.server import sparql
from kg.server.settings import Settings


def routes(settings: Settings) -> list[BaseRoute]:
    """All routes, under the settings' prefix."""
    inner: list[BaseRoute] = [
        Route("/sparql", sparql.endpoint, methods=["GET", "POST"]),
        Route("/.well-known/void", sparql.describe),
    ]
    return [Mount(settings.prefix, routes=inner)] if settings.prefix else inner
