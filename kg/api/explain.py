"""Why an entity is what it is: its names with the reason of each, its family, the papers that name it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.api.ask import run_named
from kg.api.graph import Graph
from kg.catalog import CatalogEntity
from kg.mapping.iris import NodeId
from kg.model import EntityType

SHOWN = 10
"""Papers that are listed."""

_PATHS = {
    EntityType.DATASET: "kg:evaluatesOn|kg:introduces|kg:reportsOn",
    EntityType.METHOD: "kg:usesMethod|kg:proposes",
    EntityType.METRIC: "kg:usesMetric",
    EntityType.TASK: "kg:addresses",
}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in a list."""

    id: str
    title: str
    published: str | None


@dataclass(frozen=True, slots=True)
class EntityView:
    """An entity with what is around it; `broader` and `narrower` are (id, name), `listed` the newest papers."""

    entity: CatalogEntity
    broader: tuple[tuple[str, str], ...]
    narrower: tuple[tuple[str, str], ...]
    listed: tuple[PaperLine, ...]


def explain_entity(graph: Graph, entity: CatalogEntity) -> EntityView:
    """The view of an entity of the graph."""
    family = run_named(graph, "broader-and-narrower", {"entity": entity.id}).dicts()
    by_way = {
        way: tuple((str(row["entity"]), str(row["name"])) for row in family if row["relation"] == way)
        for way in ("broader", "narrower")
    }
    rows = graph.store().query(
        f"""SELECT DISTINCT ?paper ?title ?published WHERE {{
  ?p {_PATHS[entity.type]} $node . ?p dcterms:identifier ?paper ; dcterms:title ?title
  OPTIONAL {{ ?p dcterms:issued ?issued }} BIND(STR(?issued) AS ?published)
}} ORDER BY DESC(COALESCE(?published, "")) ?paper LIMIT {SHOWN}""",
        {"node": NodeId(entity.id)},
    )
    listed = tuple(
        PaperLine(str(row["paper"]), str(row["title"]), None if row["published"] is None else str(row["published"]))
        for row in rows.dicts()
    )
    return EntityView(entity, by_way["broader"], by_way["narrower"], listed)
