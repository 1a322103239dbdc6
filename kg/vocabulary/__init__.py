"""The names that the field uses: datasets, metrics, methods, tasks, with aliases and families."""

from kg.vocabulary.edit import Problem, add_term, check
from kg.vocabulary.files import ENVIRONMENT, load, parse_type, split_aliases
from kg.vocabulary.fold import fold
from kg.vocabulary.terms import DIRECTIONS, Term, Vocabulary

__all__ = [
    "DIRECTIONS",
    "ENVIRONMENT",
    "Problem",
    "Term",
    "Vocabulary",
    "add_term",
    "check",
    "fold",
    "load",
    "parse_type",
    "split_aliases",
]
