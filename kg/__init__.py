"""A knowledge graph of papers, methods, datasets, metrics, tasks and numeric claims, read from abstracts.

    import kg

    record = kg.extract_text("We train X-Net on CIFAR-10 and reach 98.2% accuracy.")
    graph = kg.build(["papers.jsonl"], "graph")
    graph.ask("which papers report results on CIFAR-10").rows

Importing the package loads nothing; each name is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api.ask import Answer
    from kg.api.explain import EntityView
    from kg.api.python import KnowledgeGraph, build, extract_papers, extract_text, open, read_papers
    from kg.api.show import ClaimView
    from kg.catalog import CatalogEntity
    from kg.errors import KgError
    from kg.model import Claim, Entity, EntityType, Evidence, Mention, Paper, Record, Rows

_HOMES = {
    "Answer": "kg.api.ask",
    "CatalogEntity": "kg.catalog",
    "Claim": "kg.model",
    "ClaimView": "kg.api.show",
    "Entity": "kg.model",
    "EntityType": "kg.model",
    "EntityView": "kg.api.explain",
    "Evidence": "kg.model",
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.api.python",
    "Mention": "kg.model",
    "Paper": "kg.model",
    "Record": "kg.model",
    "Rows": "kg.model",
    "build": "kg.api.python",
    "extract_papers": "kg.api.python",
    "extract_text": "kg.api.python",
    "open": "kg.api.python",
    "read_papers": "kg.api.python",
}

__all__ = [
    "Answer",
    "CatalogEntity",
    "Claim",
    "ClaimView",
    "Entity",
    "EntityType",
    "EntityView",
    "Evidence",
    "KgError",
    "KnowledgeGraph",
    "Mention",
    "Paper",
    "Record",
    "Rows",
    "build",
    "extract_papers",
    "extract_text",
    "open",
    "read_papers",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("paperkg")
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
