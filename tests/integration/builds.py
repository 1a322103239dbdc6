"""What the tests of builds share: inputs, the content of a graph's stores, builds that die."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from kg.api.export import export
from kg.api.graph import Graph
from kg.mapping.bundle import Edge, Node
from kg.model import Record
from kg.sample import papers_path
from kg.stores.read import read_graph

STORES = ("oxigraph", "ladybug")
SAMPLE = len(papers_path().read_bytes().splitlines())
"""Papers of the sample corpus."""


def sample_papers(path: Path, copies: int = 1, first: int = 0) -> Path:
    """The sample corpus as a JSON Lines file, each paper so many times under ids of its own."""
    papers = [orjson.loads(line) for line in papers_path().read_bytes().splitlines()]
    lines = [{**paper, "id": f"{paper['id']}-{n}"} for n in range(first, first + copies) for paper in papers]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    return path


def nquads(path: Path) -> bytes:
    """The graph of a directory as sorted N-Quads."""
    out = io.BytesIO()
    with Graph(path) as graph:
        export(graph, "nquads", out)
    return out.getvalue()


def content(path: Path, store: str) -> dict[Any, Any]:
    """Every node with its properties and every edge, as one of the graph's stores holds them."""
    with Graph(path) as graph:
        return as_content(read_graph(graph.store(store)))


def as_content(items: Iterable[Node | Edge]) -> dict[Any, Any]:
    """Nodes and edges in a form that can be compared."""
    return {
        (x.label, x.id) if isinstance(x, Node) else x: dict(x.properties) if isinstance(x, Node) else None
        for x in items
    }


def revised(record: Record) -> Record:
    """The paper after a revision of its title that took back all entities but one and all claims but one."""
    paper = replace(record.paper, title=f"{record.paper.title} (revised)")
    claims = tuple(replace(claim, method_id=None, baseline_id=None) for claim in record.claims[:1])
    return replace(record, paper=paper, entities=record.entities[:1], claims=claims)


def kill_build(path: Path, stage: str, at: int, *inputs: str) -> str:
    """Build in another process that kills itself with SIGKILL when it has done so much of a stage; its output."""
    script = Path(__file__).with_name("dying_build.py")
    command = [sys.executable, str(script), str(path), stage, str(at), *inputs]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ}, timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr
    return done.stdout
