"""Where a number stands and what it looks like: what decides, beside its words, whether it is a result, of which kind and with which bound."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from kg.extract.claims.passage import Passage
from kg.extract.claims.senses import SENSE
from kg.quantity import Quantity

_COORDINATED = re.compile(
    r"[^.;:()]{0,60}?(?:,|/|&|\band\b|\bor\b|\bto\b)[^.;:()]{0,40}|[^.;:()]{0,3}\([^()]{0,30}\)[^.;:()]{0,25}",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"[ $]{0,3}(?:,|/|&|\\&|(?:, ?)?(?:and|or)\b|vs\.|by\b)"
    r"(?:[ $+~<>≈-]|\\(?:sim|approx)|&[gl]t;|\b(?:by|up to|about|around|over|nearly|approximately)\b|from [$+-]?[\d.,]+ ?\\?%?\$? to\b){0,6}"
)
"""What stands between two numbers of one list."""
_LONGEST = 40
"""Characters between them, and one more."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a quantity stands: its index among the text's quantities, its sentence and its tokens [first, last)."""

    quantity: Quantity
    index: int
    sentence: int
    first: int
    last: int
    low: int
    high: int
    """Tokens [low, high) of the sentence."""
    rank: int = 0
    """Position in its list of numbers ("35%, 36% and 30%"), from 0."""
    size: int = 1
    """How many numbers the list has."""


def find_sites(passage: Passage) -> list[Site]:
    """The places of all numbers that may be results."""
    sites: list[Site] = []
    ranks = _ranks(passage)
    for index, quantity in enumerate(passage.quantities):
        if not quantity.is_candidate:
            continue
        sentence = passage.sentence_of(quantity.start)
        low, high = passage.sentence_tokens(sentence)
        first, last = passage.token_at(quantity.start), passage.token_from(quantity.end)
        sites.append(Site(quantity, index, sentence, first, max(last, first + 1), low, high, *ranks[index]))
    return sites


def _ranks(passage: Passage) -> list[tuple[int, int]]:
    """Per quantity its rank in a list of like numbers and the list's length."""
    runs: list[list[int]] = []
    for index, quantity in enumerate(passage.quantities):
        if not quantity.is_candidate:
            continue
        previous = passage.quantities[runs[-1][-1]] if runs else None
        if (
            previous is not None
            and previous.unit == quantity.unit
            and quantity.start - previous.end < _LONGEST
            and _LISTED.fullmatch(passage.text, previous.end, quantity.start)
        ):
            runs[-1].append(index)
        else:
            runs.append([index])
    ranks = [(0, 1)] * len(passage.quantities)
    for run in runs:
        for rank, index in enumerate(run):
            ranks[index] = (rank, len(run))
    return ranks


def list_end(passage: Passage, site: Site) -> int:
    """The token behind the last number of the site's list."""
    at, later = site.index, site.size - 1 - site.rank
    while later:
        at += 1
        later -= passage.quantities[at].is_candidate
    return max(site.last, passage.token_from(passage.quantities[at].end))


def describe(passage: Passage, site: Site) -> list[str]:
    """The names of the features that hold for a number: its form and place, and what is said of change; the rest of its words the layers over them read."""
    out = [*_form(passage, site), *_neighbours(passage, site), *_senses(passage, site, site.first, "")]
    head = _list_head(passage, site)
    if head is None:
        out.append("alone")
    else:
        out += [f"head={head.bound}", *_senses(passage, site, passage.token_at(head.start), "H")]
    return out


def _senses(passage: Passage, site: Site, first: int, mark: str) -> list[str]:
    """What the nearest words on either side say of change and direction, by class instead of by word."""
    words = passage.words
    left = [s for k in range(first - 1, max(site.low, first - 18) - 1, -1) if (s := SENSE.get(words[k][:6]))]
    right = [s for k in range(site.last, min(site.high, site.last + 8)) if (s := SENSE.get(words[k][:6]))]
    unit = site.quantity.unit
    unit = unit if unit in ("%", "x", "points", "") else "u"
    verb = next((s for s in left if s in ("up", "down", "level")), "0")
    change = next((s for s in left if s in ("up", "down")), "0")
    noun = next((s for s in left if s in ("low", "high")), "0")
    after, first_after = next((s for s in right if s in ("up", "down")), "0"), right[0] if right else "0"
    by = "by" in words[max(site.low, first - 4) : first]
    before = words[first - 1] if first > site.low else "|"
    return [
        f"{mark}S1={verb}{noun}{unit}{by}",
        f"{mark}S2={verb}{change}{unit}{before}",
        f"{mark}S3={verb}{after}{unit}",
        f"{mark}S4={verb}{first_after}{unit}{by}",
        f"{mark}S5={left[0] if left else 0}{first_after}{unit}",
        f"{mark}S6={change}{noun}{after}",
        f"{mark}S7={' '.join(left[:3])}{unit}{by}",
        f"{mark}S8={' '.join(right[:2])}{unit}",
        f"{mark}S9={before}{first_after}{unit}",
    ]


def _list_head(passage: Passage, site: Site) -> Quantity | None:
    """The first number that this one is coordinated with ("by 15% and, on B, 20%")."""
    quantities = passage.quantities
    at = site.index
    while at > 0:
        before, here = quantities[at - 1], quantities[at]
        same = before.is_candidate and (before.unit == here.unit) and passage.sentence_of(before.start) == site.sentence
        gap = passage.text[before.end : here.start]
        if not same or not _COORDINATED.fullmatch(gap) or _says_change(gap):
            break
        at -= 1
    return quantities[at] if at != site.index else None


def _says_change(gap: str) -> bool:
    return any(
        SENSE.get(word[:6]) in ("up", "down", "level")
        for word in gap.lower().split()
        if word not in ("of", "with", "at")
    )


def _form(passage: Passage, site: Site) -> list[str]:
    q = site.quantity
    unit = q.unit if len(q.unit) < 7 else "other"
    sentences = len(passage.sentences)
    place = "title" if q.start <= passage.title_end else str(min(4, int(5 * site.sentence / max(1, sentences))))
    size = "0" if q.value == 0 else str(max(-4, min(9, math.floor(math.log10(abs(q.value))))))
    year = "y" if 1950 <= q.value <= 2040 and q.role.value == "count" else ""
    form = f"{q.role.value}:{q.shape}"
    return [
        f"unit={unit}",
        f"form={form}",
        f"unit+form={unit}:{form}",
        f"bound={q.bound}:{unit in ('%', 'x', 'points')}",
        f"sign={q.sign}:{unit}",
        f"range={q.value_high is not None}",
        f"base={q.baseline_value is not None}",
        f"dev={q.deviation is not None}",
        f"inh={q.inherited_unit}",
        f"place={place}:{'' if unit else 'bare'}",
        f"last={site.sentence >= sentences - 2}",
        f"size={size}:{q.role.value}{year}",
        f"value={q.value:g}" if q.value < 13 or q.value in (95, 99, 100) else "value=big",
        f"list={min(3, site.size)}:{site.rank == 0}",
    ]


def _neighbours(passage: Passage, site: Site) -> list[str]:
    """How the number stands to the number before and after it."""
    out: list[str] = []
    q, quantities = site.quantity, passage.quantities
    for side, other in (("<", site.index - 1), (">", site.index + 1)):
        if not 0 <= other < len(quantities) or passage.sentence_of(quantities[other].start) != site.sentence:
            out.append(f"{side}none")
            continue
        o = quantities[other]
        same = "same" if o.unit == q.unit else o.unit if len(o.unit) < 6 else "other"
        out.append(f"{side}{o.role.value}:{same}")
    out.append(f"brackets={_in_brackets(passage, site)}")
    return out


def _in_brackets(passage: Passage, site: Site) -> bool:
    start = passage.sentences[site.sentence][0]
    before = passage.text[max(start, site.quantity.start - 80) : site.quantity.start]
    return before.rfind("(") > before.rfind(")")
