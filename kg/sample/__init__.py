"""The sample corpus: invented abstracts in the manner of the field, and their annotation."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def papers_path() -> Path:
    """The papers, JSON Lines: id, title, abstract, published, authors (null), author_count."""
    return _HERE / "papers.jsonl"


def gold_path() -> Path:
    """Their annotation: the same papers with methods, datasets, metrics, tasks and claims."""
    return _HERE / "gold.jsonl"
