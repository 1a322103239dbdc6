"""Writes the generated parts of `model.md`: the picture, the tables, the example. Run it from the project's root:

    python docs/make_model.py

A part stands between `<!-- NAME -->` and `<!-- /NAME -->`. A test fails where the file is not current.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, serialize

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fixtures.bundles import fixture_bundles  # noqa: E402

from kg.mapping.bundle import Bundle, Node, PropertyValue  # noqa: E402
from kg.mapping.iris import to_iri  # noqa: E402
from kg.mapping.rdf import to_triples  # noqa: E402
from kg.mapping.units import UNITS  # noqa: E402
from kg.vocab import EDGES, ENTITY_LABELS, NODES, PREFIXES, Datatype  # noqa: E402

PAGE = ROOT / "docs" / "model.md"
PAPER, CLAIM = "sample:0001", "claim/1e00181d091b"
EVIDENCE = CLAIM.replace("claim/", "evidence/")

_TYPES = {Datatype.STRINGS: "list of strings", Datatype.DATE: "date (ISO text in the property graph)"}


def picture() -> str:
    """Labels and edge types as a Mermaid flow chart; edges between the same labels share an arrow."""
    arrows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for edge in EDGES.values():
        for start, end in edge.pairs:
            arrows[start, end].append(edge.type)
    lines = ["```mermaid", "flowchart LR"]
    lines += [f"  {label}[{label}]" for label in NODES]
    lines += [f'  {start} -- "{"<br/>".join(types)}" --> {end}' for (start, end), types in arrows.items()]
    entities = ",".join(ENTITY_LABELS.values())
    lines += ["  classDef entity fill:#e8f1fb,stroke:#3b6ea5", f"  class {entities} entity"]
    lines += ["  classDef claim fill:#fdf1dc,stroke:#b3781d", "  class Claim,Evidence claim", "```"]
    return "\n".join(lines)


def nodes() -> str:
    """A table a label: property, RDF predicate, type."""
    parts: list[str] = []
    for node in NODES.values():
        classes = ", ".join(f"`{name}`" for name in node.classes)
        rows = [("id", "dcterms:identifier", "string")]
        rows += [(p.name, p.predicate, _TYPES.get(p.datatype, p.datatype.value)) for p in node.properties]
        table = _table(("property", "predicate", "type"), ((f"`{n}`", f"`{p}`", t) for n, p, t in rows))
        parts.append(f"**{node.label}** is {classes}\n\n{table}")
    return "\n\n".join(parts)


def edges() -> str:
    """All edge types: property graph, RDF, from, to."""
    rows = (
        (f"`{edge.type}`", f"`{edge.predicate}`", ", ".join(f"{start} → {end}" for start, end in edge.pairs))
        for edge in EDGES.values()
    )
    return _table(("property graph", "RDF", "from → to"), rows)


def units() -> str:
    """Every unit that has a term elsewhere."""
    rows = (
        (f"`{unit}`" if unit else "(none)", f"`unit:{t.qudt}`" if t.qudt else "", f"`{t.ucum}`")
        for unit, t in UNITS.items()
    )
    return _table(("unit", "QUDT", "UCUM"), rows)


def turtle() -> str:
    """One claim with its evidence in Turtle."""
    subjects = [to_iri(node_id) for node_id in (CLAIM, EVIDENCE)]
    bundle = _bundle()
    triples = [t for t in to_triples(bundle) if t.subject.value in subjects or t.object.value == subjects[0]]
    triples.sort(key=lambda t: [to_iri(PAPER), *subjects].index(t.subject.value))
    text = serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES).decode()
    used = [
        line for line in text.splitlines() if not line.startswith("@prefix") or f" {line.split()[1]}" in _bodies(text)
    ]
    return "```turtle\n" + "\n".join(used).strip() + "\n```"


def _bodies(text: str) -> str:
    body = "\n".join(line for line in text.splitlines() if not line.startswith("@prefix"))
    return " " + re.sub(r"\s+", " ", re.sub(r'"(?:[^"\\]|\\.)*"(?:\^\^)?', " ", body)).replace("^^", " ")


def cypher() -> str:
    """The same claim in Cypher."""
    bundle = _bundle()
    found = {node.id: node for node in bundle.nodes}
    names = {CLAIM: "claim", EVIDENCE: "evidence"}
    mine = [edge for edge in bundle.edges if edge.start == CLAIM or edge.end == CLAIM]
    lines = [f"MATCH (paper:Paper {{id: {_value(PAPER)}}})"]
    for number, edge in enumerate(edge for edge in mine if edge.start == CLAIM and edge.end not in names):
        names[edge.end] = f"{edge.end_label[0].lower()}{number}"
        lines.append(f"MATCH ({names[edge.end]}:{edge.end_label} {{id: {_value(edge.end)}}})")
    lines += [f"CREATE ({names[i]}:{found[i].label} {{{_map(found[i])}}})" for i in (CLAIM, EVIDENCE)]
    names[PAPER] = "paper"
    lines += [f"CREATE ({names[e.start]})-[:{e.type}]->({names[e.end]})" for e in mine]
    return "```cypher\n" + "\n".join(lines) + "\n```"


def _map(node: Node) -> str:
    pairs = [("id", node.id), *((name, value) for name, value in node.properties.items() if value != "")]
    return ", ".join(f"{name}: {_value(value)}" for name, value in pairs)


def _value(value: PropertyValue) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'" if isinstance(value, str) else str(value)


def _bundle() -> Bundle:
    return next(bundle for bundle in fixture_bundles() if bundle.owner.id == PAPER)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(head)]
    lines += [tuple("---" for _ in lines[0]), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


PARTS: dict[str, Callable[[], str]] = {
    "picture": picture,
    "nodes": nodes,
    "edges": edges,
    "units": units,
    "turtle": turtle,
    "cypher": cypher,
}


def current(text: str) -> str:
    """The page with every generated part made anew."""
    for name, make in PARTS.items():
        pattern = re.compile(rf"<!-- {name} -->\n.*?<!-- /{name} -->", re.DOTALL)
        before, after = pattern.split(text, maxsplit=1)
        text = f"{before}<!-- {name} -->\n{make()}\n<!-- /{name} -->{after}"
    return text


def queries(text: str) -> Iterator[tuple[str, str]]:
    """(language, query) of the page's fenced queries, for the test that runs them."""
    return (
        (m[1], m[2])
        for m in re.finditer(r"```(sparql|cypher)\n((?:SELECT|MATCH)[^`]*?)```", text)
        if "CREATE" not in m[2]
    )


if __name__ == "__main__":
    PAGE.write_text(current(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
