"""A method, a metric or a task with the papers and claims around it."""

from __future__ import annotations

from kg.api.graph import Graph
from kg.api.site.common import Json, claims_with, entity_json, find_entity, papers_with, select, together
from kg.mapping.iris import NodeId
from kg.model import EntityType


def method(graph: Graph, *, what: str) -> Json:
    """A method by id: who proposes and uses it, what it is compared with, the claims on either side."""
    entity = find_entity(graph, what, EntityType.METHOD)
    return {
        **entity_json(graph, entity),
        "proposed_in": papers_with(graph, what, new=True, oldest=True, limit=10),
        "used_in": papers_with(graph, what, new=False),
        "compared": _compared(graph, what),
        "claims": claims_with(graph, "method", what),
        "against": claims_with(graph, "baseline", what),
        "datasets": together(graph, what, EntityType.DATASET),
        "tasks": together(graph, what, EntityType.TASK),
    }


def _compared(graph: Graph, method_id: str) -> list[Json]:
    """Methods on the other side of claims: `won` where this one is claimed better than it, `lost` the other way."""
    rows = select(
        graph,
        """SELECT ?id ?name (COUNT(DISTINCT ?over) AS ?won) (COUNT(DISTINCT ?under) AS ?lost) WHERE {
  { ?over kg:ofMethod $node ; kg:againstBaseline ?m } UNION { ?under kg:againstBaseline $node ; kg:ofMethod ?m }
  FILTER(?m != $node) ?m dcterms:identifier ?id ; skos:prefLabel ?name
} GROUP BY ?id ?name ORDER BY DESC(COUNT(DISTINCT ?over) + COUNT(DISTINCT ?under)) ?id LIMIT 30""",
        node=NodeId(method_id),
    )
    return [dict(row) for row in rows]


def metric(graph: Graph, *, what: str) -> Json:
    """A metric by id: its direction, the datasets it is measured on, claims in it."""
    entity = find_entity(graph, what, EntityType.METRIC)
    return {
        **entity_json(graph, entity),
        "datasets": _measured_on(graph, what),
        "claims": claims_with(graph, "metric", what),
        "papers_list": papers_with(graph, what, limit=20),
        "tasks": together(graph, what, EntityType.TASK),
    }


def _measured_on(graph: Graph, metric_id: str) -> list[Json]:
    rows = select(
        graph,
        """SELECT ?id ?name (COUNT(DISTINCT ?c) AS ?claims) WHERE {
  ?c kg:measures $node ; kg:onDataset ?d . ?d dcterms:identifier ?id ; skos:prefLabel ?name
} GROUP BY ?id ?name ORDER BY DESC(?claims) ?id LIMIT 20""",
        node=NodeId(metric_id),
    )
    return [dict(row) for row in rows]


def task(graph: Graph, *, what: str) -> Json:
    """A task by id: its papers, and what they use."""
    entity = find_entity(graph, what, EntityType.TASK)
    return {
        **entity_json(graph, entity),
        "papers_list": papers_with(graph, what),
        "datasets": together(graph, what, EntityType.DATASET),
        "methods": together(graph, what, EntityType.METHOD),
        "metrics": together(graph, what, EntityType.METRIC),
        "claims": claims_with(graph, "task", what, limit=20),
    }
