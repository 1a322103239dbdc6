"""What a server may do and how much of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Frozen settings of one server; the limits hold for each request."""

    graph: Path
    seconds: float = 20.0
    """Of a query that somebody wrote; then its process is ended."""
    memory: int = 1 << 30
    """Bytes that a process may hold while it answers."""
    answer: int = 32 << 20
    """Bytes of an answer."""
    rows: int = 10_000
    """Rows of an answer in Cypher."""
    body: int = 1 << 20
    """Bytes of a request's body."""
    workers: int = 2
    """Processes for written queries, and as many for pages."""
    waiting: int = 256
    """Requests that may wait for a free process; more are refused at once."""
    patience: float = 10.0
    """Seconds for which a request waits for a free process, or for the next piece of its body."""
    write: bool = False
    token: str = field(default="", repr=False)
    """What a client must show to write."""
    services: tuple[str, ...] = ()
    """IRIs of other servers that queries may ask by SERVICE."""
    prefix: str = ""
    """The path under which the site lies, without a slash at its end."""
    static: bool = False
    """Pages are for files: without forms that need a server."""
