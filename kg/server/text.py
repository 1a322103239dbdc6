"""How pages write numbers, dates and claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_BOUNDS = {"max": "≤ ", "min": "≥ ", "approx": "≈ "}
_SIGNS = {"increase": "+", "decrease": "−"}
_TIGHT = ("%", "x", "")


def number(value: float | int | None) -> str:
    """1234567 → "1,234,567", 2.0 → "2", 0.123456 → "0.1235"."""
    if value is None:
        return ""
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.4g}" if abs(value) < 1e6 else f"{value:,.0f}"


def phrase(claim: Mapping[str, Any]) -> str:
    """A claim's value as people write it: "≤ 2.33×", "+3.1 points", "71–75%"."""
    if claim.get("value") is None:
        return ""
    unit = str(claim.get("unit") or "")
    text = number(claim["value"])
    if claim.get("value_high") is not None:
        text += f"–{number(claim['value_high'])}"
    sign = "" if unit == "x" else _SIGNS.get(str(claim.get("kind")), "")
    end = "×" if unit == "x" else unit if unit in _TIGHT else f" {unit}"
    return f"{_BOUNDS.get(str(claim.get('bound')), '')}{sign}{text}{end}"


def kind_of(entity_id: str) -> str:
    """ "dataset/cifar-10" → "dataset"."""
    return entity_id.partition("/")[0]


def plural(count: int, noun: str) -> str:
    """(1, "paper") → "1 paper"; (1200, "paper") → "1,200 papers"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


FILTERS: dict[str, Callable[..., Any]] = {
    "number": number,
    "phrase": phrase,
    "kind": kind_of,
    "plural": plural,
}
"""Name in templates → function."""
