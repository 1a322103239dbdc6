"""The graph directory: `graph.toml`, record shards, corrections and the published stores."""

from kg.graph.directory import GraphDirectory, Published
from kg.graph.shards import Shards

__all__ = ["GraphDirectory", "Published", "Shards"]
