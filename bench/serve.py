"""Load on `kg serve` beside Oxigraph's own server, on the same data in the same run.

    python bench/serve.py GRAPH [--seconds 5] [--connections 8]

Prints requests a second and latencies (ms) of some SPARQL queries on both, and of pages and the JSON API on ours.
Client and servers share the machine's cores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
from rich.console import Console
from rich.table import Table

from kg.api.export import export
from kg.api.graph import Graph
from kg.api.service import example
from kg.mapping.iris import to_iri
from kg.model import EntityType
from kg.queries import named_query
from kg.vocab import PREFIXES

HEAVY = """SELECT ?a ?b (COUNT(DISTINCT ?p) AS ?n) WHERE {
  ?p kg:evaluatesOn ?a , ?b . FILTER(STR(?a) < STR(?b))
} GROUP BY ?a ?b ORDER BY DESC(?n) LIMIT 10"""
PROLOGUE = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
JSON = "application/sparql-results+json"


def main() -> None:
    """Start both servers, load them, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=8)
    options = parser.parse_args()
    table = Table("request", "server", "requests/s", "p50 ms", "p99 ms", "errors")
    with Graph(options.graph) as graph, tempfile.TemporaryDirectory() as folder:
        queries, pages = sparql(graph), paths(graph)
        with oxigraph(graph, Path(folder)) as theirs, ours(options.graph) as mine:
            for name, query in queries.items():
                for server, port, path in (("kg", mine, "/sparql"), ("oxigraph", theirs, "/query")):
                    target = f"{path}?{urlencode({'query': query})}"
                    table.add_row(name, server, *measure(port, target, JSON, options))
            for name, path in pages.items():
                table.add_row(name, "kg", *measure(mine, path, "text/html", options))
    Console(width=110).print(table)


def sparql(graph: Graph) -> dict[str, str]:
    """A look-up, a leaderboard, and a query that reads much."""
    paper = next(record.paper.id for record in graph.catalog.records() if record.claims)
    board = example(graph, named_query("best-on-dataset"))
    assert board is not None
    return {
        "triples of a paper": f"SELECT ?p ?o {{ <{to_iri(paper, graph.published.base)}> ?p ?o }}",
        "best on a dataset": board,
        "datasets in pairs": f"{PROLOGUE}\n{HEAVY}",
    }


def paths(graph: Graph) -> dict[str, str]:
    """Pages and an answer of the API."""
    dataset = graph.catalog.most_used(EntityType.DATASET, 1)[0].id
    paper = quote(next(record.paper.id for record in graph.catalog.records() if record.claims))
    return {
        "page of a paper": f"/paper/{paper}",
        "page of a dataset": f"/{quote(dataset)}",
        "search": "/search?q=neural+network",
        "paper as JSON": f"/api/papers/{paper}",
        "question": "/api/ask?q=which+papers+report+results+on+CIFAR-10",
    }


@contextmanager
def ours(graph: Path) -> Iterator[int]:
    """The port of `kg serve`."""
    port = free_port()
    with process(
        [
            sys.executable,
            "-c",
            "from kg.cli.app import main; main()",
            "serve",
            "--graph",
            str(graph),
            "--port",
            str(port),
        ]
    ):
        ready(port, "/")
        yield port


@contextmanager
def oxigraph(graph: Graph, folder: Path) -> Iterator[int]:
    """The port of Oxigraph's server, with the same triples."""
    program, data, port = str(Path(sys.executable).parent / "oxigraph"), folder / "data.nt", free_port()
    with data.open("wb") as out:
        export(graph, "ntriples", out)
    store = str(folder / "store")
    subprocess.run([program, "load", "--location", store, "--file", str(data)], check=True, capture_output=True)
    subprocess.run([program, "optimize", "--location", store], check=True, capture_output=True)
    with process([program, "serve-read-only", "--location", store, "--bind", f"127.0.0.1:{port}"]):
        ready(port, "/query?query=ASK%7B%7D")
        yield port


@contextmanager
def process(command: list[str]) -> Iterator[None]:
    """A program that runs meanwhile."""
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
    try:
        yield
    finally:
        running.terminate()
        running.wait(timeout=20)


def free_port() -> int:
    """A free port of the loopback interface."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def ready(port: int, path: str) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            if httpx.get(f"http://127.0.0.1:{port}{path}", timeout=60).status_code < 500:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise SystemExit(f"the server at port {port} did not start")


def measure(port: int, path: str, accept: str, options: argparse.Namespace) -> tuple[str, str, str, str]:
    """Requests a second, median and 99th percentile in milliseconds, and errors."""
    times, errors = asyncio.run(load(port, path, accept, options.seconds, options.connections))
    if len(times) < 2:
        return "0", "-", "-", str(errors)
    cuts = statistics.quantiles(times, n=100)
    return f"{len(times) / options.seconds:.0f}", f"{cuts[49] * 1000:.1f}", f"{cuts[98] * 1000:.1f}", str(errors)


async def load(port: int, path: str, accept: str, seconds: float, connections: int) -> tuple[list[float], int]:
    """Seconds of each good answer within the time, and how many were not good."""
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: {accept}\r\n\r\n".encode()
    times: list[float] = []
    errors = 0
    end = time.perf_counter() + seconds

    async def client() -> None:
        nonlocal errors
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 26)
        while (start := time.perf_counter()) < end:
            writer.write(asked)
            status = await answer(reader)
            if status == 200:
                times.append(time.perf_counter() - start)
            else:
                errors += 1
        writer.close()

    await asyncio.gather(*(client() for _ in range(connections)))
    return times, errors


async def answer(reader: asyncio.StreamReader) -> int:
    """Read one answer to its end; gives its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if "transfer-encoding: chunked" in head:
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    else:
        length = next(line for line in head.split("\r\n") if line.startswith("content-length:"))
        await reader.readexactly(int(length.partition(":")[2]))
    return int(head.split()[1])


if __name__ == "__main__":
    main()
