"""Records, entities and extractors as bundles: what each contributes to the graph.

Nodes after the owner and all edges are in canonical order, so that a bundle's hash does not depend on the
order in which an extractor names things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol
from urllib.parse import quote

from kg.mapping.bundle import Bundle, Edge, Node, PropertyValue, make_bundle
from kg.model import Claim, EntityType, Extractor, Paper, Record
from kg.vocab import ENTITY_LABELS

_URLS = {
    "arxiv": "https://arxiv.org/abs/",
    "doi": "https://doi.org/",
    "acl": "https://aclanthology.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
}

_PAPER_EDGES = {
    # entity type → (edge where the paper introduces it, edge where it only names it)
    EntityType.METHOD: ("PROPOSES", "USES_METHOD"),
    EntityType.DATASET: ("INTRODUCES", "EVALUATES_ON"),
    EntityType.METRIC: ("USES_METRIC", "USES_METRIC"),
    EntityType.TASK: ("ADDRESSES", "ADDRESSES"),
}


class EntityLike(Protocol):
    """What `entity_bundle` needs of an entity; `kg.catalog.CatalogEntity` has it."""

    @property
    def type(self) -> EntityType: ...
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> Sequence[str]: ...
    @property
    def broader(self) -> Sequence[str]: ...
    @property
    def direction(self) -> str | None: ...
    @property
    def unit(self) -> str | None: ...


def paper_url(paper_id: str) -> str | None:
    """The page of a paper, from an id such as `arxiv:2306.13649`; None for ids of other kinds."""
    scheme, _, local = paper_id.partition(":")
    return _URLS[scheme] + quote(local, safe="/.:;()-_") if scheme in _URLS and local else None


def run_id(extractor: Extractor) -> str:
    """The id of an extractor's ExtractionRun node."""
    return f"run/{extractor.name}/{extractor.version}"


def run_bundle(extractor: Extractor) -> Bundle:
    """The node of one extractor in one version."""
    node = Node("ExtractionRun", run_id(extractor), {"extractor": extractor.name, "version": extractor.version})
    return make_bundle([node], [])


def entity_bundle(entity: EntityLike) -> Bundle:
    """An entity with its names, and BROADER edges to entities of the same type."""
    label = ENTITY_LABELS[entity.type]
    aliases = tuple(sorted(set(entity.aliases) - {entity.name}))
    direction = entity.direction if label == "Metric" else None
    unit = entity.unit if label == "Metric" else None
    node = Node(label, entity.id, _present(name=entity.name, aliases=aliases, direction=direction, unit=unit))
    edges = [Edge("BROADER", label, entity.id, label, other) for other in sorted(set(entity.broader))]
    return make_bundle([node], edges)


def referenced_entities(record: Record) -> dict[str, EntityType]:
    """Id → type of every entity that the record's bundle points to, whether the record lists it or not."""
    found = {entity.id: entity.type for entity in record.entities}
    for claim in record.claims:
        for kind, _, ids in _claim_targets(claim):
            found.update(dict.fromkeys(ids, kind))
    return dict(sorted(found.items()))


def paper_bundle(record: Record) -> Bundle:
    """A paper with its claims, their evidence, and edges to the entities (whose own bundles come earlier)."""
    paper = record.paper
    nodes: list[Node] = []
    edges = set(_paper_entity_edges(record))
    for claim in record.claims:
        nodes += [_claim_node(claim), _evidence_node(claim, paper)]
        edges.update(_claim_edges(claim, paper, run_id(record.extractor)))
    nodes.sort(key=lambda node: (node.label, node.id))
    return make_bundle([_paper_node(paper), *nodes], sorted_edges(edges))


def record_bundles(records: Iterable[Record]) -> Iterator[Bundle]:
    """A whole graph from records alone: entities are named as the first record that lists them names them.

    For graphs without a catalog; what only the resolver knows (aliases, broader entities) is not there.
    """
    found = list(records)
    yield from map(run_bundle, sorted({r.extractor for r in found}, key=lambda e: (e.name, e.version)))
    names: dict[str, str] = {}
    types: dict[str, EntityType] = {}
    for record in found:
        for entity in record.entities:
            names.setdefault(entity.id, entity.name)
        types.update(referenced_entities(record))
    for entity_id, kind in sorted(types.items()):
        node = Node(ENTITY_LABELS[kind], entity_id, {"name": names.get(entity_id, entity_id)})
        yield make_bundle([node], [])
    yield from map(paper_bundle, found)


def sorted_edges(edges: Iterable[Edge]) -> list[Edge]:
    """Edges in canonical order: by type, start, end."""
    return sorted(edges, key=lambda edge: (edge.type, edge.start, edge.end))


def _present(**properties: PropertyValue | None) -> dict[str, PropertyValue]:
    return {name: value for name, value in properties.items() if value is not None and value != ()}


def _paper_node(paper: Paper) -> Node:
    year = paper.year
    if year is None and paper.published:
        year = int(paper.published[:4])
    count = paper.author_count
    if count is None and paper.authors is not None:
        count = len(paper.authors)
    properties = _present(
        title=paper.title,
        abstract=paper.abstract,
        published=paper.published,
        year=year,
        authors=paper.authors,
        authorCount=count,
        url=paper_url(paper.id),
        sourceName=paper.source.name,
    )
    return Node("Paper", paper.id, properties)


def _paper_entity_edges(record: Record) -> Iterator[Edge]:
    for entity in record.entities:
        introduces, names = _PAPER_EDGES[entity.type]
        kind = introduces if entity.introduced else names
        yield Edge(kind, "Paper", record.paper.id, ENTITY_LABELS[entity.type], entity.id)


def _claim_targets(claim: Claim) -> Iterator[tuple[EntityType, str, tuple[str, ...]]]:
    """Entity type, edge type and ids of each role of a claim."""
    yield EntityType.METHOD, "OF_METHOD", _some(claim.method_id)
    yield EntityType.DATASET, "ON_DATASET", claim.dataset_ids
    yield EntityType.METRIC, "MEASURES", _some(claim.metric_id)
    yield EntityType.METHOD, "AGAINST_BASELINE", _some(claim.baseline_id)
    yield EntityType.TASK, "FOR_TASK", _some(claim.task_id)


def _some(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _claim_edges(claim: Claim, paper: Paper, run: str) -> Iterator[Edge]:
    yield Edge("REPORTS", "Paper", paper.id, "Claim", claim.id)
    yield Edge("SUPPORTED_BY", "Claim", claim.id, "Evidence", evidence_id(claim.id))
    yield Edge("GENERATED_BY", "Claim", claim.id, "ExtractionRun", run)
    for kind, edge_type, ids in _claim_targets(claim):
        for entity_id in ids:
            yield Edge(edge_type, "Claim", claim.id, ENTITY_LABELS[kind], entity_id)
    for dataset in claim.dataset_ids:
        yield Edge("REPORTS_ON", "Paper", paper.id, "Dataset", dataset)


def _claim_node(claim: Claim) -> Node:
    properties = _present(
        value=float(claim.value),
        valueHigh=None if claim.value_high is None else float(claim.value_high),
        baselineValue=None if claim.baseline_value is None else float(claim.baseline_value),
        unit=claim.unit,
        kind=claim.kind.value,
        bound=claim.bound.value,
        confidence=float(claim.confidence),
        metricText=claim.metric,
        datasetTexts=tuple(sorted(set(claim.datasets))),
        methodText=claim.method,
        baselineText=claim.baseline,
        taskText=claim.task,
        inferred=tuple(sorted({link.role for link in claim.links if link.inferred})),
    )
    return Node("Claim", claim.id, properties)


def evidence_id(claim_id: str) -> str:
    """The id of a claim's Evidence node."""
    return "evidence/" + claim_id.removeprefix("claim/")


def _evidence_node(claim: Claim, paper: Paper) -> Node:
    evidence = claim.evidence
    text = paper.text_of(evidence.field)
    properties = _present(
        field=evidence.field,
        startOffset=evidence.start,
        endOffset=evidence.end,
        quote=evidence.quote,
        sentence=text[evidence.sentence_start : evidence.sentence_end],
        sentenceStart=evidence.sentence_start,
        sentenceEnd=evidence.sentence_end,
    )
    return Node("Evidence", evidence_id(claim.id), properties)
