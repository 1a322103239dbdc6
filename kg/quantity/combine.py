"""Puts numbers together: ranges, deviations, lists with a shared unit, "from … to …", signs and bounds."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.quantity.model import Quantity, Role
from kg.quantity.scan import ANY_NUMBER, scan, to_lower
from kg.quantity.units import TIMES, match_unit

_SPACE = r"(?:[ ~$}{(]|\\[,; ])"
_DASH = re.compile(rf"{_SPACE}{{0,3}}(?:-{{1,3}}|[–—−~]|\\sim|\\text\{{--?\}}){_SPACE}{{0,3}}")
_TO = re.compile(
    rf"{_SPACE}{{0,3}}(?:to|up to|through){_SPACE}{{1,3}}(?:as (?:high|low|much) as )?(?:[-+−]|\\?approx|\\?sim|about |around |nearly |over |just |only )?{_SPACE}{{0,2}}|{_SPACE}{{0,3}}(?:->|→|\\(?:right|to)\w*|⇒|➔){_SPACE}{{0,3}}"
)
_AND = re.compile(rf"{_SPACE}{{0,3}}and{_SPACE}{{1,3}}[-+−]?")
_BETWEEN = re.compile(r"\bbetween\s[-+−~$\\]*\$?$", re.IGNORECASE)
_FROM = re.compile(
    r"\bfrom (?:an? |the )?(?:[a-zA-Z-]+ ){0,3}(?:of )?(?:about |around |just |only |over |nearly |approximately |roughly |below |under )?[-+−~$\\(]*(?:approx |sim )?$",
    re.IGNORECASE,
)
_CONTINUED = re.compile(
    r"\bfrom [-+−~$\\(]*\d[^;]{0,20}? to [-+−~$\\(]*\d(?:[^;:.]|\.(?! )){0,60}(?:,|\band) [-+−~$\\(]*$",
    re.IGNORECASE,
)
"""Before the second pair of "from 40% to 62% on A and 53% to 73% on B"."""
_SPANNING = re.compile(
    r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|span(?:s|ned|ning)?|anywhere|gains?|improvements?|reductions?|differs?|ranges? between|improv(?:es|ing|ed?) \w+ by|by|of) (?:\w+ )?from\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_PLUS_MINUS = re.compile(rf"{_SPACE}{{0,3}}(?:±|\+/-|\+-|\\pm|\(±){_SPACE}{{0,3}}")
_LIST = re.compile(
    rf"[)]?{_SPACE}{{0,2}}(?:,?{_SPACE}{{0,3}}(?:and|or|&|\\&|vs\.?|versus){_SPACE}{{1,3}}|,{_SPACE}{{0,3}}|/)(?:an? |by |over |up to |\+|-|−|\\?approx ?|~)?{_SPACE}{{0,2}}"
)
_DECIMALS = re.compile(r"\d*\.(\d+)")
_MAX = r"up to|upto|up-to|as (?:much|high|many|large|fast) as|at most|no more than|not more than|less than|lower than|fewer than|smaller than|under|below|within|maximum of|max(?:\.|imum)?|as far as|nearly up to|<|&lt;|\\leq?|\\lt|≤|sub-|shorter than|a maximum"
_MIN = r"at least|over|more than|greater than|higher than|larger than|exceed(?:s|ing|ed)?|above|beyond|no less than|not less than|upwards of|as (?:low|little|few|small) as|minimum of|(?<!-)>|&gt;|\\geq?|\\gt|≥|surpass(?:es|ing)?|faster than|longer than|better than|in excess of|well over"
_APPROX = r"about|around|approximately|approx\.?|roughly|nearly|almost|close to|near|some|circa|ca\.|~|∼|≈|\\sim(?:eq)?|\\approx|an estimated|as of about|on the order of|in the order of"
_BOUND = re.compile(
    rf"(?:(?P<max>{_MAX})|(?P<min>{_MIN})|(?P<approx>{_APPROX}))"
    r"(?:[\s~${}(,]|\\,)*(?:(?:an?|the|by|of|only|additional|absolute|an additional|factor of|a factor of|to|average of)[\s$]+){0,3}[-+$~\s{(]*$"
)
"""Read on lower case."""
_AFTER_MIN = re.compile(r"\+|\$?\s?(?:or|and) (?:more|higher|above|better)\b|\s?\\?%?\+")
_PLUS = re.compile(r"[\d)]\+(?![/-])")
"""As in "98+%"."""
_AFTER_MAX = re.compile(r"\$?\s?or (?:less|lower|fewer|below)\b")


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number in `text`, in order and without overlap; those that are no results carry a role that says so."""
    lower = to_lower(text)
    if ANY_NUMBER.search(lower) is None:
        return ()
    found = _join(text, list(scan(text, lower)))
    found = _share_units(text, found)
    return tuple(_bound_all(text, _from_to(text, found)))


def _join(text: str, found: list[Quantity]) -> list[Quantity]:
    """Ranges and deviations made one."""
    out: list[Quantity] = []
    for quantity in found:
        if out and (joined := _joined(text, out[-1], quantity)) is not None:
            out[-1] = joined
        else:
            out.append(quantity)
    return out


def _joined(text: str, a: Quantity, b: Quantity) -> Quantity | None:
    gap = text[a.end : b.start]
    if len(gap) > 24 or a.value_high is not None or not (a.is_candidate or a.role is Role.YEAR):
        return None
    if _PLUS_MINUS.fullmatch(gap) or (gap == " " and b.start >= 2 and text[b.start - 1] == "±"):
        unit, end = b.unit or a.unit, b.end
        return replace(a, end=end, unit=unit, deviation=b.value, role=Role.QUANTITY)
    if not a.unit and _DASH.fullmatch(gap) is None and _TO.fullmatch(gap) is None and _AND.fullmatch(gap) is None:
        return None
    if not _is_range(text, a, b, gap):
        return None
    return _make_range(text, a, b)


def _is_range(text: str, a: Quantity, b: Quantity, gap: str) -> bool:
    glued = _DASH.fullmatch(gap) is not None and "(" not in gap
    if (a.unit and b.unit and a.unit != b.unit) or (
        a.unit == TIMES and not b.unit and not (glued and _is_bare_factor(text, a))
    ):
        return False
    if not glued and not b.is_candidate:
        return False
    if glued and b.role not in (Role.QUANTITY, Role.COUNT, Role.NAME, Role.YEAR):
        return False
    before = text[max(0, a.start - 48) : a.start]
    if glued:
        return a.value != b.value and (b.role is not Role.YEAR and a.role is not Role.YEAR)
    if _AND.fullmatch(gap):
        return bool(_BETWEEN.search(before)) and a.value < b.value
    if _TO.fullmatch(gap):
        if re.search(r"->|→|right|\\to|⇒|➔", gap):
            return False
        if before.endswith(("(", "($")) and text[b.end : b.end + 2].strip("$")[:1] == ")":
            return False
        if not _FROM.search(before):
            if _CONTINUED.search(text, max(0, a.start - 160), a.start):
                return False
            return a.value < b.value and (a.role is not Role.COUNT or b.unit != "" or a.shape == "digits")
        return bool(_SPANNING.search(before)) and a.value < b.value
    return False


def _is_bare_factor(text: str, quantity: Quantity) -> bool:
    """A factor by the words before it alone: "by a factor of 2"."""
    return quantity.unit == TIMES and quantity.shape == "digits" and text[quantity.end - 1].isdigit()


def _make_range(text: str, a: Quantity, b: Quantity) -> Quantity:
    value, unit, end = b.value, b.unit, b.end
    if b.role is Role.NAME and (found := match_unit(text, b.end)):
        unit, end = found
    a_value = a.value
    if b.shape == "magnitude" and a.shape != "magnitude":
        a_value = 10.0 ** min(a.value, 300)
    elif (
        not a.unit
        and value >= 1e3
        and a_value < 1e3
        and re.search(r"[kKMBT]\$?$|illion$|thousand$", text[b.start : b.end])
    ):
        scale = value / max(1e-9, float(re.sub(r"[^\d.]", "", text[b.start : b.end]) or 1))
        a_value *= scale
    role = Role.QUANTITY if unit or a.role is Role.QUANTITY or b.role is Role.QUANTITY else Role.COUNT
    return replace(a, end=end, value=a_value, value_high=value, unit=unit or a.unit, role=role, shape=b.shape)


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "5 and 10%", "factors of 2.6 and 2.1": a bare number takes the unit of its list; the next one's before the last one's."""
    out = list(found)
    for i in range(1, len(out)):
        a, b = out[i - 1], out[i]
        if b.unit or b.role not in (Role.QUANTITY, Role.COUNT) or not _is_bare_factor(text, a):
            continue
        gap = text[a.end : b.start]
        if len(gap) < 24 and _LIST.fullmatch(gap):
            out[i] = replace(b, unit=TIMES, role=Role.QUANTITY, inherited_unit=True)
    for i in range(len(out) - 2, -1, -1):
        a, b = out[i], out[i + 1]
        if a.unit or not b.unit or a.role not in (Role.QUANTITY, Role.COUNT) or b.role is not Role.QUANTITY:
            continue
        gap = text[a.end : b.start]
        if len(gap) < 24 and (_LIST.fullmatch(gap) or _TO.fullmatch(gap) or (_AND.fullmatch(gap))):
            if b.shape in ("magnitude", "verb", "fraction") or _is_finer(text, a, b):
                continue
            out[i] = replace(a, unit=b.unit, role=Role.QUANTITY, inherited_unit=True)
    return out


def _is_finer(text: str, a: Quantity, b: Quantity) -> bool:
    """Whether `a` is written with three decimals or more, and `b` with fewer: "F of 0.828, 1.3% higher" is no list."""
    decimals = [len(found[1]) if (found := _DECIMALS.match(text, q.start)) else 0 for q in (a, b)]
    return decimals[0] >= 3 and decimals[1] < decimals[0]


def _from_to(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "from A to B": A is no result of its own but B's baseline."""
    out = list(found)
    for i in range(len(out) - 1):
        a, b = out[i], out[i + 1]
        if not (a.is_candidate and b.is_candidate) or len(gap := text[a.end : b.start]) > 60:
            continue
        if not re.search(r"\bto\b|->|→|\\rightarrow|\\to\b", gap) or re.search(r"[.;] ", gap):
            continue
        arrow = re.fullmatch(r"[\s$}{(]*(?:->|→|\\rightarrow|\\to|rightarrow)[\s$}{(]*", gap)
        before = text[max(0, a.start - 48) : a.start]
        bracketed = (
            re.search(r"[(]\$?$", before)
            and re.fullmatch(r"\$? to \$?", gap)
            and text[b.end : b.end + 2].strip("$")[:1] == ")"
        )
        continued = _TO.fullmatch(gap) and _CONTINUED.search(text, max(0, a.start - 160), a.start)
        if arrow or bracketed or continued or (_FROM.search(before) and not _SPANNING.search(before)):
            unit = a.unit or b.unit
            out[i] = replace(a, role=Role.START, unit=unit)
            start = -a.value if _is_minus(text[max(0, a.start - 3) : a.start]) else a.value
            out[i + 1] = replace(b, baseline_value=start, unit=b.unit or (a.unit if a.unit else ""))
    return out


def _bound_all(text: str, found: list[Quantity]) -> list[Quantity]:
    """Signs and bounds; a bound covers every number coordinated with the first."""
    out: list[Quantity] = []
    for quantity in found:
        bound, sign = find_bound(text, quantity)
        if bound == "exact" and out and out[-1].bound != "exact" and out[-1].is_candidate:
            gap = text[out[-1].end : quantity.start]
            if len(gap) < 24 and _LIST.fullmatch(gap):
                bound = out[-1].bound
        out.append(replace(quantity, bound=bound, sign=sign) if bound != "exact" or sign else quantity)
    return out


def find_bound(text: str, quantity: Quantity) -> tuple[str, str]:
    """The bound ("exact", "approx", "min", "max") and the sign ("+", "-" or "") written at a number."""
    before = text[max(0, quantity.start - 40) : quantity.start].lower()
    sign = "+" if before.endswith(("+", "+$")) else "-" if _is_minus(before) else ""
    found = _BOUND.search(before)
    if found is not None and (
        found.start() == 0 or not (before[found.start()].isalpha() and before[found.start() - 1].isalpha())
    ):
        return found.lastgroup or "exact", sign
    if _AFTER_MIN.match(text, quantity.end) or _PLUS.search(text, quantity.start, quantity.end):
        return "min", sign
    return ("max" if _AFTER_MAX.match(text, quantity.end) else "exact"), sign


def _is_minus(before: str) -> bool:
    return before.endswith(("-", "−", "-$", "$-")) and (len(before) < 2 or not before.rstrip("-−$")[-1:].isalnum())
