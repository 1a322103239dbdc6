"""Results over time as SVG, drawn by the server: no script, no inline style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
        rows = [row for row in lane["rows"] if row.get("published")]
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
    first, last = int(rows[0]["published"][:4]), int(rows[-1]["published"][:4])
    step = max(1, -(-(last - first + 1) // 8))
    years = [(x(_day(f"{one}-01-01")), str(one)) for one in range(first, last + 1, step)]
    levels = [
        (y(one), number(float(f"{one:.3g}"))) for one in (low + (high - low) * share for share in (0.1, 0.5, 0.9))
    ]
    unit = f" ({lane['unit']})" if lane["unit"] else ""
    return Chart(
        f"{lane['metric']}{unit} over time",
        dots,
        " ".join(f"{px},{py}" for px, py in front),
        [(px, name) for px, name in years if px >= _LEFT],
        levels,
    )


def _day(published: str) -> float:
    year, month, day = (*(int(part) for part in published.split("-")[:3]), 1, 1)[:3]
    return date(year, month, day).toordinal()
