"""`export`: the whole graph as a file."""

from __future__ import annotations

from typing import BinaryIO

from kg.api.graph import Graph
from kg.api.load import bundles
from kg.records import write_records


def export(graph: Graph, form: str, out: BinaryIO) -> None:
    """Write the graph: "records" (JSON Lines), "nquads" (sorted), "ntriples" (sorted) or "turtle"."""
    if form == "records":
        write_records(graph.catalog.records(), out)
        return
    import pyoxigraph

    from kg.mapping.rdf import to_triples

    triples = (triple for bundle in bundles(graph) for triple in to_triples(bundle, graph.published.base))
    if form == "turtle":
        from kg.vocab import PREFIXES

        pyoxigraph.serialize(triples, out, format=pyoxigraph.RdfFormat.TURTLE, prefixes=PREFIXES)
        return
    # All triples are in the default graph: a line of N-Triples is a line of N-Quads.
    out.writelines(sorted(f"{triple} .\n".encode() for triple in triples))
