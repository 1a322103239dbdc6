"""Some papers side by side."""

from __future__ import annotations

from collections.abc import Sequence

from kg.api.graph import Graph
from kg.api.site.common import Json, claim_json, named, paper_json
from kg.errors import QueryParameterError
from kg.model import EntityType, Record

MOST = 6


def compare(graph: Graph, *, papers: Sequence[str]) -> Json:
    """Papers (ids or titles) with their claims, and the entities that at least two of them name.

    Raises `NotFoundError` for a paper that is not there.
    """
    if len(papers) > MOST:
        raise QueryParameterError(f"compare at most {MOST} papers")
    records = [graph.record(one) for one in dict.fromkeys(papers) if one.strip()]
    naming: dict[str, set[str]] = {}
    for record in records:
        for entity in record.entities:
            naming.setdefault(entity.id, set()).add(record.paper.id)
    shared = {
        kind.value: [
            {**named(graph, entity_id), "in": [r.paper.id for r in records if r.paper.id in among]}
            for entity_id, among in sorted(naming.items(), key=lambda item: (-len(item[1]), item[0]))
            if entity_id.startswith(f"{kind.value}/") and len(among) > 1
        ]
        for kind in EntityType
    }
    return {
        "papers": [
            {**paper_json(record), "claims": [claim_json(graph, record, claim) for claim in record.claims]}
            for record in records
        ],
        "shared": shared,
        "rows": _rows(graph, records),
    }


def _rows(graph: Graph, records: Sequence[Record]) -> list[Json]:
    """Claims by dataset and metric: a row for each pair, a cell for each paper."""
    table: dict[tuple[str, str], dict[str, list[Json]]] = {}
    for record in records:
        for claim in record.claims:
            flat = claim_json(graph, record, claim)
            key = (", ".join(flat["datasets"]) or "—", flat["metric"] or "—")
            table.setdefault(key, {}).setdefault(flat["paper"], []).append(flat)
    ordered = sorted(table.items(), key=lambda item: (-len(item[1]), item[0]))
    return [{"dataset": dataset, "metric": metric, "cells": cells} for (dataset, metric), cells in ordered]
