"""Parameters of a compiled query, and the parts of an intent that both dialects read alike."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.ask.intent import EntityFilter, Form, Intent, Role, Target
from kg.mapping.iris import NodeId
from kg.model import EntityType

TYPE_OF = {Target(kind.value): kind for kind in EntityType}
"""Target → type of entity, for those that are one."""

DEFAULT_LIMIT = 10
"""Rows of a ranking where the question names no number."""


@dataclass
class Binder:
    """Collects parameters; every value of a question reaches the query through here."""

    values: dict[str, str | int | float] = field(default_factory=dict)

    def node(self, node_id: str) -> str:
        """`$n0` for a node; the same id has the same parameter."""
        for name, value in self.values.items():
            if isinstance(value, NodeId) and value == node_id:
                return f"${name}"
        return self.value(f"n{sum(isinstance(v, NodeId) for v in self.values.values())}", NodeId(node_id))

    def nodes(self, part: EntityFilter) -> list[str]:
        """Parameters of a filter's names."""
        return [self.node(named.id) for named in part.names]

    def value(self, name: str, value: str | int | float) -> str:
        """`$name`, bound to a value."""
        self.values[name] = value
        return f"${name}"


@dataclass(frozen=True)
class Split:
    """A question's filters by what they hold of: the paper or the claim."""

    paper: tuple[EntityFilter, ...]
    claim: tuple[EntityFilter, ...]


def is_further_method(part: EntityFilter, intent: Intent) -> bool:
    """Whether a filter names a method beside the one that the claims are of."""
    methods = intent.of_type(EntityType.METHOD)
    return part in methods[1:] and intent.form is not Form.COMPARE


def split_filters(intent: Intent) -> Split:
    """Which filters the paper must meet and which the claim.

    Where papers are asked for, their methods are the paper's; datasets must hold of the paper and, where its
    numbers are listed, of the claim as well. Tasks are the paper's: few claims name theirs. A claim is of one
    method: of several that are wanted together ("pruning on VGG-16"), all but the first are the paper's.
    """
    with_claims = intent.target is Target.CLAIM or intent.needs_claim
    paper: list[EntityFilter] = []
    claim: list[EntityFilter] = []
    for part in intent.filters:
        if part.role is Role.BASELINE:
            claim.append(part)
        elif (
            not with_claims
            or part.role is Role.INTRODUCED
            or part.type is EntityType.TASK
            or (intent.target is Target.PAPER and (part.negated or part.type is EntityType.METHOD))
            or is_further_method(part, intent)
        ):
            paper.append(part)
        else:
            claim.append(part)
    if intent.target is Target.PAPER and with_claims:
        positive = [part for part in claim if part.type is EntityType.DATASET and not part.negated]
        if len(positive) > 1:
            paper += positive
            claim = [part for part in claim if part not in positive]
            claim.append(EntityFilter(EntityType.DATASET, tuple(n for part in positive for n in part.names)))
    return Split(tuple(paper), tuple(claim))


def year_bounds(intent: Intent) -> tuple[int | None, int | None]:
    """For papers of which only the year is known: the first year that belongs wholly, the first that does not."""
    first = last = None
    if intent.since is not None:
        whole = intent.since[4:] in ("", "-01", "-01-01")
        first = int(intent.since[:4]) + (0 if whole else 1)
    if intent.before is not None:
        last = int(intent.before[:4])
    return first, last
