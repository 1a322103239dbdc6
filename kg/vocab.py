"""The graph's schema, once for both worlds: every label, relationship type, property and IRI.

Everything that depends on the schema is derived from `NODES` and `EDGES`: the RDF mapping, Ladybug's tables,
Neo4j's constraints, the exports. `schemas/ontology.ttl` declares the same terms (a test compares).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

BASE = "https://w3id.org/paperkg/id/"
"""Default base of all node IRIs: IRI = base + id."""

PREFIXES = {
    "kg": "https://w3id.org/paperkg/ontology#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "fabio": "http://purl.org/spar/fabio/",
    "cito": "http://purl.org/spar/cito/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "mls": "http://www.w3.org/ns/mls#",
    "qudt": "http://qudt.org/schema/qudt/",
    "unit": "http://qudt.org/vocab/unit/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
}


class Datatype(StrEnum):
    """The type of a property's value in both worlds."""

    STRING = "string"
    STRINGS = "strings"
    """A list in the property graph, one triple a value in RDF."""
    INTEGER = "integer"
    DOUBLE = "double"
    DATE = "date"
    """An ISO date; a string in the property graph, so that all stores compare it alike."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node: its name in the property graph, its predicate in RDF (as a CURIE)."""

    name: str
    predicate: str
    datatype: Datatype = Datatype.STRING


@dataclass(frozen=True, slots=True)
class NodeType:
    """A kind of node: its label, the RDF classes that it is an instance of, its properties besides `id`."""

    label: str
    classes: tuple[str, ...]
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A kind of edge: its type in the property graph, its predicate in RDF, the labels that it joins."""

    type: str
    predicate: str
    pairs: tuple[tuple[str, str], ...]


HASH = Property("hash", "kg:hash")
"""Of the contribution that made this node and what it owns; how a store knows what to re-load."""


def _entity(label: str, classes: tuple[str, ...], *more: Property) -> NodeType:
    names = (Property("name", "skos:prefLabel"), Property("aliases", "skos:altLabel", Datatype.STRINGS))
    return NodeType(label, (f"kg:{label}", "skos:Concept", *classes), (*names, *more, HASH))


NODES: dict[str, NodeType] = {
    node.label: node
    for node in (
        NodeType(
            "Paper",
            ("kg:Paper", "fabio:ResearchPaper", "schema:ScholarlyArticle"),
            (
                Property("title", "dcterms:title"),
                Property("abstract", "dcterms:abstract"),
                Property("published", "dcterms:issued", Datatype.DATE),
                Property("year", "kg:year", Datatype.INTEGER),
                Property("authors", "kg:authorName", Datatype.STRINGS),
                Property("authorCount", "kg:authorCount", Datatype.INTEGER),
                Property("url", "schema:url"),
                Property("sourceName", "kg:sourceName"),
                HASH,
            ),
        ),
        _entity("Method", ("mls:Algorithm",)),
        _entity("Dataset", ("mls:Dataset", "schema:Dataset")),
        _entity(
            "Metric", ("mls:EvaluationMeasure",), Property("direction", "kg:direction"), Property("unit", "kg:unit")
        ),
        _entity("Task", ("mls:Task",)),
        NodeType(
            "Claim",
            ("kg:Claim", "mls:ModelEvaluation"),
            (
                Property("value", "kg:value", Datatype.DOUBLE),
                Property("valueHigh", "kg:valueHigh", Datatype.DOUBLE),
                Property("baselineValue", "kg:baselineValue", Datatype.DOUBLE),
                Property("unit", "kg:unit"),
                Property("kind", "kg:kind"),
                Property("bound", "kg:bound"),
                Property("confidence", "kg:confidence", Datatype.DOUBLE),
                Property("metricText", "kg:metricText"),
                Property("datasetTexts", "kg:datasetText", Datatype.STRINGS),
                Property("methodText", "kg:methodText"),
                Property("baselineText", "kg:baselineText"),
                Property("taskText", "kg:taskText"),
                Property("inferred", "kg:inferred", Datatype.STRINGS),
            ),
        ),
        NodeType(
            "Evidence",
            ("kg:Evidence", "oa:TextQuoteSelector", "oa:TextPositionSelector"),
            (
                Property("field", "kg:field"),
                Property("startOffset", "oa:start", Datatype.INTEGER),
                Property("endOffset", "oa:end", Datatype.INTEGER),
                Property("quote", "oa:exact"),
                Property("sentence", "kg:sentence"),
                Property("sentenceStart", "kg:sentenceStart", Datatype.INTEGER),
                Property("sentenceEnd", "kg:sentenceEnd", Datatype.INTEGER),
            ),
        ),
        NodeType(
            "ExtractionRun",
            ("kg:ExtractionRun", "prov:Activity"),
            (Property("extractor", "kg:extractor"), Property("version", "kg:version"), HASH),
        ),
    )
}
"""Label → node type. Every node also has `id` (`dcterms:identifier`)."""

ID_PREDICATE = "dcterms:identifier"

LOADING_PREDICATE = "kg:loading"
"""Marks an RDF store whose first load has not ended: all that is in it is to be thrown away."""

DERIVED_PREDICATES = ("qudt:hasUnit", "qudt:ucumCode", "oa:hasSource")
"""Predicates that only RDF has; each follows from what both graphs hold."""

ENTITY_LABELS = {"method": "Method", "dataset": "Dataset", "metric": "Metric", "task": "Task"}
"""Entity type → label."""

OWNER_LABELS = ("Paper", "Method", "Dataset", "Metric", "Task", "ExtractionRun")
"""Labels of nodes that own a bundle (have a `hash`); Claims and Evidence belong to their paper."""

EDGES: dict[str, EdgeType] = {
    edge.type: edge
    for edge in (
        EdgeType("PROPOSES", "kg:proposes", (("Paper", "Method"),)),
        EdgeType("USES_METHOD", "kg:usesMethod", (("Paper", "Method"),)),
        EdgeType("INTRODUCES", "kg:introduces", (("Paper", "Dataset"),)),
        EdgeType("EVALUATES_ON", "kg:evaluatesOn", (("Paper", "Dataset"),)),
        EdgeType("USES_METRIC", "kg:usesMetric", (("Paper", "Metric"),)),
        EdgeType("ADDRESSES", "kg:addresses", (("Paper", "Task"),)),
        EdgeType("REPORTS", "kg:reports", (("Paper", "Claim"),)),
        EdgeType("REPORTS_ON", "kg:reportsOn", (("Paper", "Dataset"),)),
        EdgeType("OF_METHOD", "kg:ofMethod", (("Claim", "Method"),)),
        EdgeType("ON_DATASET", "kg:onDataset", (("Claim", "Dataset"),)),
        EdgeType("MEASURES", "kg:measures", (("Claim", "Metric"),)),
        EdgeType("AGAINST_BASELINE", "kg:againstBaseline", (("Claim", "Method"),)),
        EdgeType("FOR_TASK", "kg:forTask", (("Claim", "Task"),)),
        EdgeType("SUPPORTED_BY", "kg:supportedBy", (("Claim", "Evidence"),)),
        EdgeType("GENERATED_BY", "prov:wasGeneratedBy", (("Claim", "ExtractionRun"),)),
        EdgeType("BROADER", "skos:broader", tuple((label, label) for label in ENTITY_LABELS.values())),
    )
}
"""Type → edge type. Direction as written: paper → claim → entity.

PROPOSES / INTRODUCES: the paper presents it. USES_METHOD / EVALUATES_ON: it is named there and not presented.
REPORTS_ON: the paper has a claim ON_DATASET (a shortcut of REPORTS, ON_DATASET).
"""


def expand(curie: str) -> str:
    """`kg:value` → the full IRI."""
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local
