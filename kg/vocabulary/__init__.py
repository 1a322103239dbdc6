"""The names that the field uses: datasets, metrics, methods, tasks, with aliases and families."""

from kg.vocabulary.edit import Problem, add_term, check
from kg.vocabulary.files import (
    UNITS,
    load,
    make_term,
    parse_type,
    read_user_terms,
    split_aliases,
)
from kg.vocabulary.fold import fold
from kg.vocabulary.terms import DIRECTIONS, Term, Vocabulary
from kg.vocabulary.user import ENVIRONMENT, add_user_file, also_reading, user_digest, user_files

__all__ = [
    "DIRECTIONS",
    "ENVIRONMENT",
    "UNITS",
    "Problem",
    "Term",
    "Vocabulary",
    "add_term",
    "add_user_file",
    "also_reading",
    "check",
    "fold",
    "load",
    "make_term",
    "parse_type",
    "read_user_terms",
    "split_aliases",
    "user_digest",
    "user_files",
]
