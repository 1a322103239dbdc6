"""Whether a graph is as `schemas/shapes.ttl` says (SHACL), and every quote stands at its offsets.

Works on excerpts, so that memory stays flat in the graph's size: in each, only the excerpt's own nodes are judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import MissingExtraError
from kg.mapping.excerpt import Excerpt
from kg.mapping.iris import from_iri
from kg.mapping.rdf import RDF_TYPE
from kg.resources import read_text
from kg.vocab import BASE, LOADING_PREDICATE, NODES, PREFIXES, expand

if TYPE_CHECKING:
    import rdflib

_MEANINGS = {
    "Class": "is not of the right class",
    "Closed": "the shape allows no such property",
    "Datatype": "is of another datatype",
    "Equals": "does not agree with the claims",
    "In": "is none of the allowed values",
    "LessThan": "is not less than the end",
    "LessThanOrEquals": "lies outside the sentence",
    "MaxCount": "has too many values",
    "MinCount": "is missing",
    "Pattern": "is not written as it should be",
}
"""What it means to break a constraint of `schemas/shapes.ttl`; others are named as SHACL names them."""

_KINDS = {NamedNode(expand(f"kg:{label}")) for label in NODES}
_STRING = NamedNode(expand("xsd:string"))
_LOADING = NamedNode(expand(LOADING_PREDICATE))


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with one node: its id (or IRI), the shape that it breaks, where, and how."""

    node: str
    shape: str
    path: str
    message: str


class Validator:
    """Judges excerpts. Raises `MissingExtraError` where pyshacl is not installed."""

    def __init__(self, base: str = BASE) -> None:
        try:
            import pyshacl
        except ImportError as exc:
            raise MissingExtraError("pyshacl", "validate") from exc
        self._validate = pyshacl.validate
        self._base = base

    def problems(self, excerpt: Excerpt) -> list[Problem]:
        """All problems of the excerpt's nodes, sorted."""
        found = {*self._unclassed(excerpt), *self._broken_quotes(excerpt), *self._broken_shapes(excerpt)}
        return sorted(found)

    def _name(self, iri: str) -> str:
        return from_iri(iri, self._base) or iri

    def _unclassed(self, excerpt: Excerpt) -> Iterator[Problem]:
        """Shapes are for classes, so a node without one would go unseen."""
        classed = {t.subject for t in excerpt.triples if t.predicate == RDF_TYPE and t.object in _KINDS}
        loading = {t.subject for t in excerpt.triples if t.predicate == _LOADING}
        for node in excerpt.nodes - classed:
            message = "its first load has not ended" if node in loading else "is of no class of the graph"
            yield Problem(self._name(node.value), "", "rdf:type", message)

    def _broken_quotes(self, excerpt: Excerpt) -> Iterator[Problem]:
        values = _values(excerpt.triples)
        for node in excerpt.nodes:
            spans = _spans(values, node)
            for path, text, wanted in spans:
                if text != wanted:
                    message = f"the text at its offsets is {_short(text)}, not {_short(wanted)}"
                    yield Problem(self._name(node.value), "quote", path, message)

    def _broken_shapes(self, excerpt: Excerpt) -> Iterator[Problem]:
        targets: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
        for t in excerpt.triples:
            kind, node = t.object, t.subject
            if t.predicate == RDF_TYPE and kind in _KINDS and node in excerpt.nodes:
                targets[cast(NamedNode, kind)].append(cast(NamedNode, node))
        shapes = self._shapes_of(targets)
        conforms, report, _ = self._validate(_to_rdflib(excerpt.triples), shacl_graph=shapes, inplace=True)
        if not conforms:
            classes = {(node.value, kind.value) for kind, nodes in targets.items() for node in nodes}
            yield from self._read(report, classes)

    @cached_property
    def _shapes(self) -> rdflib.Graph:
        import rdflib

        return rdflib.Graph().parse(data=read_text("schemas/shapes.ttl"), format="turtle")

    def _shapes_of(self, targets: dict[NamedNode, list[NamedNode]]) -> rdflib.Graph:
        """The shapes aimed at nodes by name: the classes' other members in an excerpt are not whole."""
        import rdflib
        from rdflib.namespace import SH

        aimed = rdflib.Graph()
        for triple in self._shapes:
            if triple[1] != SH.targetClass:
                aimed.add(triple)
                continue
            for node in targets.get(NamedNode(str(triple[2])), ()):
                aimed.add((triple[0], SH.targetNode, rdflib.URIRef(node.value)))
        return aimed

    def _read(self, report: Any, classes: set[tuple[str, str]]) -> Iterator[Problem]:
        from rdflib.namespace import RDF, SH

        for result in report.subjects(RDF.type, SH.ValidationResult):
            source = report.value(result, SH.sourceShape)
            rule = str(report.value(result, SH.sourceConstraintComponent)).rpartition("#")[2]
            node = str(report.value(result, SH.focusNode))
            yield Problem(
                self._name(node),
                self._shape_of(source, node, classes),
                self._path(report.value(result, SH.resultPath)),
                self._message(rule, report.value(result, SH.value), self._shapes.value(source, SH.message)),
            )

    def _shape_of(self, source: Any, node: str, classes: set[tuple[str, str]]) -> str:
        """The node shape that led to a (property) shape: several may share it, so the node's class decides."""
        from rdflib.namespace import SH

        for shape in [source, *self._shapes.subjects(SH.property, source)]:
            if (node, str(self._shapes.value(shape, SH.targetClass))) in classes:
                return str(shape).rpartition("#")[2]
        return ""

    def _path(self, path: Any) -> str:
        from rdflib import BNode
        from rdflib.namespace import SH

        if path is None:
            return ""
        if not isinstance(path, BNode):
            return _curie(str(path))
        inverse = self._shapes.value(path, SH.inversePath)
        if inverse is not None:
            return f"^{_curie(str(inverse))}"
        return "/".join(_curie(str(step)) for step in self._shapes.items(path))

    def _message(self, rule: str, value: Any, said: Any) -> str:
        name = rule.removesuffix("ConstraintComponent")
        text = _MEANINGS.get(name, name) if said is None else str(said)
        return text if value is None else f"{text}: {_short(self._name(str(value)))}"


def _curie(iri: str) -> str:
    for name, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{name}:{iri[len(namespace) :]}"
    return f"<{iri}>"


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")


_Values = dict[tuple[Any, str], list[Any]]


def _values(triples: Iterable[Triple]) -> _Values:
    """Objects by (subject, predicate's CURIE), for the predicates that quotes need."""
    wanted = {NamedNode(expand(name)): name for name in _QUOTES}
    found: _Values = defaultdict(list)
    for t in triples:
        if t.predicate in wanted:
            value = t.object.value if isinstance(t.object, Literal) else t.object
            found[t.subject, wanted[t.predicate]].append(value)
    return found


_QUOTES = (
    "oa:hasSource", "kg:field", "oa:start", "oa:end", "oa:exact", "kg:sentenceStart", "kg:sentenceEnd", "kg:sentence",
    "dcterms:title", "dcterms:abstract",
)  # fmt: skip


def _spans(values: _Values, node: NamedNode) -> Iterator[tuple[str, str, str]]:
    """(predicate, text at the offsets, text that is claimed to stand there); what is missing is left to the shapes."""
    field = values.get((node, "kg:field"), [""])[0]
    for source in values.get((node, "oa:hasSource"), ()):
        for text in values.get((source, f"dcterms:{field}"), ()):
            for start, end, quote in (
                ("oa:start", "oa:end", "oa:exact"),
                ("kg:sentenceStart", "kg:sentenceEnd", "kg:sentence"),
            ):
                parts = [values.get((node, name), [None])[0] for name in (start, end, quote)]
                if all(part is not None for part in parts) and parts[0].isdecimal() and parts[1].isdecimal():
                    yield quote, text[int(parts[0]) : int(parts[1])], parts[2]


def _to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    import rdflib

    iris: dict[str, rdflib.URIRef] = {}

    def convert(term: Any) -> Any:
        if isinstance(term, NamedNode):
            known = iris.get(term.value)
            return known if known is not None else iris.setdefault(term.value, rdflib.URIRef(term.value))
        if isinstance(term, BlankNode):
            return rdflib.BNode(term.value)
        if term.language is not None:
            return rdflib.Literal(term.value, lang=term.language)
        # rdflib writes a text without a datatype, and compares terms as they are written.
        datatype = None if term.datatype == _STRING else convert(term.datatype)
        return rdflib.Literal(term.value, datatype=datatype, normalize=False)

    graph = rdflib.Graph()
    for t in triples:
        graph.add((convert(t.subject), convert(t.predicate), convert(t.object)))
    return graph
