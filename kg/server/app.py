"""The server as an ASGI application."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from kg.errors import KgError
from kg.server.cache import stamp
from kg.server.errors import on_http_error, on_internal_error, on_kg_error
from kg.server.headers import SafeHeaders
from kg.server.pool import InternalError, Pool
from kg.server.routes import routes
from kg.server.settings import Settings

_log = logging.getLogger("uvicorn.error")
_LOOK = 0.5
"""Seconds between looks at whether another generation was published."""


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
    app.router.redirect_slashes = False
    app.state.settings = settings
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    with TemporaryDirectory(prefix="kg-serve-") as folder:
        index = Path(folder)
        # Pages have processes of their own: a line of heavy queries does not hold them up.
        app.state.queries = Pool(settings, index, size=settings.workers, network=bool(settings.services))
        app.state.pages = Pool(settings, index, size=settings.workers)
        # A rebuild after a correction takes what it needs, and so does the index.
        unbounded = replace(settings, memory=sys.maxsize)
        app.state.writer, indexer = Pool(unbounded, index, size=1), Pool(unbounded, index, size=1)
        app.state.indexed = asyncio.Event()
        await app.state.queries.start()
        await app.state.pages.start()
        indexing = asyncio.create_task(_keep_index(indexer, settings.graph, app.state.indexed))
        try:
            yield
        finally:
            indexing.cancel()
            for started in (app.state.queries, app.state.pages, app.state.writer, indexer):
                await started.stop()


async def _keep_index(pool: Pool, graph: Path, done: asyncio.Event) -> None:
    """Make the pages' index now, and anew when another generation is published.

    In a process of its own that ends with it: those of the pages may all be waiting for it.
    """
    made: object = None
    while True:
        published = stamp(graph)
        if published != made:
            try:
                await pool.call("index", seconds=3600)
                made = published
                done.set()
                await pool.stop()
            except (KgError, InternalError) as exc:
                _log.warning("the index of pages was not made: %s", exc)
                await asyncio.sleep(5)
        await asyncio.sleep(_LOOK)
