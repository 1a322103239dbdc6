"""What a server says of itself and of its graph in RDF: service description, VoID, examples, single nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import orjson
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, serialize

from kg.api.correct import correct as add_correction
from kg.api.graph import Graph
from kg.api.protocol import Document
from kg.errors import NotFoundError
from kg.mapping.iris import to_iri
from kg.queries import NamedQuery, named_queries
from kg.resources import read_text
from kg.stores.oxigraph import OxigraphStore
from kg.stores.oxigraph_protocol import GRAPHS
from kg.stores.sparql import bind
from kg.vocab import DERIVED_PREDICATES, EDGES, ID_PREDICATE, NODES, PREFIXES, expand

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPH_FORMATS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")

Term = NamedNode | BlankNode | Literal


def describe(graph: Graph, *, base: str, media_type: str, writable: bool) -> Document:
    """The service at `base` + "/sparql": what it speaks, what the graph holds (VoID), and example queries."""
    endpoint = NamedNode(f"{base}/sparql")
    dataset = NamedNode(f"{base}/.well-known/void#dataset")
    triples = [
        *_service(endpoint, dataset, writable=writable),
        *_void(_database(graph), dataset, endpoint, graph.published.base),
        *_examples(graph, endpoint, base),
    ]
    return _document(triples, media_type, {**PREFIXES, "sd": _SD})


def node(graph: Graph, *, what: str, media_type: str) -> Document:
    """All triples about one node, as `DESCRIBE` gives them. Raises `NotFoundError`."""
    subject = NamedNode(to_iri(what, graph.published.base))
    triples = [quad.triple for quad in _database(graph).quads_for_pattern(subject, None, None)]
    if not triples:
        raise NotFoundError(f"nothing has the id {what!r}")
    return _document(triples, media_type, PREFIXES)


def correct(graph: Graph, *, action: str, fields: Mapping[str, str]) -> int:
    """Add a correction, publish the graph anew; gives the number of the new generation."""
    return add_correction(graph.path, action, fields).generation


def examples(graph: Graph) -> list[dict[str, str]]:
    """The named queries with their texts, as they run on this graph: name, title, description, sparql, cypher."""
    return [
        {
            "name": query.name,
            "title": query.title,
            "description": query.description,
            "sparql": example(graph, query) or query.sparql,
        }
        for query in named_queries().values()
    ]


def schema(graph: Graph, *, name: str) -> Document:
    """The ontology or the shapes as they ship, or all terms for completion. Raises `NotFoundError` for other names."""
    if name == "terms.json":
        return Document("application/json", orjson.dumps({"prefixes": PREFIXES, "terms": _terms()}))
    if name not in ("ontology.ttl", "shapes.ttl"):
        raise NotFoundError("there are ontology.ttl, shapes.ttl and terms.json")
    return Document("text/turtle", read_text(f"schemas/{name}").encode())


def _terms() -> list[str]:
    """Classes and predicates of the graph as queries write them."""
    classes = [name for kind in NODES.values() for name in kind.classes]
    properties = [prop.predicate for kind in NODES.values() for prop in kind.properties]
    edges = [edge.predicate for edge in EDGES.values()]
    return sorted({*classes, *properties, *edges, ID_PREDICATE, *DERIVED_PREDICATES})


def everything(graph: Graph) -> list[str]:
    """Ids of all entities and claims, and "paper/" + id of all papers: every page there is about one thing."""
    ids = [entity.id for entity in graph.catalog.entities()]
    for record in graph.catalog.records():
        ids.append(f"paper/{record.paper.id}")
        ids += [claim.id for claim in record.claims]
    return ids


def _database(graph: Graph) -> Store:
    store = graph.store("oxigraph")
    assert isinstance(store, OxigraphStore)
    return store.database


def _document(triples: list[Triple], media_type: str, prefixes: Mapping[str, str]) -> Document:
    plain = GRAPHS[media_type] in (RdfFormat.N_TRIPLES, RdfFormat.JSON_LD)
    body = serialize(triples, format=GRAPHS[media_type], prefixes=None if plain else dict(prefixes))
    assert body is not None
    return Document(media_type, body)


def _iri(curie: str) -> NamedNode:
    return NamedNode(_SD + curie[3:] if curie.startswith("sd:") else expand(curie))


def _say(subject: NamedNode | BlankNode, *pairs: tuple[str, Term]) -> Iterator[Triple]:
    for predicate, value in pairs:
        yield Triple(subject, _iri(predicate), value)


def _service(endpoint: NamedNode, dataset: NamedNode, *, writable: bool) -> Iterator[Triple]:
    default = BlankNode("defaultGraph")
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if writable else [])]
    formats = [NamedNode(_FORMATS + name) for name in (*_RESULT_FORMATS, *_GRAPH_FORMATS)]
    yield from _say(endpoint, ("rdf:type", _iri("sd:Service")), ("sd:endpoint", endpoint))
    yield from _say(endpoint, *(("sd:supportedLanguage", _iri(f"sd:{name}")) for name in languages))
    yield from _say(endpoint, *(("sd:resultFormat", one) for one in formats))
    yield from _say(endpoint, ("sd:defaultDataset", dataset))
    yield from _say(dataset, ("rdf:type", _iri("sd:Dataset")), ("sd:defaultGraph", default))
    yield from _say(default, ("rdf:type", _iri("sd:Graph")))


def _void(database: Store, dataset: NamedNode, endpoint: NamedNode, base: str) -> Iterator[Triple]:
    yield from _say(
        dataset,
        ("rdf:type", _iri("void:Dataset")),
        ("dcterms:title", Literal("Papers, methods, datasets, metrics, tasks and numeric claims")),
        ("void:sparqlEndpoint", endpoint),
        ("void:uriSpace", Literal(base)),
        ("void:triples", Literal(len(database))),
    )
    yield from _say(dataset, *(("void:vocabulary", NamedNode(iri)) for iri in PREFIXES.values()))
    for kind, predicate, count, pattern in _PARTITIONS:
        for place, (value, number) in enumerate(_counted(database, pattern)):
            part = BlankNode(f"{kind.removeprefix('void:')}{place}")  # the same at each request, for its ETag
            yield from _say(dataset, (kind, part))
            yield from _say(part, (predicate, NamedNode(value)), (count, Literal(number)))


_PARTITIONS = (
    ("void:classPartition", "void:class", "void:entities", "?s a ?x"),
    ("void:propertyPartition", "void:property", "void:triples", "?s ?x ?o"),
)


@lru_cache(maxsize=8)
def _counted(database: Store, pattern: str) -> list[tuple[str, int]]:
    """How often each class or property is used; counting reads the whole graph, so it is kept."""
    found = database.query(f"SELECT ?x (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?x ORDER BY ?x")
    return [(row["x"].value, int(row["n"].value)) for row in found]  # type: ignore[union-attr]


def _examples(graph: Graph, endpoint: NamedNode, base: str) -> Iterator[Triple]:
    """Each named query, with values of this graph, as editors that know `sh:SPARQLExecutable` offer them."""
    for query in named_queries().values():
        text = example(graph, query)
        if text is not None:
            yield from _say(
                NamedNode(f"{base}/queries/{query.name}"),
                ("rdf:type", _iri("sh:SPARQLExecutable")),
                ("rdf:type", NamedNode(PREFIXES["sh"] + "SPARQLSelectExecutable")),
                ("rdfs:label", Literal(query.title, language="en")),
                ("rdfs:comment", Literal(query.description, language="en")),
                ("sh:select", Literal(text)),
                ("schema:target", endpoint),
            )


def example(graph: Graph, query: NamedQuery) -> str | None:
    """A named query as SPARQL that runs as it stands, with the most used entities as values; None without any."""
    given = {one.name: _value(graph, one.type) for one in query.parameters if one.required}
    if not all(given.values()):
        return None
    bound = query.bind({name: value for name, value in given.items() if value}, graph.catalog)
    text = bind(query.sparql, bound, graph.published.base)
    used = [f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items() if re.search(rf"\b{name}:", text)]
    return "\n".join([*used, text])


def _value(graph: Graph, kind: str) -> str | None:
    """Something that a parameter of a type can be: an entity with most claims, a paper with claims."""
    if kind == "entity" or kind in _ROLES:
        return _most_claimed(_database(graph), _ROLES.get(kind, "onDataset"))
    if kind in ("paper", "claim"):
        record = next((one for one in graph.catalog.records() if one.claims), None)
        return None if record is None else record.paper.id if kind == "paper" else record.claims[0].id
    return {"string": "graph", "int": "10", "float": "1", "date": "2020"}.get(kind)


_ROLES = {"dataset": "onDataset", "method": "ofMethod", "metric": "measures", "task": "forTask"}


@lru_cache(maxsize=32)
def _most_claimed(database: Store, role: str) -> str | None:
    found = database.query(
        f"SELECT ?id {{ {{ SELECT ?e (COUNT(?c) AS ?n) {{ ?c kg:{role} ?e }} GROUP BY ?e ORDER BY DESC(?n) ?e LIMIT 1 }} "
        "?e dcterms:identifier ?id }",
        prefixes=PREFIXES,
    )
    return next((str(row["id"].value) for row in found), None)  # type: ignore[union-attr]
