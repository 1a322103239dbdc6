"""Papers from files of many formats."""

from kg.sources.base import OpenedSource, Source, open_source, source_names
from kg.sources.input import Input
from kg.sources.merge import merge, merge_duplicates
from kg.sources.problems import Problems

__all__ = [
    "Input",
    "OpenedSource",
    "Problems",
    "Source",
    "merge",
    "merge_duplicates",
    "open_source",
    "source_names",
]
