"""N-Quads and N-Triples, sorted."""

from __future__ import annotations

from typing import BinaryIO

from kg.export.formats import Bundles
from kg.export.sorting import sorted_unique
from kg.mapping.rdf import to_triples


def write_ntriples(bundles: Bundles, out: BinaryIO, base: str) -> None:
    """A triple a line, in byte order."""
    lines = (f"{triple} .\n".encode() for bundle in bundles() for triple in to_triples(bundle, base))
    out.writelines(sorted_unique(lines))


write_nquads = write_ntriples
"""All triples are in the default graph: a line of N-Triples is a line of N-Quads."""
