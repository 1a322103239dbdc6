"""Results over time as SVG, drawn by the server: no script, no inline style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from typing import Any

from kg.server.text import number, phrase

WIDTH, HEIGHT = 720, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 16, 16, 34


@dataclass(frozen=True, slots=True)
class Dot:
    """A result: where it stands, what it says, whether nothing before it was better."""

    x: float
    y: float
    label: str
    claim: str
    best: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws."""

    title: str
    dots: Sequence[Dot]
    front: str
    """Points of the line through the best results so far."""
    years: Sequence[tuple[float, str]]
    levels: Sequence[tuple[float, str]]
    width: int = WIDTH
    height: int = HEIGHT


def chart(lanes: Sequence[dict[str, Any]]) -> Chart | None:
    """The lane with most dated results over time; None where no lane has results of two dates."""
    best: Chart | None = None
    most = 0
    for lane in lanes:
        rows = [row for row in lane["rows"] if row["published"] and not row["quoted"]]
        if len(rows) > most and len({row["published"] for row in rows}) > 1:
            best, most = _draw(lane, rows), len(rows)
    return best


def _draw(lane: dict[str, Any], rows: list[dict[str, Any]]) -> Chart:
    rows = sorted(rows, key=lambda row: (row["published"], row["claim"]))
    days = [_day(row["published"]) for row in rows]
    values = [float(row["value"]) for row in rows]
    low, high = min(values), max(values)
    spread = (high - low) or abs(high) or 1.0
    low, high = low - spread * 0.08, high + spread * 0.08
    lower = lane["direction"] == "lower"

    def x(day: float) -> float:
        share = (day - days[0]) / ((days[-1] - days[0]) or 1)
        return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)

    def y(value: float) -> float:
        return round(HEIGHT - _BOTTOM - (value - low) / (high - low) * (HEIGHT - _TOP - _BOTTOM), 1)

    dots, front, record = [], [], None
    for row, day, value in zip(rows, days, values, strict=True):
        better = record is None or (value < record if lower else value > record)
        if better:
            if record is not None:
                front.append((x(day), y(record)))
            front.append((x(day), y(value)))
            record = value
        label = f"{phrase(row)} · {row['method'] or row['title']} · {row['published'][:7]}"
        dots.append(Dot(x(day), y(value), label, row["claim"], better))
    if record is not None:
        front.append((WIDTH - _RIGHT, y(record)))
    levels = [(y(one), number(one)) for one in _round_levels(low, high)]
    return Chart(
        f"{lane['title']}, over time",
        dots,
        " ".join(f"{px},{py}" for px, py in front),
        [(x(day), name) for day, name in _round_days(days[0], days[-1])],
        levels,
    )


def _round_levels(low: float, high: float) -> list[float]:
    """Three to six round numbers between two levels."""
    rough = (high - low) / 4
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return [round(step * place, 12) for place in range(ceil(low / step), floor(high / step) + 1)]


def _round_days(first: float, last: float) -> list[tuple[float, str]]:
    """At most eight beginnings of years, or where there are few of them of quarters, with their names."""
    start, end = date.fromordinal(int(first)), date.fromordinal(int(last))
    years = [date(year, 1, 1) for year in range(start.year + 1, end.year + 1)]
    if len(years) >= 3:
        return [(day.toordinal(), str(day.year)) for day in years[:: -(-len(years) // 8)]]
    quarters = [date(year, month, 1) for year in range(start.year, end.year + 1) for month in (1, 4, 7, 10)]
    inside = [day for day in quarters if start <= day <= end] or [start, end]
    return [(day.toordinal(), f"{day.year}-{day.month:02d}") for day in inside[:: -(-len(inside) // 6)]]


def _day(published: str) -> float:
    year, month, day = (*(int(part) for part in published.split("-")[:3]), 1, 1)[:3]
    return date(year, month, day).toordinal()
