"""The first page: what the graph holds, and questions that it can answer."""

from __future__ import annotations

from kg.api.graph import Graph
from kg.api.site.common import Json
from kg.api.site.index import Found, index_of
from kg.model import EntityType


def home(graph: Graph) -> Json:
    """Counts, the most used entities of each type, the newest papers, example questions."""
    used = {
        kind.value: [{"id": e.id, "name": e.name, "papers": e.papers} for e in graph.catalog.most_used(kind, 8)]
        for kind in EntityType
    }
    newest = Found().papers(index_of(graph), 6)
    return {
        "counts": graph.catalog.counts(),
        "used": used,
        "newest": newest,
        "questions": _questions(graph, used),
        "generation": graph.published.generation,
        "extractor": f"{graph.published.extractor} {graph.published.version}".strip(),
    }


def _questions(graph: Graph, used: dict[str, list[Json]]) -> list[str]:
    """Wordings that every graph with such entities answers; the datasets are those with most claims."""
    sql = (
        "SELECT e.name FROM role r JOIN entity e ON e.n = r.entity WHERE r.role = 'dataset' "
        "GROUP BY e.n ORDER BY count(*) DESC, e.id LIMIT 2"
    )
    datasets = [name for (name,) in index_of(graph).execute(sql)]
    first = {kind: entries[0]["name"] for kind, entries in used.items() if entries}
    forms = (
        ("which papers report results on {}", datasets[0] if datasets else None),
        ("best results on {}", datasets[-1] if datasets else None),
        ("which datasets are used for {}", first.get("task")),
        ("which papers use {}", first.get("method")),
    )
    return [form.format(name) for form, name in forms if name]
