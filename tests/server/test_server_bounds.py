"""What strangers may take: time, memory, connections; and that a runaway query is really ended."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from services.processes import free_port
from sites import make_graph

RUNAWAY = """SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l
  FILTER(STRLEN(CONCAT(STR(?c), STR(?f), STR(?i), STR(?l))) < 0) }"""
HUNGRY = "SELECT DISTINCT ?a ?c ?d ?f ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i"


def _workers(graph: Path) -> dict[int, float]:
    """Worker processes on a graph: process id → seconds of CPU used."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            if b"kg.api.worker" in command and str(graph).encode() in command:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                found[int(folder.name)] = (int(fields[11]) + int(fields[12])) / 100
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads Linux's /proc")
def test_runaway_query_is_ended_with_its_process(client: httpx.Client, graph: Path) -> None:
    before = set(_workers(graph))
    start = time.monotonic()
    answer = client.get("/sparql", params={"query": RUNAWAY})
    assert answer.status_code == 504
    assert time.monotonic() - start < 5
    used = _workers(graph)
    assert before - set(used), "the process that ran the query is still there"
    time.sleep(0.3)
    assert sum(_workers(graph).get(pid, 0) - seconds for pid, seconds in used.items()) < 0.2
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads Linux's /proc")
def test_query_that_needs_too_much_memory_is_ended(url: str) -> None:
    answer = httpx.get(f"{url}/sparql", params={"query": HUNGRY}, timeout=30)
    assert answer.status_code in (400, 504)
    assert "memory" in answer.text or "stopped" in answer.text


def test_slow_clients_do_not_stop_others(client: httpx.Client, url: str) -> None:
    address = (urlsplit(url).hostname, urlsplit(url).port)
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 900\r\n\r\nASK"
    )
    slow = [socket.create_connection(address) for _ in range(200)]
    try:
        for connection in slow:
            connection.sendall(head)
        start = time.monotonic()
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        assert time.monotonic() - start < 5  # a slow body is given up after 10 seconds
    finally:
        for connection in slow:
            connection.close()


def test_runaway_queries_do_not_stop_pages(client: httpx.Client, url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        running = [threads.submit(httpx.get, f"{url}/sparql", params={"query": RUNAWAY}, timeout=30) for _ in range(4)]
        time.sleep(0.5)
        start = time.monotonic()
        assert client.get("/.well-known/void").status_code == 200
        assert time.monotonic() - start < 2
        assert {one.result().status_code for one in running} <= {503, 504}


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads Linux's /proc")
def test_killed_server_leaves_no_process_behind(tmp_path: Path) -> None:
    graph = make_graph(tmp_path / "graph")
    port = free_port()
    program = Path(sys.executable).parent / "kg"
    server = subprocess.Popen([str(program), "serve", "--graph", str(graph), "--port", str(port)])
    try:
        url = f"http://127.0.0.1:{port}/sparql"
        wait_until(lambda: answers(url))
        with ThreadPoolExecutor(1) as threads:
            lost = threads.submit(httpx.get, url, params={"query": RUNAWAY}, timeout=30)
            wait_until(lambda: any(seconds > 0.5 for seconds in _workers(graph).values()))
            server.kill()
            assert isinstance(lost.exception(), httpx.HTTPError)
        wait_until(lambda: not _workers(graph))
    finally:
        server.kill()
        server.wait()


def wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to that in time"
        time.sleep(0.05)


def answers(url: str) -> bool:
    try:
        return httpx.get(url, params={"query": "ASK {}"}).status_code == 200
    except httpx.HTTPError:
        return False


def test_workers_cannot_open_internet_sockets() -> None:
    code = (
        "from kg.api.sandbox import drop_network\nimport socket\n"
        "if drop_network():\n"
        "    socket.socket(socket.AF_UNIX).close()\n"
        "    for family in (socket.AF_INET, socket.AF_INET6):\n"
        "        try: socket.socket(family)\n"
        "        except PermissionError: print('refused')\n"
        "else: print('refused\\nrefused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused", "refused"]
