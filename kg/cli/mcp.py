"""`kg mcp`."""

from __future__ import annotations

from kg.cli import options


def mcp(graph: options.Graph = options.GRAPH) -> None:
    """Offer the graph to programs over the Model Context Protocol, on standard input and output; reads only.

    Example: kg mcp --graph papers
    """
    from kg.api.mcp import serve_stdio

    serve_stdio(graph)
