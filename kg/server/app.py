"""The server as an ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from kg.errors import KgError
from kg.server.errors import on_http_error, on_internal_error, on_kg_error
from kg.server.headers import SafeHeaders
from kg.server.pool import Pool
from kg.server.routes import routes
from kg.server.settings import Settings


def create_app(settings: Settings) -> Starlette:
    """An application on one graph. Its processes start and end with it."""
    app = Starlette(
        routes=routes(settings),
        lifespan=_lifespan,
        middleware=[
            Middleware(SafeHeaders),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
                allow_headers=["*"],
                expose_headers=["ETag"],
            ),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
        ],
        exception_handlers={KgError: on_kg_error, HTTPException: on_http_error, Exception: on_internal_error},
    )
    app.state.settings = settings
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    settings: Settings = app.state.settings

    def pool(size: int) -> Pool:
        return Pool(
            settings.graph,
            size=size,
            memory=settings.memory,
            waiting=settings.waiting,
            patience=settings.patience,
        )

    # Pages have processes of their own: a line of heavy queries does not hold them up.
    app.state.queries, app.state.pages = pool(settings.workers), pool(settings.workers)
    app.state.writer = pool(1)
    await app.state.queries.start()
    await app.state.pages.start()
    try:
        yield
    finally:
        for started in (app.state.queries, app.state.pages, app.state.writer):
            await started.stop()
