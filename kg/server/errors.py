"""Errors as answers: plain text at the SPARQL endpoint, a problem document for programs, a page for people."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg import errors as kg_errors
from kg.server.negotiate import choose
from kg.server.respond import send_json

STATUS: dict[type[kg_errors.KgError], int] = {
    kg_errors.QueryTimeoutError: 504,
    kg_errors.QueryError: 400,
    kg_errors.QuestionError: 422,
    kg_errors.NotFoundError: 404,
    kg_errors.CorrectionError: 422,
    kg_errors.StoreReadOnlyError: 403,
    kg_errors.StoreBusyError: 503,
    kg_errors.StoreUnavailableError: 503,
    kg_errors.MissingExtraError: 501,
    kg_errors.GraphError: 503,
}
"""Error → status of HTTP; the nearest base class counts, 500 where there is none."""


def status_of(error: kg_errors.KgError) -> int:
    """The status that tells a client what kind of error this is."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def on_kg_error(request: Request, error: Exception) -> Response:
    """The answer to an error that `kg` raised on purpose."""
    assert isinstance(error, kg_errors.KgError)
    return _answer(request, status_of(error), str(error), tuple(getattr(error, "suggestions", ())))


def on_http_error(request: Request, error: Exception) -> Response:
    """The answer to a request that is wrong in itself."""
    assert isinstance(error, HTTPException)
    return _answer(request, error.status_code, error.detail, headers=dict(error.headers or {}))


def on_internal_error(request: Request, error: Exception) -> Response:
    """The answer to a mistake of ours; the log has the details."""
    return _answer(request, 500, "an error inside the server; its log says more")


def _answer(
    request: Request,
    status: int,
    message: str,
    suggestions: tuple[str, ...] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    response = _body(request, status, message, suggestions)
    response.headers.update(headers or {})
    if status == 503:
        response.headers["retry-after"] = "5"
    return response


def _body(request: Request, status: int, message: str, suggestions: tuple[str, ...]) -> Response:
    path = request.url.path.removeprefix(request.app.state.settings.prefix)
    if path == "/sparql":
        return PlainTextResponse(message + "\n", status)
    title = HTTPStatus(status).phrase
    wants_page = choose(request.headers.get("accept"), ("application/json", "text/html")) == "text/html"
    if path.startswith(("/api/", "/cypher")) or path.endswith(".json") or not wants_page:
        problem = {"type": "about:blank", "title": title, "status": status, "detail": message}
        if suggestions:
            problem["suggestions"] = list(suggestions)
        return send_json(request, problem, status=status, media_type="application/problem+json")
    from kg.server.render import page

    asked = request.query_params.get("q", "") if path == "/ask" else None
    return page(
        request, "error.html", status=status, title=title, message=message, suggestions=suggestions, asked=asked
    )
