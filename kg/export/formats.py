"""The formats by name; a format's module is imported when it is first written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError
from kg.mapping.bundle import Bundle

Bundles = Callable[[], Iterable[Bundle]]
"""Gives the whole graph in loading order (what an edge points to comes first), each time it is called."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what it is for, the module that writes it, whether it fills a folder."""

    name: str
    summary: str
    module: str
    folder: bool = False

    def write(self, bundles: Bundles, out: BinaryIO, base: str) -> None:
        """Write the graph to a file; only for formats that are one file."""
        assert not self.folder, self.name
        getattr(import_module(f"kg.export.{self.module}"), f"write_{self.name}")(bundles, out, base)

    def write_folder(self, bundles: Bundles, folder: Path) -> None:
        """Write the graph into an existing, empty folder; only for formats of many files."""
        assert self.folder, self.name
        name = self.name.replace("-", "_")
        getattr(import_module(f"kg.export.{self.module}"), f"write_{name}")(bundles, folder)


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("nquads", "RDF, a statement a line, sorted: the same graph gives the same bytes", "lines"),
        Format("ntriples", "RDF, as N-Quads: all statements are in the default graph", "lines"),
        Format("turtle", "RDF to read, with prefixes", "turtle"),
        Format("trig", "RDF to read, as Turtle", "turtle"),
        Format("jsonld", "RDF as JSON, a node a line, with the context of schemas/context.jsonld", "jsonld"),
        Format("graphml", "property graph for yEd, Gephi, NetworkX, igraph", "graphml"),
        Format("gexf", "property graph for Gephi", "gexf"),
        Format("neo4j-csv", "folder for `neo4j-admin database import full`", "neo4j_csv", folder=True),
        Format("parquet", "folder of tables, one a label and one an edge type", "parquet", folder=True),
    )
}
"""Name → format."""


def export_format(name: str) -> Format:
    """The format of that name; raises `KgError` with the known ones."""
    if name not in FORMATS:
        raise KgError(f"no export format {name!r}; known: {', '.join(FORMATS)}")
    return FORMATS[name]
