"""What a row of a claim says, in the words of papers: "≤ 2.33x", "accuracy on CIFAR-10", "SLAB vs Swin (76.1)"."""

from __future__ import annotations

from collections.abc import Mapping

from kg.cli.render import cell_text
from kg.vocabulary.directions import is_gain

_BOUNDS = {"max": "≤ ", "min": "≥ ", "approx": "≈ "}
_KINDS = {"increase": "+", "decrease": "−"}


def value(row: Mapping[str, object]) -> str:
    """The number with bound, sign and unit: "≤ 2.33x", "+3.1 points", "71–75%"; empty where there is none."""
    if row.get("value") is None:
        return ""
    unit = str(row.get("unit") or "")
    number = short_number(row["value"])
    if row.get("value_high") is not None:
        number += f"–{short_number(row['value_high'])}"
    # "−24% FLOPs reduction" would take back what it says.
    plain = unit == "x" or is_gain(str(row.get("metric") or ""))
    sign = "" if plain else _KINDS.get(str(row.get("kind")), "")
    spaced = unit if unit in ("%", "x", "") else f" {unit}"
    return f"{_BOUNDS.get(str(row.get('bound')), '')}{sign}{number}{spaced}"


def about(row: Mapping[str, object]) -> str:
    """Metric and datasets: "accuracy on CIFAR-10"."""
    datasets = cell_text(row.get("datasets"))
    return " ".join(filter(None, (cell_text(row.get("metric")), datasets and f"on {datasets}")))


def method(row: Mapping[str, object]) -> str:
    """Method and baseline: "SLAB vs Swin (76.1)"."""
    number = row.get("baseline_value")
    other = " ".join(filter(None, (cell_text(row.get("baseline")), "" if number is None else f"({cell_text(number)})")))
    return " ".join(filter(None, (cell_text(row.get("method")), other and f"vs {other}")))


def short_number(number: object) -> str:
    """A number as papers write it: 220000 → "220K", 5700000.0 → "5.7M"; below 100,000 as it is."""
    if isinstance(number, int | float) and abs(number) >= 100_000:
        for size, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")):
            if abs(number) >= size:
                return f"{number / size:.4g}{letter}"
    return cell_text(number)
