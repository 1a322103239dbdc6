"""The graph as files, one module a format. Writers stream: they hold no whole graph in memory.

A writer takes `Bundles`, which gives the graph anew each time it is called, and either a binary file or, for
formats of many files, a folder.
"""

from kg.export.formats import FORMATS, Bundles, Format, export_format

__all__ = ["FORMATS", "Bundles", "Format", "export_format"]
