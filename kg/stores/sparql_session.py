"""HTTP with a SPARQL server: addresses, credentials, retries, errors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import BinaryIO, cast
from urllib.parse import parse_qsl, urldefrag, urljoin

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential, wait_random

from kg.errors import QueryError, QuerySyntaxError, QueryTimeoutError, StoreError, StoreUnavailableError

_ATTEMPTS = 5
_TRANSIENT = frozenset({408, 429, 500, 502, 503, 504})
_JSON = "application/sparql-results+json"
_NTRIPLES = "application/n-triples"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The addresses of one dataset: for queries, for updates, for the Graph Store Protocol."""

    query: str
    update: str
    data: str

    @classmethod
    def of(cls, url: str) -> Endpoints:
        """From a dataset's URL; raises `StoreError` where it holds credentials, which would end up in logs."""
        address, fragment = urldefrag(url)
        if httpx.URL(address).userinfo:
            raise StoreError("no credentials in a URL: set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN")
        paths = {"query": "query", "update": "update", "data": "data", **dict(parse_qsl(fragment))}
        root = address.rstrip("/") + "/"
        return cls(*(urljoin(root, paths[name]) for name in ("query", "update", "data")))


def _auth() -> tuple[httpx.Auth | None, dict[str, str]]:
    token, user = os.environ.get("KG_STORE_TOKEN"), os.environ.get("KG_STORE_USER")
    if token:
        return None, {"Authorization": f"Bearer {token}"}
    return (httpx.BasicAuth(user, os.environ.get("KG_STORE_PASSWORD", "")) if user else None), {}


class Session:
    """A server's dataset. Requests that failed for the moment are tried again, a minute in all."""

    def __init__(self, endpoints: Endpoints) -> None:
        auth, headers = _auth()
        self._endpoints = endpoints
        self._client = httpx.Client(auth=auth, headers=headers, timeout=httpx.Timeout(600.0, connect=10.0))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, query: str) -> bool:
        """The answer of an ASK query."""
        response = self._retried(
            self._request("POST", self._endpoints.query, content=query, accept=_JSON, kind="query")
        )
        try:
            return bool(response.json()["boolean"])
        except (ValueError, KeyError, TypeError) as exc:
            raise StoreError(f"{self._endpoints.query}: no SPARQL server answers here") from exc

    def update(self, text: str) -> None:
        """Run an update: one transaction on servers that have them."""
        self._retried(self._request("POST", self._endpoints.update, content=text, kind="update"))

    def post(self, ntriples: bytes) -> None:
        """Add triples to the default graph by the Graph Store Protocol."""
        url = self._endpoints.data + "?default"
        self._retried(self._client.build_request("POST", url, content=ntriples, headers={"Content-Type": _NTRIPLES}))

    @contextmanager
    def query(self, text: str, form: str, seconds: float | None) -> Iterator[BinaryIO]:
        """A query's answer as a binary file, JSON results or N-Triples, read as it comes."""
        accept = _JSON if form in ("SELECT", "ASK") else _NTRIPLES
        request = self._request("POST", self._endpoints.query, content=text, accept=accept, kind="query")
        clock = Clock(seconds)
        response = self._retried(request, stream=True, clock=clock)
        try:
            yield cast(BinaryIO, _Body(response, clock))
        except httpx.TimeoutException as exc:
            raise clock.error() from exc
        except httpx.TransportError as exc:
            raise StoreUnavailableError(f"{request.url.host}: {exc or type(exc).__name__}") from exc
        finally:
            response.close()

    def _request(self, method: str, url: str, *, content: str, kind: str, accept: str = "*/*") -> httpx.Request:
        headers = {"Content-Type": f"application/sparql-{kind}; charset=utf-8", "Accept": accept}
        return self._client.build_request(method, url, content=content.encode(), headers=headers)

    def _retried(self, request: httpx.Request, *, stream: bool = False, clock: Clock | None = None) -> httpx.Response:
        retrying = Retrying(
            retry=retry_if_exception_type(StoreUnavailableError),
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait_exponential(multiplier=0.2, max=10) + wait_random(0, 0.2),
            reraise=True,
        )
        return retrying(self._send, request, stream, clock or Clock(None))

    def _send(self, request: httpx.Request, stream: bool, clock: Clock) -> httpx.Response:
        if self._client.is_closed:
            raise StoreError("the store is closed")
        request.extensions["timeout"] = clock.timeouts()
        try:
            response = self._client.send(request, stream=stream)
        except httpx.ReadTimeout as exc:
            raise clock.error() from exc
        except httpx.TransportError as exc:
            raise StoreUnavailableError(
                f"{request.url.host}:{request.url.port or ''} cannot be reached: {exc}"
            ) from exc
        if response.is_success:
            return response
        if stream:
            response.read()
            response.close()
        raise _error(request, response)


def _error(request: httpx.Request, response: httpx.Response) -> Exception:
    status = response.status_code
    lines = response.text.strip().splitlines()
    message = f"{request.url.host}: HTTP {status} {lines[0][:300] if lines else response.reason_phrase}"
    reading = "sparql-query" in request.headers.get("Content-Type", "")
    if status in (401, 403):
        return StoreError(f"{message}; set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN")
    if reading and status == 400:
        return QuerySyntaxError(message)
    if reading and status in (408, 503) and "time" in response.text.lower():
        return QueryTimeoutError(message)
    if status in _TRANSIENT:
        return StoreUnavailableError(message)
    return QueryError(message) if reading else StoreError(message)


class Clock:
    """The time that is left of a query's limit."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._end = None if seconds is None else monotonic() + seconds

    def timeouts(self) -> dict[str, float | None]:
        """httpx's timeouts of one request."""
        left = 600.0 if self._end is None else max(0.001, self._end - monotonic())
        return {"connect": min(10.0, left), "read": left, "write": left, "pool": left}

    def check(self) -> None:
        """Raise `QueryTimeoutError` where no time is left."""
        if self._end is not None and monotonic() > self._end:
            raise self.error()

    def error(self) -> QueryTimeoutError:
        """What to raise when time is over."""
        return QueryTimeoutError(f"the query was stopped after {600.0 if self._seconds is None else self._seconds:g} s")


class _Body:
    """A streamed response as a readable binary file."""

    def __init__(self, response: httpx.Response, clock: Clock) -> None:
        self._chunks = response.iter_bytes()
        self._clock = clock
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, all that is left where it is negative, b"" at the end."""
        while not self._rest or size < 0:
            self._clock.check()
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._rest += chunk
        taken, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return taken
