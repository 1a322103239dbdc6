"""`kg serve`."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options
from kg.cli.render import print_note
from kg.errors import KgError, MissingExtraError


def serve(
    graph: options.Graph = options.GRAPH,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    write: Annotated[bool, typer.Option("--write", help="Allow updates and corrections, with a token.")] = False,
    token: Annotated[
        str, typer.Option(envvar="KG_TOKEN", help="The bearer token that writers show.", show_default=False)
    ] = "",
    token_file: Annotated[
        Path | None, typer.Option(help="A file that holds the token.", show_default=False, dir_okay=False)
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, max=3600, help="After so long a query is stopped.")] = 20.0,
    memory: Annotated[int, typer.Option(min=64, help="MiB that one query may use.")] = 1024,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes for queries, and as many for pages.")] = 2,
    service: Annotated[
        list[str] | None,
        typer.Option(metavar="IRI", help="A SPARQL server that queries may ask by SERVICE; again for more."),
    ] = None,
    prefix: Annotated[str, typer.Option(help="Path under which the site lies, such as /kg.")] = "",
    static: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write the site into this folder as files, and end.")
    ] = None,
) -> None:
    """Serve the graph: SPARQL, Cypher, a JSON API and web pages.

    Example: kg serve --port 8000
    """
    try:
        from kg.server.settings import Settings
        from kg.server.start import listen, write_static
    except ModuleNotFoundError as exc:
        raise MissingExtraError(str(exc.name), "server") from exc

    token = _token(token, token_file)
    if write and len(token) < 16:
        raise KgError("--write needs a token of at least 16 characters: set KG_TOKEN or --token-file")
    prefix = "/" + prefix.strip("/") if prefix.strip("/") else ""
    settings = Settings(
        graph=graph,
        seconds=seconds,
        memory=memory << 20,
        workers=workers,
        write=write,
        token=token,
        services=tuple(service or ()),
        prefix=prefix,
        static=static is not None,
    )
    if static is not None:
        print_note(f"{write_static(settings, static):,} files in {static}")
        return
    if not _is_loopback(host):
        print_note(f"warning: {host} is reachable from other machines; anybody who reaches it may query the graph")
    listen(settings, host, port, say=print_note)


def _token(given: str, file: Path | None) -> str:
    if file is None:
        return given
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise KgError(f"{file}: the token cannot be read: {exc}") from exc


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
