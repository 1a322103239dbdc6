"""Which media type a client gets."""

from __future__ import annotations

from collections.abc import Sequence

RESULT_TYPES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPH_TYPES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")

ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
GRAPH_ALIASES = {
    "application/json": "application/ld+json",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
    "application/xml": "application/rdf+xml",
    "text/n3": "text/turtle",
}
_SHORT = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "turtle": (None, "text/turtle"),
    "ttl": (None, "text/turtle"),
    "n3": (None, "text/turtle"),
    "ntriples": (None, "application/n-triples"),
    "nt": (None, "application/n-triples"),
    "rdfxml": (None, "application/rdf+xml"),
    "rdf+xml": (None, "application/rdf+xml"),
    "jsonld": (None, "application/ld+json"),
    "json-ld": (None, "application/ld+json"),
}
"""Value of the parameter `format` → type of a table and of a graph."""


def short_types(name: str) -> tuple[str | None, str | None] | None:
    """The types that a parameter `format` asks for, of a table and of a graph; None where it says nothing known.

    For clients that cannot set a header; others send the parameter besides theirs, in words of their own.
    """
    name = name.strip().lower()
    if "/" in name:
        table, graph = ALIASES.get(name, name), GRAPH_ALIASES.get(name, name)
        found = (table if table in RESULT_TYPES else None, graph if graph in GRAPH_TYPES else None)
        return found if any(found) else None
    return _SHORT.get(name)


def parse_accept(header: str) -> list[tuple[str, float, int]]:
    """Media ranges of an Accept header with weight and position; what cannot be read is left out."""
    found = []
    for place, part in enumerate(header[:2000].split(",")[:50]):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    weight = min(1.0, max(0.0, float(parameter[2:])))
                except ValueError:
                    weight = 0.0
        if "/" in name:
            found.append((name, weight, place))
    return found


def choose(header: str | None, offered: Sequence[str], aliases: dict[str, str] | None = None) -> str | None:
    """The offered type that an Accept header likes best; the first where it likes all alike, None where none.

    A more specific range overrides a wider one; `aliases` are other names of offered types.
    """
    if not header or not header.strip():
        return offered[0]
    ranges = [((aliases or {}).get(name, name), weight, place) for name, weight, place in parse_accept(header)]
    best: tuple[float, int, int] | None = None
    chosen = None
    for rank, kind in enumerate(offered):
        fits = [(_width(name), weight, place) for name, weight, place in ranges if _matches(name, kind)]
        if not fits:
            continue
        width, weight, place = min(fits, key=lambda fit: (fit[0], -fit[1]))
        score = (weight, -width, -place - rank * (width > 0))
        if weight > 0 and (best is None or score > best):
            best, chosen = score, kind
    return chosen


def _width(name: str) -> int:
    return 2 if name == "*/*" else 1 if name.endswith("/*") else 0


def _matches(name: str, kind: str) -> bool:
    return name in ("*/*", kind) or (name.endswith("/*") and kind.startswith(name[:-1]))
