"""The rules of the question grammar: each takes what it knows from the normal form and fills in a draft.

Order counts: rules that need more words around a name stand before those that need fewer.
"""

from __future__ import annotations

from kg.ask.draft import Rule
from kg.ask.rules_bounds import take_dates, take_ranking, take_row_counts, take_values
from kg.ask.rules_compare import take_baselines, take_changes, take_comparison
from kg.ask.rules_names import take_introductions, take_names, take_negations
from kg.ask.rules_papers import refuse_two_questions, take_authors, take_papers, take_similar_by_method
from kg.ask.rules_target import take_shape, take_target, take_target_forms

RULES: tuple[Rule, ...] = (
    refuse_two_questions,
    take_papers,
    take_similar_by_method,
    take_comparison,
    take_authors,
    take_dates,
    take_ranking,
    take_row_counts,
    take_values,
    take_shape,
    take_target_forms,
    take_negations,
    take_introductions,
    take_baselines,
    take_changes,
    take_target,
    take_names,
)
"""In the order in which they are tried."""
