"""`kg mcp`, spoken to by the protocol's own client over standard input and output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest

from kg.api.build import rebuild
from kg.errors import GraphError
from kg.graph import GraphDirectory, Shards
from kg.records import iter_records

pytest.importorskip("mcp", reason="the extra mcp is not installed")

from mcp import Client, StdioServerParameters

FIXTURE = Path(__file__).parents[2] / "fixtures" / "records.jsonl"
Talk = Callable[[Client], Coroutine[Any, Any, Any]]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mcp") / "graph"
    records = list(iter_records(FIXTURE))
    with GraphDirectory(path).locked():
        Shards(GraphDirectory(path).records).append(records)
    rebuild(path)
    return path


def talk(graph: Path, conversation: Talk) -> Any:
    code = "from kg.cli.app import main; main()"
    server = StdioServerParameters(command=sys.executable, args=["-c", code, "mcp", "--graph", str(graph)])

    async def run() -> Any:
        async with Client(server) as client:
            return await conversation(client)

    # A thread of its own: the browser tests keep an event loop open in the main one.
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, run).result()


def test_client_lists_and_calls_tools_that_only_read(graph: Path) -> None:
    before = sorted((path.name, path.stat().st_mtime_ns) for path in graph.iterdir() if path.is_file())

    async def conversation(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == set("ask queries query leaderboard show explain sparql cypher".split())
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
        asked = await client.call_tool("ask", {"question": "which papers report results on CIFAR-10"})
        assert not asked.is_error
        assert asked.structured_content["rows"]
        assert "CIFAR-10" in asked.structured_content["understood"]
        named = await client.call_tool("query", {"name": "papers-on-dataset", "parameters": {"dataset": "cifar 10"}})
        assert named.structured_content["rows"]
        board = await client.call_tool("leaderboard", {"dataset": "CIFAR-10"})
        assert not board.is_error
        shown = await client.call_tool("show", {"what": "CIFAR10"})
        assert shown.structured_content["id"] == "dataset/cifar-10"
        explained = await client.call_tool("explain", {"entity": "CIFAR10", "type": "dataset"})
        assert explained.structured_content["listed"]
        counted = await client.call_tool("sparql", {"text": "SELECT (COUNT(*) AS ?n) { ?p a kg:Paper }"})
        cyphered = await client.call_tool("cypher", {"text": "MATCH (p:Paper) RETURN count(p) AS n"})
        assert counted.structured_content["rows"] == cyphered.structured_content["rows"]

    talk(graph, conversation)
    assert before == sorted((path.name, path.stat().st_mtime_ns) for path in graph.iterdir() if path.is_file())


def test_faults_come_back_as_one_line_and_the_server_goes_on(graph: Path) -> None:
    calls = [
        ("ask", {"question": "flibber the gibbet"}, ""),
        ("show", {"what": "no such thing at all"}, "nothing is called"),
        ("query", {"name": "best-on-dataset", "parameters": {"dateset": "x"}}, "dateset"),
        ("sparql", {"text": "DELETE WHERE { ?s ?p ?o }"}, ""),
        ("sparql", {"text": "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }"}, ""),
        ("cypher", {"text": "MATCH (n) DETACH DELETE n"}, ""),
        ("cypher", {"text": "x" * 30_000}, "longer than"),
    ]

    async def conversation(client: Client) -> None:
        for name, arguments, message in calls:
            result = await client.call_tool(name, arguments)
            assert result.is_error, name
            (content,) = result.content
            assert "Traceback" not in content.text
            assert "\n" not in content.text.strip()
            assert message in content.text
        many = await client.call_tool("sparql", {"text": "SELECT * { ?s ?p ?o . ?a ?b ?c }"})
        assert many.structured_content["truncated"]
        assert len(many.structured_content["rows"]) <= 200

    talk(graph, conversation)


def test_no_graph_is_an_error_before_the_server_starts(tmp_path: Path) -> None:
    from kg.api.mcp import make_server

    with pytest.raises(GraphError):
        make_server(tmp_path / "none")
