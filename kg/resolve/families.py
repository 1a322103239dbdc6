"""Versions and sizes: "ZubNet-v2 7B" belongs to the family "ZubNet-v2", and that to "ZubNet"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import EntityType

_SIZE = (
    r"\d+(?:\.\d+)*[A-Za-z]?|v\.?\d+(?:\.\d+)*|\d+(?:\.\d+)?[KMBT](?:-A\d+B)?|\d+x\d+B|"
    r"tiny|nano|small|medium|base|large|huge|giant|mini|micro|lite|light|plus|pro|max|ultra|turbo|flash|preview|"
    r"instruct|chat|thinking|coder|math|xxl|xl|xs|[SBLHGT]|\+{1,2}"
)
_METHOD = re.compile(
    rf"(?:(?:[\s_-]+(?:{_SIZE})|(?<=[A-Za-z])[vV]\d+(?:\.\d+)*|(?<=[a-z])\d+(?:\.\d+)*|\+{{1,2}}))$", re.I
)
_LETTER = re.compile(r"(?<=\d)[a-z]$")
_DATASET = re.compile(
    r"(?:[\s_-]+(?:\d+(?:\.\d+)*[KkMB]?|v\.?\d+(?:\.\d+)*|C|R|A|V2|LT|HQ|Lite|Verified|Pro|Hard|mini|test)"
    r"|(?<=[A-Za-z])\d+(?:\.\d+)*[KkM]?|\+{1,2})$"
)
_METRIC = re.compile(r"@[\w.:]+$")
_TAILS = {EntityType.METHOD: (_LETTER, _METHOD), EntityType.DATASET: (_DATASET,), EntityType.METRIC: (_METRIC,)}
_LEVELS = 3


def is_family(candidate: str, name: str) -> bool:
    """Whether the thing that `candidate` was found to be is a family: no other version ("LAION" → "LAION-5B"),
    and not a name in capitals for a word that has none ("Dota" → "DOTA")."""
    new_digits = [c for c in name if c.isdigit()] != [c for c in candidate if c.isdigit()]
    return not new_digits and (candidate.isupper() or not name.isupper())


def iter_families(kind: EntityType, name: str) -> Iterator[str]:
    """Names of families that the form of a name suggests, nearest first; whether they exist is for the caller.

    "Llama 3.1 8B" → "Llama 3.1", "Llama"; "GPT-4o" → "GPT-4", "GPT"; "recall@10" → "recall".
    """
    for _ in range(_LEVELS):
        rest = next((cut for tail in _TAILS.get(kind, ()) if (cut := tail.sub("", name)) != name), "")
        if sum(c.isalpha() for c in rest) < 2:
            return
        yield rest
        name = rest
