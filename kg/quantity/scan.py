"""One pass over a text that finds each number with its unit, before numbers are put together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.quantity import numerals
from kg.quantity.model import Quantity, Role
from kg.quantity.roles import find_role
from kg.quantity.units import AMBIGUOUS, ORDERS, POINTS, TIMES, match_unit

_PARTS = "|".join(sorted(numerals.PARTS, key=len, reverse=True))
# Both are read on the text in lower case, which takes half the time that ignoring case would.
_SCANNER = re.compile(
    r"(?=[\d.]|\b[adefhnoqstz])(?:"  # what a number can begin with
    rf"(?P<digits>{numerals.DIGITS})(?P<power>{numerals.POWER})?"
    r"|\b(?:"
    rf"(?P<fold>{numerals.WORD})[- ]?fold"
    rf"|(?:(?P<count>one|two|three|four|a)[- ])(?P<part>{_PARTS})s?"
    r"|(?P<half>half|halve|halves|halved|halving)"
    r"|(?P<verb>doubl|tripl|quadrupl|quintupl)(?:es?|ed|ing)"
    r"|(?P<twice>twice)"
    r"|(?P<magnitude>orders?[- ]of[- ]magnitudes?)"
    rf"|(?P<words>{numerals.NUMBER_WORDS})"
    r"|(?P<single>an?) (?=hour|day|minute|second|million|billion|thousand|hundred)"
    r")\b)"
)
ANY_NUMBER = re.compile(
    r"\d|half|halv|twice|doubl|tripl|fold|magnitude|third|quarter|tenth|"
    + "|".join((*numerals.UNITS[2:13], *numerals.TENS))
)
"""Finds something in every text in lower case in which `scan` does (save for "one" and "an hour" standing alone)."""
_SCALE = re.compile(
    r"\$?(?:\\,)?[ ~-]?(hundred|thousand|million|billion|trillion)s?\b|\$?(?:\\,)?([kKMBT])(?![A-Za-z0-9])"
)
_FRACTION = re.compile(r"/(\d{1,4})(?![\d.]*(?:\\?%|x|\w))")
_RATIO = re.compile(r"(?::| ?to[- ])1(?!\w|[.,]\d)")
_PERIOD = re.compile(r"\. (\d{2}) ?\\?%")
_COMMA = re.compile(r",(\d{2})(?= ?\\?%)")
_CURRENCY = re.compile(r"(?:\\\$|US\$|[€£])$")
_FACTOR = re.compile(
    r"(?<!sharpe )(?<!hazard )(?<!odds )(?<!risk )(?<!time )\b(?:factors?|speed-?ups?|ratios?) of\s?(?:\w+ ){0,2}[~$\\]*(?:approx |sim |times\$? ?|times ?)?\$?$",
    re.IGNORECASE,
)
_HALF_AN = re.compile(r" an? (?=hour|minute|second|day|year)")
_SPELLED = re.compile(r"[a-z]{3}s?$")
"""A unit written out, plain behind a number in words: "three seconds", not "one m"."""
_POINTS = re.compile(
    r"\$?(?:[ ~](?!(?:data|training|test|sampl|anchor|control|query|key|grid|time|operating|of|in|and|or|to)\w*\b)[\w@/().-]*[A-Za-z][\w@/().-]*){1,2} points\b"
)
"""What measures stand between a number and its "points": "3.1 macro-F1 points"."""
_CROSS = re.compile(r"(?:\\times\$? ?|[×])$")


def to_lower(text: str) -> str:
    """A text in lower case whose offsets are those of the text."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)


def scan(text: str, lower: str) -> Iterator[Quantity]:
    """Every number of `text` in order, with its own unit and the role that its form gives it; no two overlap.

    `lower` is the text as `to_lower` gives it.
    """
    at = 0
    while (found := _SCANNER.search(lower, at)) is not None:
        quantity = _read(text, found)
        at = max(found.end(), quantity.end if quantity else 0)
        if quantity is not None:
            yield quantity


def _read(text: str, found: re.Match[str]) -> Quantity | None:
    group = found.lastgroup
    start, end = found.span()
    if found["digits"] is not None:
        return _read_digits(text, found)
    if group == "fold":
        return _times(start, end, numerals.WORDS[found["fold"]], "words")
    if group == "part":
        return _read_part(text, found)
    if group == "half":
        if (hour := _HALF_AN.match(text, end)) and (unit := match_unit(text, hour.end())):
            return Quantity(start, unit[1], 0.5, unit[0], Role.QUANTITY, "words")
        return _times(start, end, 0.5, "words" if found["half"] == "half" else "verb")
    if group == "verb":
        return _times(start, end, numerals.VERBS[found["verb"]], "verb")
    if group == "twice":
        return _times(start, end, 2.0, "words")
    if group == "magnitude":
        return _times(start, end, 10.0, "magnitude")
    value = 1.0 if group == "single" else numerals.parse_words(found["words"])
    return _finish(text, start, end - (group == "single"), value, "words")


def _times(start: int, end: int, value: float, shape: str) -> Quantity:
    return Quantity(start, end, value, TIMES, Role.QUANTITY, shape)


def _read_part(text: str, found: re.Match[str]) -> Quantity:
    count = numerals.WORDS.get(found["count"], 1.0)
    value = round(count * numerals.PARTS[found["part"]], 4)
    start, end = found.span()
    if value > 1 or found["part"] == "halve":
        return Quantity(start, end, value, "", Role.COUNT, "words")
    return _times(start, end, value, "fraction")


def _read_digits(text: str, found: re.Match[str]) -> Quantity:
    start, end = found.span()
    if found["power"] and text[found.start("power")] == "x" and not text[found.end("digits")].isspace():
        end = found.end("digits")  # "2x10" is a format
        power = 1.0
    else:
        power = numerals.parse_power(found["power"]) if found["power"] else 1.0
    value = numerals.parse_digits(found["digits"]) * power
    if (comma := _COMMA.match(text, end)) and found["digits"].isdigit():
        end = comma.end(1)
        value = float(f"{found['digits']}.{comma[1]}")
    if (period := _PERIOD.match(text, end)) and "." not in found["digits"] and len(found["digits"]) <= 2:
        end = period.end(1)
        value = float(f"{found['digits']}.{period[1]}")
    before = text[max(0, start - 40) : start]
    if _CURRENCY.search(before):
        begin = start - (2 if before.endswith("\\$") else 1)
        scale, end = _scale(text, end)
        return Quantity(begin, end, value * scale, "$", Role.QUANTITY)
    role = find_role(text, start, end)
    if role is not None:
        return Quantity(start, end, value, "", role)
    return _finish(text, start, end, value, "digits")


def _scale(text: str, end: int) -> tuple[float, int]:
    found = _SCALE.match(text, end)
    if found is None:
        return 1.0, end
    return numerals.SCALES[(found[1] or "").lower() or found[2]], found.end()


def _finish(text: str, start: int, end: int, value: float, shape: str) -> Quantity:
    """Adds scale and unit to a bare number."""
    scale, end = _scale(text, end)
    value *= scale
    unit = match_unit(text, end)
    if unit is None and shape == "digits":
        if found := _FRACTION.match(text, end):
            return _fraction(start, found.end(), value, float(found[1]))
        if value > 1 and (found := _RATIO.match(text, end)):
            return Quantity(start, found.end(), value, TIMES, Role.QUANTITY, "ratio")
    if unit is not None and unit[0] in AMBIGUOUS and shape == "words" and not _SPELLED.search(text[end : unit[1]]):
        unit = None
    if unit is None:
        return _bare(text, start, end, value, shape)
    name, end = unit
    if name == ORDERS:
        return Quantity(start, end, 10.0 ** min(value, 300), TIMES, Role.QUANTITY, "magnitude")
    return Quantity(start, end, value, name, Role.QUANTITY, shape)


def _fraction(start: int, end: int, top: float, bottom: float) -> Quantity:
    if top == 1 and bottom > 1:
        return Quantity(start, end, round(1 / bottom, 4), TIMES, Role.QUANTITY, "fraction")
    return Quantity(start, end, top, "", Role.COUNT, "fraction")


def _bare(text: str, start: int, end: int, value: float, shape: str) -> Quantity:
    before = text[max(0, start - 40) : start]
    if crossed := _CROSS.search(before):
        if text[max(0, start - len(crossed.group()) - 2) : start - len(crossed.group())].strip(" $}")[-1:].isdigit():
            return Quantity(start, end, value, "", Role.SIZE, shape)
        begin = start - len(crossed.group())
        return Quantity(begin, end, value, TIMES, Role.QUANTITY, shape)
    if _FACTOR.search(before) and shape in ("digits", "words"):
        return Quantity(start, end, value, TIMES, Role.QUANTITY, shape)
    if shape == "digits" and _POINTS.match(text, end):
        return Quantity(start, end, value, POINTS, Role.QUANTITY, shape)
    whole = float(value).is_integer() and "." not in text[start:end]
    return Quantity(start, end, value, "", Role.COUNT if whole else Role.QUANTITY, shape)
