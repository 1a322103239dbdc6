"""Named queries and questions on real servers: one pass each, to stay quick."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import named_files
import pytest
import question_files
import world
from services import fuseki
from services.neo4j_server import Neo4jServer, neo4j_server  # noqa: F401 (a fixture)
from services.processes import Unavailable

from kg.catalog import Catalog
from kg.queries import named_queries
from kg.stores import open_store
from kg.stores.base import Store
from kg.stores.sync import sync

EXAMPLES = [
    example
    for name in ("questions.txt", "heldout.txt")
    for example in question_files.read_examples(Path(__file__).with_name(name))
    if not example.refusal
]


def _filled(url: str) -> Store:
    store = open_store(url, mode="write")
    sync(store, world.bundles())
    return store


@pytest.fixture(scope="module")
def neo4j_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """The invented graph in Neo4j."""
    server: Neo4jServer = request.getfixturevalue("neo4j_server")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEO4J_USERNAME", server.user)
        patch.setenv("NEO4J_PASSWORD", server.password)
        store = _filled(server.url)
        yield store
        store.close()


@pytest.fixture(scope="module")
def fuseki_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The invented graph in Fuseki."""
    start: Callable[[Path], AbstractContextManager[str]] = fuseki.running
    try:
        with start(tmp_path_factory.mktemp("fuseki")) as url:
            store = _filled(url)
            yield store
            store.close()
    except Unavailable as exc:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(exc))


SERVERS = [
    pytest.param("neo4j_store", marks=[pytest.mark.services, pytest.mark.xdist_group("neo4j")]),
    pytest.param("fuseki_store", marks=[pytest.mark.services, pytest.mark.xdist_group("fuseki")]),
]


@pytest.mark.parametrize("server", SERVERS)
def test_named_queries_give_the_expected_rows(server: str, request: pytest.FixtureRequest, catalog: Catalog) -> None:
    store: Store = request.getfixturevalue(server)
    wrong = [
        (name, case["parameters"])
        for name, query in named_queries().items()
        for case in named_files.read_cases(name)
        if named_files.answer(query, case["parameters"], catalog, store) != case["rows"]
    ]
    assert not wrong


@pytest.mark.parametrize("server", SERVERS)
def test_questions_have_the_expected_rows(server: str, request: pytest.FixtureRequest, catalog: Catalog) -> None:
    store: Store = request.getfixturevalue(server)
    wrong = [
        example.question
        for example in EXAMPLES
        if question_files.digest(question_files.answer(example.question, catalog, store)) != example.rows
    ]
    assert not wrong
