"""A mention while it is being found: a span of the document's text with a type and a score."""

from __future__ import annotations

from typing import NamedTuple

from kg.model import EntityType


class MentionSpan(NamedTuple):
    """`text[start:end]` names something of that type; `score` is from 0 to 1, `rule` says what found it."""

    start: int
    end: int
    type: EntityType
    score: float
    rule: str = ""
    introduced: float | None = None
    """How likely the paper presents it, where that was judged."""
