"""The columns of each shape of answer."""

from __future__ import annotations

from kg.ask.intent import Form, Intent, Target
from kg.queries import Column

_PAPER = (Column("paper"), Column("title"), Column("published", "date"))

CLAIM_COLUMNS = (
    *_PAPER,
    Column("claim"),
    Column("value", "float"),
    Column("value_high", "float"),
    Column("unit"),
    Column("kind"),
    Column("bound"),
    Column("metric"),
    Column("method"),
    Column("datasets", "strings"),
    Column("baseline"),
    Column("baseline_value", "float"),
    Column("quote"),
    Column("sentence"),
)


def columns_of(intent: Intent) -> tuple[Column, ...]:
    """What the rows of an answer hold."""
    if intent.form is Form.COUNT:
        return (Column("count", "int"),)
    if intent.form is Form.PER_YEAR:
        return (Column("year", "int"), Column("papers", "int"))
    if intent.form is Form.SIMILAR:
        return (*_PAPER, Column("shared", "int"))
    if intent.rows_are_claims or intent.claims_are_optional:
        return CLAIM_COLUMNS
    if intent.target is Target.PAPER:
        return (*_PAPER, Column("authors", "strings")) if intent.with_authors else _PAPER
    return (Column(intent.target.value), Column("name"), Column("papers", "int"))
