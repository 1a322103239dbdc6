"""What names a store, and where its login comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.stores import open_store, store_names
from kg.stores.credentials import Credentials, find_credentials, split_target
from kg.stores.sparql_session import Endpoints


def test_every_kind_of_store_is_known() -> None:
    assert {"oxigraph", "ladybug", "neo4j", "bolt", "http", "https"} <= set(store_names())


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("mysql://host/db", "no store is called 'mysql'"),
        ("mysql://user:secret@host/db", "mysql://host/db: no store is called 'mysql'"),
        ("nothing-here", "not known as a store; write oxigraph:nothing-here or ladybug:nothing-here"),
        ("ladybug:", "needs the path of a file"),
        ("oxigraph:/no/such/folder", "no Oxigraph store is there"),
        ("ladybug:/no/such/file", "no Ladybug store is there"),
        ("neo4j://user:secret@host", "give user and password by KG_STORE_USER"),
        ("neo4j://", "names no host"),
        ("neo4j://host:port", "not a URL of a server"),
    ],
)
def test_wrong_targets_are_one_line_without_a_password(target: str, message: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(target)
    assert message in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["rdf", "lpg.lbug"])
def test_a_path_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    store = open_store(tmp_path / name, mode="write")
    assert store.name == {"rdf": "oxigraph", "lpg.lbug": "ladybug"}[name]
    store.close()


def test_an_oxigraph_folder_is_known_by_its_content(tmp_path: Path) -> None:
    open_store(f"oxigraph:{tmp_path / 'any'}", mode="write").close()
    store = open_store(tmp_path / "any")
    assert store.name == "oxigraph"
    store.close()


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, None),
        ({"KG_STORE_USER": "a"}, None),
        ({"KG_STORE_USER": "a", "KG_STORE_PASSWORD": "b"}, Credentials("a", "b")),
        ({"KG_STORE_PASSWORD": "b"}, Credentials("neo4j", "b")),
        ({"NEO4J_USERNAME": "n", "NEO4J_PASSWORD": "m"}, Credentials("n", "m")),
        (
            {"KG_STORE_USER": "a", "KG_STORE_PASSWORD": "b", "NEO4J_USERNAME": "n", "NEO4J_PASSWORD": "m"},
            Credentials("a", "b"),
        ),
    ],
)
def test_login_comes_from_the_environment(environment: dict[str, str], expected: Credentials | None) -> None:
    assert find_credentials("NEO4J", environment) == expected


def test_printing_a_login_does_not_show_the_password() -> None:
    assert "secret" not in repr(Credentials("owl", "secret"))


def test_options_of_a_url_are_split_off() -> None:
    target = split_target("neo4j+s://host:7687?database=papers")
    assert (target.url, target.options) == ("neo4j+s://host:7687", {"database": "papers"})


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://h/ds", ("http://h/ds/query", "http://h/ds/update", "http://h/ds/data")),
        ("http://h/ds/", ("http://h/ds/query", "http://h/ds/update", "http://h/ds/data")),
        ("http://h/#data=store", ("http://h/query", "http://h/update", "http://h/store")),
        (
            "https://h/repositories/kg#query=&update=statements&data=rdf-graphs/service",
            ("https://h/repositories/kg/query", "https://h/repositories/kg/statements",
             "https://h/repositories/kg/rdf-graphs/service"),
        ),
        ("http://h/a#query=/sparql", ("http://h/sparql", "http://h/a/update", "http://h/a/data")),
    ],
)  # fmt: skip
def test_addresses_of_a_sparql_server(url: str, expected: tuple[str, str, str]) -> None:
    found = Endpoints.of(url)
    assert (found.query, found.update, found.data) == expected
