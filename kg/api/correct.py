"""`correct`: what people know better, kept beside the records and applied at each build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.api.build import BuildReport, rebuild
from kg.api.graph import Graph
from kg.api.progress import Progress, silent
from kg.errors import CorrectionError
from kg.graph import GraphDirectory
from kg.resolve import append_corrections, make_correction


def correct(path: Path, action: str, fields: Mapping[str, str], *, progress: Progress = silent) -> BuildReport:
    """Add a correction and publish the graph anew. Raises `CorrectionError` for one that does not apply."""
    correction = make_correction(action, **fields)
    with Graph(path) as graph:
        if "id" in fields and graph.catalog.entity(fields["id"]) is None:
            raise CorrectionError(f"no entity {fields['id']!r} in this graph")
        if "claim" in fields and graph.catalog.paper_of_claim(fields["claim"]) is None:
            raise CorrectionError(f"no claim {fields['claim']!r} in this graph")
    append_corrections(GraphDirectory(path).corrections, [correction])
    return rebuild(path, progress=progress)
