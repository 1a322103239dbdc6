"""The pages of the site, each with its JSON and CSV at the same path with `.json` and `.csv`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.server import negotiate
from kg.server.chart import chart
from kg.server.params import given, numbers, text
from kg.server.render import page
from kg.server.respond import send, send_json, settings_of
from kg.server.tables import to_csv

KINDS = ("paper", "dataset", "method", "metric", "task", "claim")
PAGE_SECONDS = 20.0
FACETS = ("q", "dataset", "method", "metric", "task")

Handler = Callable[[Request], Awaitable[Response]]


async def call(request: Request, name: str, /, **arguments: Any) -> Any:
    """The result of a task for a page."""
    return await request.app.state.pages.recall(name, seconds=PAGE_SECONDS, **arguments)


def answer(request: Request, name: str, data: dict[str, Any], form: str, **more: Any) -> Response:
    """A page's data as HTML, JSON or CSV."""
    if form == "json":
        return send_json(request, data)
    if form == "csv":
        return send(request, to_csv(name, data), "text/csv", content_disposition=f'attachment; filename="{name}.csv"')
    return page(request, f"{name}.html", data=data, **more)


def form_of(request: Request) -> str:
    """ "json", "csv" or "html": by the path's suffix. Raises 404 for any other."""
    form = str(request.path_params.get("form", "html"))
    if form not in ("json", "csv", "html"):
        raise HTTPException(404, "pages come as .json and .csv")
    return form


async def home(request: Request) -> Response:
    """The first page."""
    return answer(request, "home", await call(request, "home"), form_of(request))


async def search(request: Request) -> Response:
    """Papers by words and facets."""
    arguments: dict[str, Any] = {**given(request, *FACETS), **numbers(request, "year", "page", "size")}
    data = await call(request, "search", **arguments)
    kept = {**given(request, *FACETS), **numbers(request, "year")}
    return answer(request, "search", data, form_of(request), kept=kept)


def browse(kind: str) -> Handler:
    """The list of all things of one kind."""

    async def handler(request: Request) -> Response:
        arguments: dict[str, Any] = {**given(request, "starts"), **numbers(request, "page", "size")}
        if not 1 <= arguments.get("size", 50) <= 1000:
            raise HTTPException(400, "size is a number from 1 to 1000")
        if settings_of(request).static:
            arguments["size"] = 10_000_000
        data = await call(request, "browse", kind=kind, **arguments)
        return answer(request, "browse", data, form_of(request), kept=given(request, "starts"))

    return handler


async def ask(request: Request) -> Response:
    """A question in English."""
    q = text(request, "q")
    form = form_of(request)
    if not q and form == "html":
        return RedirectResponse(f"{settings_of(request).prefix}/", 303)
    data = await call(request, "ask", q=q, **numbers(request, "page", "size"))
    return answer(request, "ask", data, form)


async def compare(request: Request) -> Response:
    """Some papers side by side."""
    papers = [one for one in request.query_params.getlist("paper") if one.strip()][:20]
    return answer(request, "compare", await call(request, "compare", papers=papers), form_of(request))


async def explore(request: Request) -> Response:
    """The graph around a node."""
    what = text(request, "id")
    if not what:
        used = (await call(request, "home"))["used"]
        what = next((entries[0]["id"] for entries in used.values() if entries), "")
    data = await call(request, "neighbours", what=what, **numbers(request, "limit"))
    return page(request, "explore.html", data=data)


async def thing(request: Request) -> Response:
    """A paper, an entity or a claim: as a page, or as Turtle where the client asks for that."""
    kind, rest = request.path_params["kind"], request.path_params["rest"]
    if kind not in KINDS:
        raise HTTPException(404, "there is no such page")
    rest, form = _split(rest)
    what = rest if kind == "paper" else f"{kind}/{rest}"
    wanted = negotiate.choose(request.headers.get("accept"), ("text/html", *negotiate.GRAPH_TYPES))
    if form == "ttl" or (form == "html" and wanted in negotiate.GRAPH_TYPES):
        media_type = "text/turtle" if form == "ttl" else str(wanted)
        document = await call(request, "turtle", what=what, media_type=media_type)
        return send(request, document.body, document.media_type)
    data = await call(request, kind, what=what)
    more = {"chart": chart(data["lanes"])} if kind == "dataset" else {}
    return answer(request, kind, data, form, **more)


def _split(rest: str) -> tuple[str, str]:
    stem, dot, suffix = rest.rpartition(".")
    return (stem, suffix) if dot and stem and suffix in ("json", "csv", "ttl") else (rest, "html")


async def dereference(request: Request) -> Response:
    """From a node's IRI to what describes it; a proxy of the IRIs' base points here."""
    what = request.path_params["rest"]
    path = what if what.partition("/")[0] in KINDS and "/" in what else f"paper/{what}"
    return RedirectResponse(f"{settings_of(request).prefix}/{path}", 303)
