"""Pages from templates: everything is escaped, nothing is inline."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from kg.server.respond import send, settings_of
from kg.server.text import FILTERS

ASSETS = Path(__file__).parent / "static"


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """A template filled for this request; the same page gives the same ETag."""
    return send(request, fill(request, template, **context).encode(), "text/html", status=status)


def fill(request: Request, template: str, **context: Any) -> str:
    """The text of a template with what all pages need: `url`, `here`, `settings`."""
    settings = settings_of(request)

    def url(path: str = "/", **parameters: Any) -> str:
        """A path of this site: an id or a path that begins with a slash, with parameters that are not empty."""
        given = [(k, v) for k, v in parameters.items() if v not in (None, "")]
        text = settings.prefix + "/" + quote(path.lstrip("/"), safe="/:@!$&'()*+,;=~-._")
        return f"{text}?{urlencode(given, doseq=True)}" if given else text

    here = request.url.path.removeprefix(settings.prefix)
    return _environment().get_template(template).render(
        url=url, asset=lambda name: f"{settings.prefix}/static/{name}?{_hash(name)}", here=here, settings=settings,
        **context,
    )  # fmt: skip


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


@cache
def _hash(name: str) -> str:
    """Changes with the file, so that browsers may keep what they have."""
    return hashlib.blake2b((ASSETS / name).read_bytes(), digest_size=4).hexdigest()
