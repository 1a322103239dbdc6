"""Broken graphs are reported with the node, the shape and the place; sound ones are not."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

import pytest
from fixtures.bundles import fixture_bundles
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.errors import MissingExtraError
from kg.mapping.iris import to_iri
from kg.mapping.rdf import RDF_TYPE, to_triples
from kg.stores.oxigraph_excerpts import iter_excerpts
from kg.validate import Problem, Validator
from kg.vocab import expand

CLAIM, PAPER, EVIDENCE = "claim/0dd0dd0dd0dd", "arxiv:2401.00001", "evidence/0dd0dd0dd0dd"
XSD = "http://www.w3.org/2001/XMLSchema#"


def iri(node_id: str) -> NamedNode:
    return NamedNode(to_iri(node_id))


def term(curie: str) -> NamedNode:
    return NamedNode(expand(curie))


@pytest.fixture
def database() -> Store:
    store = Store()
    store.extend(Quad(*triple) for bundle in fixture_bundles() for triple in to_triples(bundle))
    return store


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator()


def problems(database: Store, validator: Validator, size: int = 1000) -> list[Problem]:
    return [problem for excerpt in iter_excerpts(database, size) for problem in validator.problems(excerpt)]


def add(node: str, curie: str, value: Any) -> Callable[[Store], None]:
    return lambda store: store.add(Quad(iri(node), term(curie), value))


def drop(node: str, curie: str) -> Callable[[Store], None]:
    def run(store: Store) -> None:
        for quad in list(store.quads_for_pattern(iri(node), term(curie), None)):
            store.remove(quad)

    return run


def change(node: str, curie: str, value: Any) -> Callable[[Store], None]:
    def run(store: Store) -> None:
        drop(node, curie)(store)
        add(node, curie, value)(store)

    return run


def drop_node(node: str) -> Callable[[Store], None]:
    def run(store: Store) -> None:
        for quad in list(store.quads_for_pattern(iri(node), None, None)):
            store.remove(quad)

    return run


BROKEN: dict[str, tuple[Callable[[Store], None], Problem]] = {
    "kind not allowed": (
        change(CLAIM, "kg:kind", Literal("great")),
        Problem(CLAIM, "Claim", "kg:kind", "is none of the allowed values: 'great'"),
    ),
    "value as text": (
        change(CLAIM, "kg:value", Literal("12")),
        Problem(CLAIM, "Claim", "kg:value", "is of another datatype: '12'"),
    ),
    "value missing": (drop(CLAIM, "kg:value"), Problem(CLAIM, "Claim", "kg:value", "is missing")),
    "two values": (
        add(CLAIM, "kg:value", Literal(-1.0)),
        Problem(CLAIM, "Claim", "kg:value", "has too many values"),
    ),
    "unknown property": (
        add(PAPER, "kg:colour", Literal("red")),
        Problem(PAPER, "Paper", "kg:colour", "the shape allows no such property: 'red'"),
    ),
    "edge to the wrong class": (
        add(CLAIM, "kg:forTask", iri("dataset/cifar-10")),
        Problem(CLAIM, "Claim", "kg:forTask", "is not of the right class: 'dataset/cifar-10'"),
    ),
    "edge to nothing": (
        add(PAPER, "kg:usesMethod", iri("method/none")),
        Problem(PAPER, "Paper", "kg:usesMethod", "is not of the right class: 'method/none'"),
    ),
    "stray claim": (
        drop(PAPER, "kg:reports"),
        Problem(CLAIM, "Claim", "^kg:reports", "a claim is reported by exactly one paper"),
    ),
    "claim of two papers": (
        add("dataset/cifar-10", "kg:reports", iri(CLAIM)),
        Problem(CLAIM, "Claim", "^kg:reports", "a claim is reported by exactly one paper"),
    ),
    "stray evidence": (
        drop_node(CLAIM),
        Problem(EVIDENCE, "Evidence", "^kg:supportedBy", "evidence supports exactly one claim"),
    ),
    "shortcut without a claim": (
        add(PAPER, "kg:reportsOn", iri("dataset/tiny-images")),
        Problem(PAPER, "Paper", "kg:reports/kg:onDataset", "does not agree with the claims: 'dataset/tiny-images'"),
    ),
    "no class": (
        add("what/is-this", "skos:prefLabel", Literal("?")),
        Problem("what/is-this", "", "rdf:type", "is of no class of the graph"),
    ),
    "other vocabulary": (
        lambda store: store.add(Quad(NamedNode("http://else.where/x"), RDF_TYPE, term("owl:Thing"))),
        Problem("http://else.where/x", "", "rdf:type", "is of no class of the graph"),
    ),
    "first load not ended": (
        add("store", "kg:loading", Literal(True)),
        Problem("store", "", "rdf:type", "its first load has not ended"),
    ),
    "end outside the sentence": (
        change(EVIDENCE, "oa:end", Literal(9999)),
        Problem(EVIDENCE, "Evidence", "oa:end", "lies outside the sentence: '9999'"),
    ),
    "entity without a name": (
        drop("dataset/cifar-10", "skos:prefLabel"),
        Problem("dataset/cifar-10", "Dataset", "skos:prefLabel", "is missing"),
    ),
    "no hash": (drop(PAPER, "kg:hash"), Problem(PAPER, "Paper", "kg:hash", "is missing")),
}  # fmt: skip


def test_fixture_graph_is_sound(database: Store, validator: Validator) -> None:
    assert problems(database, validator) == []


@pytest.mark.parametrize("name", BROKEN)
def test_broken_graph_is_reported(database: Store, validator: Validator, name: str) -> None:
    damage, expected = BROKEN[name]
    damage(database)
    found = problems(database, validator)
    assert expected in found


@pytest.mark.parametrize(
    ("curie", "value", "path"),
    [("oa:exact", "no such words", "oa:exact"), ("kg:sentence", "Another sentence.", "kg:sentence")],
)
def test_quote_that_does_not_stand_at_its_offsets(
    database: Store, validator: Validator, curie: str, value: str, path: str
) -> None:
    change(EVIDENCE, curie, Literal(value))(database)
    (problem,) = problems(database, validator)
    assert (problem.node, problem.shape, problem.path) == (EVIDENCE, "quote", path)
    assert repr(value) in problem.message


def test_changed_abstract_breaks_the_quotes(database: Store, validator: Validator) -> None:
    change(PAPER, "dcterms:abstract", Literal("Something else."))(database)
    assert {(p.node, p.shape) for p in problems(database, validator)} == {(EVIDENCE, "quote")}


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_excerpts_cover_every_node_once_with_all_its_triples(database: Store, size: int) -> None:
    seen: list[NamedNode] = []
    for excerpt in iter_excerpts(database, size):
        seen += excerpt.nodes
        for node in excerpt.nodes:
            own = {quad.triple for quad in database.quads_for_pattern(node, None, None, DefaultGraph())}
            assert own <= excerpt.triples
    assert sorted(seen, key=str) == sorted({quad.subject for quad in database}, key=str)


def test_small_excerpts_find_what_large_ones_find(database: Store, validator: Validator) -> None:
    for damage, _ in BROKEN.values():
        damage(database)
    assert set(problems(database, validator, 2)) == set(problems(database, validator))


def test_missing_pyshacl_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name == "pyshacl":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"pip install 'paperkg\[validate\]'"):
        Validator()
