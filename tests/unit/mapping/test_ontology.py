"""`schemas/ontology.ttl` and `schemas/shapes.ttl` speak of the same terms as the code."""

from __future__ import annotations

import pytest
import rdflib
from fixtures.bundles import fixture_bundles
from rdflib.namespace import OWL, RDF, RDFS, SH, XSD

from kg.mapping.rdf import to_triples
from kg.resources import read_text
from kg.vocab import DERIVED_PREDICATES, EDGES, ID_PREDICATE, LOADING_PREDICATE, NODES, PREFIXES, Datatype, expand

KG = PREFIXES["kg"]
IRI = rdflib.URIRef

RANGES = {
    Datatype.STRING: XSD.string,
    Datatype.STRINGS: XSD.string,
    Datatype.INTEGER: XSD.integer,
    Datatype.DOUBLE: XSD.double,
    Datatype.DATE: XSD.date,
}


def read(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=read_text(f"schemas/{name}"), format="turtle")


ONTOLOGY = read("ontology.ttl")
SHAPES = read("shapes.ttl")
DECLARED = {str(s) for s in ONTOLOGY.subjects(RDFS.isDefinedBy) if isinstance(s, IRI)}


def used_terms() -> set[str]:
    """Every predicate and class of `kg.vocab`, as IRIs."""
    curies = [ID_PREDICATE, LOADING_PREDICATE, "rdf:type", *DERIVED_PREDICATES]
    for node in NODES.values():
        curies += [*node.classes, *(prop.predicate for prop in node.properties)]
    curies += [edge.predicate for edge in EDGES.values()]
    return {expand(curie) for curie in curies}


def emitted_terms() -> set[str]:
    triples = [triple for bundle in fixture_bundles() for triple in to_triples(bundle)]
    classes = {t.object.value for t in triples if t.predicate.value == str(RDF.type)}
    return classes | {t.predicate.value for t in triples}


def test_every_emitted_term_is_declared_or_standard() -> None:
    standard = tuple(iri for name, iri in PREFIXES.items() if name != "kg")
    assert {iri for iri in emitted_terms() if iri not in DECLARED and not iri.startswith(standard)} == set()


def test_fixture_uses_nearly_every_term() -> None:
    rare = {LOADING_PREDICATE, "kg:taskText"}
    assert used_terms() - emitted_terms() <= {expand(curie) for curie in rare}


def test_declared_terms_are_exactly_those_in_use() -> None:
    used = {iri for iri in used_terms() if iri.startswith(KG)} | {KG + "Entity"}
    assert used == DECLARED


@pytest.mark.parametrize("iri", sorted(DECLARED), ids=lambda iri: iri.removeprefix(KG))
def test_term_has_label_comment_and_place(iri: str) -> None:
    term = IRI(iri)
    labels = list(ONTOLOGY.objects(term, RDFS.label))
    assert [label.language for label in labels] == ["en"]
    assert all(str(comment).endswith(".") for comment in ONTOLOGY.objects(term, RDFS.comment))
    assert ONTOLOGY.value(term, RDFS.comment) is not None
    wanted = [RDFS.subClassOf] if (term, RDF.type, OWL.Class) in ONTOLOGY else [RDFS.range]
    assert all(ONTOLOGY.value(term, predicate) is not None for predicate in wanted)


def domain(iri: str) -> set[str]:
    """Labels of the node types in a property's domain, unions and kg:Entity taken apart."""
    found: set[str] = set()
    for node in ONTOLOGY.objects(IRI(iri), RDFS.domain):
        members = [*ONTOLOGY.items(ONTOLOGY.value(node, OWL.unionOf))] if isinstance(node, rdflib.BNode) else [node]
        for member in members:
            parts = ONTOLOGY.value(member, OWL.unionOf)
            found |= {str(m).removeprefix(KG) for m in (ONTOLOGY.items(parts) if parts is not None else [member])}
    return found


PROPERTIES = sorted(
    {(p.predicate, p.datatype) for n in NODES.values() for p in n.properties if p.predicate.startswith("kg:")}
)


@pytest.mark.parametrize(("curie", "datatype"), PROPERTIES)
def test_property_has_the_domain_and_range_of_the_vocabulary(curie: str, datatype: Datatype) -> None:
    labels = {label for label, node in NODES.items() if curie in {p.predicate for p in node.properties}}
    assert domain(expand(curie)) == labels
    assert set(ONTOLOGY.objects(IRI(expand(curie)), RDFS.range)) == {RANGES[datatype]}


@pytest.mark.parametrize("edge", [e for e in EDGES.values() if e.predicate.startswith("kg:")], ids=lambda e: e.type)
def test_edge_has_the_domain_and_range_of_the_vocabulary(edge) -> None:  # type: ignore[no-untyped-def]
    assert domain(expand(edge.predicate)) == {start for start, _ in edge.pairs}
    ranges = {str(o).removeprefix(KG) for o in ONTOLOGY.objects(IRI(expand(edge.predicate)), RDFS.range)}
    assert ranges == {end for _, end in edge.pairs}


@pytest.mark.parametrize("node", NODES.values(), ids=lambda n: n.label)
def test_classes_of_a_node_follow_from_its_own_class(node) -> None:  # type: ignore[no-untyped-def]
    above = set(ONTOLOGY.transitive_objects(IRI(KG + node.label), RDFS.subClassOf))
    assert {IRI(expand(curie)) for curie in node.classes} <= above


@pytest.mark.parametrize("label", NODES)
def test_shape_is_closed_over_exactly_the_properties_of_the_vocabulary(label: str) -> None:
    shape = SHAPES.value(predicate=SH.targetClass, object=IRI(KG + label))
    assert str(SHAPES.value(shape, SH.closed)) == "true"
    paths = {SHAPES.value(p, SH.path) for p in SHAPES.objects(shape, SH.property)}
    wanted = {ID_PREDICATE, *(p.predicate for p in NODES[label].properties)}
    wanted |= {e.predicate for e in EDGES.values() if label in {start for start, _ in e.pairs}}
    wanted |= {"qudt:hasUnit", "qudt:ucumCode"} if "kg:unit" in wanted else set()
    wanted |= {"oa:hasSource"} if label == "Evidence" else set()
    assert {str(path) for path in paths if isinstance(path, IRI)} == {expand(curie) for curie in wanted}


def test_shape_of_each_edge_asks_for_the_right_class() -> None:
    classes = {
        (SHAPES.value(shape, SH.targetClass), SHAPES.value(p, SH.path), SHAPES.value(p, SH["class"]))
        for shape in SHAPES.subjects(RDF.type, SH.NodeShape)
        for p in SHAPES.objects(shape, SH.property)
    }
    wanted = {(start, e.predicate, end) for e in EDGES.values() for start, end in e.pairs}
    assert {(IRI(KG + s), IRI(expand(p)), IRI(KG + o)) for s, p, o in wanted} <= classes
