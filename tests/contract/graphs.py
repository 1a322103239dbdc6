"""A small graph for the behaviour suite, and the whole content of any store in one comparable form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.catalog import CatalogEntity
from kg.mapping.bundle import Bundle, PropertyValue
from kg.mapping.records import entity_bundle, paper_bundle, run_bundle
from kg.model import (
    Bound,
    Claim,
    Dialect,
    Entity,
    EntityType,
    Evidence,
    Extractor,
    Kind,
    Link,
    Mention,
    Paper,
    Record,
    SourceRef,
)
from kg.stores import Store
from kg.vocab import EDGES, NODES, Datatype

EXTRACTOR = Extractor("tests", "1")
ODD = "Quotes \"'`, \\back\\slash, {braces}, $dollar, <iri>, ünï©ode 🦉\nand a second line"
"""A text that breaks any query it is pasted into."""


def record(number: int, *, claims: int = 2, title: str | None = None) -> Record:
    """A paper on CIFAR-10 that introduces its own method, with some claims."""
    sentence = "Our Owl reaches 90.5% accuracy on CIFAR-10. "
    abstract = sentence * max(claims, 1)
    paper = Paper(
        f"arxiv:2401.{number:05d}",
        title or f"Owl {number}: seeing in the dark",
        abstract,
        SourceRef("jsonl", "small.jsonl", number),
        published="2024-01-15",
        authors=("Ada Strix", "Bo Tyto"),
    )
    owl = Entity(
        EntityType.METHOD, f"method/owl-{number}", f"Owl {number}", ("Owl",), (Mention("abstract", 4, 7),), 1, True
    )
    cifar = Entity(
        EntityType.DATASET, "dataset/cifar-10", "CIFAR-10", ("CIFAR-10",), (Mention("abstract", 33, 41),), 0.9
    )
    task = Entity(EntityType.TASK, "task/image-classification", "Image classification", ("seeing",), (), 0.5)
    made = tuple(_claim(number, index, len(sentence) * index) for index in range(claims))
    return Record(paper, (owl, cifar, task), made, EXTRACTOR)


def _claim(number: int, index: int, at: int) -> Claim:
    return Claim(
        f"claim/{number}-{index}",
        90.5,
        "%",
        Kind.ABSOLUTE,
        Bound.EXACT if index else Bound.MIN,
        Evidence("abstract", at + 16, at + 21, "90.5%", at, at + 43),
        0.75,
        metric="accuracy",
        datasets=("CIFAR-10",),
        method="Owl",
        metric_id="metric/accuracy",
        dataset_ids=("dataset/cifar-10",),
        method_id=f"method/owl-{number}",
        baseline_id="method/resnet-50",
        links=(Link("metric", "adjacent", 1.0), Link("baseline", "nearest", 0.5, True)),
    )


def entities(numbers: Iterable[int]) -> list[CatalogEntity]:
    """All entities that the papers with these numbers point to, broader ones first."""
    return [
        CatalogEntity(EntityType.DATASET, "dataset/cifar", "CIFAR", 0),
        CatalogEntity(EntityType.DATASET, "dataset/cifar-10", "CIFAR-10", 1, ("CIFAR10", ODD), ("dataset/cifar",)),
        CatalogEntity(EntityType.METRIC, "metric/accuracy", "Accuracy", 1, ("acc.",), direction="higher", unit="%"),
        CatalogEntity(EntityType.METHOD, "method/resnet-50", "ResNet-50", 1),
        CatalogEntity(EntityType.TASK, "task/image-classification", "Image classification", 1),
        *(CatalogEntity(EntityType.METHOD, f"method/owl-{n}", f"Owl {n}", 1) for n in numbers),
    ]


def graph(records: list[Record]) -> list[Bundle]:
    """The bundles of some records, in loading order."""
    numbers = [r.paper.source.position for r in records]
    return [run_bundle(EXTRACTOR), *map(entity_bundle, entities(numbers)), *map(paper_bundle, records)]


def small_graph() -> list[Bundle]:
    """Three papers: one with an odd title, one without claims."""
    return graph([record(1), record(2, title=ODD), record(3, claims=0)])


def revised(old: Record) -> Record:
    """The same paper after a revision that took its second claim back."""
    return replace(old, paper=replace(old.paper, title="Owl, revised"), claims=old.claims[:1])


Content = tuple[dict[tuple[str, str], dict[str, PropertyValue]], set[tuple[str, str, str]]]
"""Nodes by (label, id) with their properties, lists sorted; edges as (type, start, end)."""


def content_of(bundles: Iterable[Bundle]) -> Content:
    """What a store is to hold after loading these bundles."""
    nodes = {(n.label, n.id): _sorted_lists(dict(n.properties)) for b in bundles for n in b.nodes}
    return nodes, {(e.type, e.start, e.end) for b in bundles for e in b.edges}


def stored(store: Store) -> Content:
    """What a store holds, asked for in its own language."""
    read = _sparql if store.dialect is Dialect.SPARQL else _cypher
    return read(store)


def _sorted_lists(properties: dict[str, PropertyValue]) -> dict[str, PropertyValue]:
    return {
        k: tuple(sorted(v)) if isinstance(v, tuple | list) else v for k, v in properties.items() if v not in (None, ())
    }


def _sparql(store: Store) -> Content:
    nodes: dict[tuple[str, str], dict[str, PropertyValue]] = {}
    for label, kind in NODES.items():
        for (node_id,) in store.query(f"SELECT ?n WHERE {{ ?n a kg:{label} }}").rows:
            nodes[label, str(node_id)] = {}
        for prop in kind.properties:
            query = f"SELECT ?n ?v WHERE {{ ?n a kg:{label} ; {prop.predicate} ?v }} ORDER BY ?n ?v"
            for node_id, value in store.query(query).rows:
                found = nodes[label, str(node_id)]
                many = prop.datatype is Datatype.STRINGS
                found[prop.name] = (*found.get(prop.name, ()), value) if many else value  # type: ignore[assignment,misc]
    edges = set()
    for edge in EDGES.values():
        rows = store.query(f"SELECT ?a ?b WHERE {{ ?a {edge.predicate} ?b }}").rows
        edges |= {(edge.type, str(a), str(b)) for a, b in rows}
    return {key: _sorted_lists(value) for key, value in nodes.items()}, edges


def _cypher(store: Store) -> Content:
    nodes: dict[tuple[str, str], dict[str, PropertyValue]] = {}
    for label, kind in NODES.items():
        names = [prop.name for prop in kind.properties]
        returned = ", ".join(f"n.{name} AS {name}" for name in names)
        for node_id, *values in store.query(f"MATCH (n:{label}) RETURN n.id AS id, {returned}").rows:
            nodes[label, str(node_id)] = _sorted_lists(dict(zip(names, values, strict=True)))  # type: ignore[arg-type]
    edges = set()
    for edge in EDGES.values():
        rows = store.query(f"MATCH (a)-[:{edge.type}]->(b) RETURN a.id AS a, b.id AS b").rows
        edges |= {(edge.type, str(a), str(b)) for a, b in rows}
    return {key: {k: v for k, v in value.items() if v != ()} for key, value in nodes.items()}, edges
