"""A small graph and a server on it, as a process of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.processes import free_port, served

from kg.api.build import rebuild
from kg.graph import Shards
from kg.records import iter_records

TOKEN = "owls-see-in-the-dark"
RECORDS = Path(__file__).resolve().parents[1] / "fixtures" / "records.jsonl"


def make_graph(path: Path) -> Path:
    """A published graph of the invented records."""
    Shards(path / "records").append(list(iter_records(RECORDS)))
    rebuild(path)
    return path


@contextmanager
def running(graph: Path, folder: Path, *options: str) -> Iterator[str]:
    """The URL of `kg serve` on a graph, without a slash at its end."""
    port = free_port()
    program = Path(sys.executable).parent / "kg"
    command = [str(program), "serve", "--graph", str(graph), "--port", str(port), *options]
    url = f"http://127.0.0.1:{port}"
    with served(command, folder, f"{url}/sparql?query=ASK%7B%7D", env={**os.environ, "KG_TOKEN": TOKEN}):
        yield url
