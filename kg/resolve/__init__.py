"""One entity per real thing: within a name's spellings, over all papers, and as people corrected it."""

from kg.resolve.corrected import set_field, split_id
from kg.resolve.corrections import (
    Correction,
    append_corrections,
    make_correction,
    number_corrections,
    read_corrections,
    read_log,
)
from kg.resolve.describe import Merge, ResolvedEntity
from kg.resolve.key import fold, identify
from kg.resolve.resolver import Resolver

__all__ = [
    "Correction",
    "Merge",
    "ResolvedEntity",
    "Resolver",
    "append_corrections",
    "fold",
    "identify",
    "make_correction",
    "number_corrections",
    "read_corrections",
    "read_log",
    "set_field",
    "split_id",
]
