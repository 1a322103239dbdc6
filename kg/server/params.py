"""Parameters of a URL, checked."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request

_BIGGEST = 2**31


def text(request: Request, name: str) -> str:
    """A parameter's value, empty where it is absent. Raises 400 for what is no clean text."""
    values = request.query_params.getlist(name)
    if len(values) > 1:
        raise HTTPException(400, f"send {name} once")
    value = values[0].strip() if values else ""
    if len(value) > 2000 or "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise HTTPException(400, f"{name}: too long, or not text")
    return value


def whole(request: Request, name: str, default: int | None = None) -> int | None:
    """A whole number. Raises 400 for anything else."""
    value = text(request, name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and len(value) < 10 and int(value) < _BIGGEST):
        raise HTTPException(400, f"{name} is a whole number")
    return int(value)


def given(request: Request, *names: str) -> dict[str, str]:
    """Those of the named parameters that are not empty."""
    return {name: value for name in names if (value := text(request, name))}


def numbers(request: Request, *names: str) -> dict[str, int]:
    """Those of the named whole numbers that are there."""
    return {name: value for name in names if (value := whole(request, name)) is not None}
