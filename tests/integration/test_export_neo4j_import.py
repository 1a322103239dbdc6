"""The CSV export, really imported by `neo4j-admin database import full` and served by a real Neo4j."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures.bundles import fixture_bundles
from services import neo4j_server

from kg.export import export_format
from kg.export.neo4j_csv import ARGUMENTS
from kg.mapping.bundle import Bundle, Edge, Node
from kg.stores import Store, open_store
from kg.stores.read import read_graph
from kg.stores.sync import SyncReport, sync

pytestmark = [pytest.mark.services, pytest.mark.xdist_group("neo4j")]


@pytest.fixture(scope="module")
def bundles() -> list[Bundle]:
    return fixture_bundles()


@pytest.fixture(scope="module")
def home(bundles: list[Bundle], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a server whose database was imported and never written to."""
    try:
        neo4j_server.fetch_jars()
    except neo4j_server.ServerMissing as exc:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(exc))
    home = tmp_path_factory.mktemp("imported")
    neo4j_server.make_home(home, neo4j_server.free_port())
    export_format("neo4j-csv").write_folder(lambda: bundles, home / "import")
    arguments = [_absolute(line, home / "import") for line in (home / "import" / ARGUMENTS).read_text().split()]
    report = f"--report-file={home / 'import.report'}"
    neo4j_server.admin(home, "database", "import", "full", "neo4j", report, *arguments)
    return home


def _absolute(argument: str, folder: Path) -> str:
    """The option with its file's full path: the tests do not change their working directory."""
    option, equals, name = argument.rpartition("=")
    return f"{option}{equals}{folder / name}" if name.endswith(".csv") else argument


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[Store]:
    with neo4j_server.running_neo4j(home) as server:
        os.environ.update(NEO4J_USERNAME=server.user, NEO4J_PASSWORD=server.password)
        opened = open_store(server.url, mode="write")
        yield opened
        opened.close()


def test_imported_database_is_consistent(home: Path) -> None:
    shutil.rmtree(home / "report", ignore_errors=True)
    neo4j_server.admin(home, "database", "check", "neo4j", f"--report-path={home / 'report'}")
    assert not list((home / "report").glob("*"))


def test_server_holds_exactly_the_exported_graph(store: Store, bundles: list[Bundle]) -> None:
    items = list(read_graph(store))
    nodes = {n.id: (n.label, _sorted(n)) for b in bundles for n in b.nodes}
    assert {n.id: (n.label, dict(n.properties)) for n in items if isinstance(n, Node)} == nodes
    edges = {edge for bundle in bundles for edge in bundle.edges}
    assert {item for item in items if isinstance(item, Edge)} == edges


def _sorted(node: Node) -> dict[str, object]:
    return {k: tuple(sorted(v)) if isinstance(v, tuple) else v for k, v in node.properties.items()}


def test_loading_over_the_import_changes_nothing(store: Store, bundles: list[Bundle]) -> None:
    assert sync(store, bundles) == SyncReport(unchanged=len(bundles))
