"""Starting a server, or writing its pages as files."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from kg.api.graph import Graph
from kg.errors import KgError
from kg.server.app import create_app
from kg.server.settings import Settings


def listen(settings: Settings, host: str, port: int, *, say: Callable[[str], None]) -> None:
    """Serve until interrupted. Raises `KgError` where there is no graph or the port is taken."""
    Graph(settings.graph).close()
    bound = _bind(host, port)
    address = bound.getsockname()
    shown = f"[{address[0]}]" if ":" in address[0] else address[0]
    say(f"serving {settings.graph} at http://{shown}:{address[1]}{settings.prefix}/ (Ctrl-C ends it)")
    config = uvicorn.Config(
        create_app(settings),
        log_level="warning",
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
        backlog=1024,
    )
    try:
        uvicorn.Server(config).run(sockets=[bound])
    except KeyboardInterrupt:
        say("ended")


def write_static(settings: Settings, out: Path) -> int:
    """Write every page into a folder, with its JSON, CSV and Turtle; gives the number of files."""
    from kg.server.files import write

    Graph(settings.graph).close()
    return asyncio.run(write(create_app(settings), settings, out))


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the protocol is named; with it, each answer waits 40 ms.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as exc:
        bound.close()
        raise KgError(f"{host}:{port}: cannot listen there: {exc.strerror or exc}") from exc
    return bound
