"""Requests read within bounds, and answers with what HTTP caches need."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.server.settings import Settings


def settings_of(request: Request) -> Settings:
    """The server's settings."""
    settings: Settings = request.app.state.settings
    return settings


async def read_body(request: Request) -> bytes:
    """The whole body. Raises 413 past the bound, 408 where the client stops sending."""
    settings = settings_of(request)
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > settings.body:
        raise HTTPException(413, f"the body is longer than {settings.body >> 10} KiB")
    parts, size = [], 0
    stream = request.stream()
    try:
        while True:
            async with asyncio.timeout(settings.patience):
                part = await anext(stream)
            size += len(part)
            if size > settings.body:
                raise HTTPException(413, f"the body is longer than {settings.body >> 10} KiB")
            parts.append(part)
    except StopAsyncIteration:
        return b"".join(parts)
    except TimeoutError:
        raise HTTPException(408, "the body did not come") from None


def to_text(body: bytes) -> str:
    """A body in UTF-8. Raises 400 for any other."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise HTTPException(400, "the body is not UTF-8") from None


def parse_form(body: bytes) -> dict[str, list[str]]:
    """The fields of a form in application/x-www-form-urlencoded. Raises 400."""
    try:
        pairs = parse_qsl(to_text(body), keep_blank_values=True, errors="strict", max_num_fields=200)
    except (ValueError, UnicodeDecodeError):
        raise HTTPException(400, "the form cannot be read") from None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def media_type_of(request: Request) -> str:
    """The body's media type without parameters. Raises 415 for a charset other than UTF-8."""
    kind, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset" and value.strip('"') not in ("utf-8", "utf8"):
            raise HTTPException(415, "only UTF-8 is read here")
    return kind


def send(request: Request, body: bytes, media_type: str, *, status: int = 200, **headers: str) -> Response:
    """A response with an ETag; 304 where the client has this body already."""
    tag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    more = {"vary": "Accept", "cache-control": "no-cache", **{k.replace("_", "-"): v for k, v in headers.items()}}
    if status == 200 and request.method in ("GET", "HEAD"):
        more["etag"] = tag
        known = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
        if tag in known or "*" in known or tag.removeprefix("W/") in known:
            return Response(status_code=304, headers=more)
    return Response(body, status, media_type=media_type, headers=more)


def send_json(request: Request, value: Any, *, status: int = 200, media_type: str = "application/json") -> Response:
    """A value as JSON."""
    return send(request, orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS), media_type, status=status)
