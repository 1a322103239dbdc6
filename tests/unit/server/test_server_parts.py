"""Parts of the server that need no server."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.server import negotiate
from kg.server.cache import LONGEST, Cache
from kg.server.chart import chart
from kg.server.text import number, phrase, plural

JSON, XML, CSV, TSV = negotiate.RESULT_TYPES


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/csv", CSV),
        ("text/csv;q=0.5, application/sparql-results+xml", XML),
        ("application/xml", XML),
        ("text/*;q=0.9, */*;q=0.1", CSV),
        ("text/*, text/csv;q=0", TSV),
        ("*/*, application/sparql-results+json;q=0", XML),
        ("text/html, application/sparql-results+xml;q=0.9, */*;q=0.8", XML),
        ("image/png", None),
        ("text/csv;q=broken", None),
        ("nonsense", None),
        ("TEXT/CSV ; Q=1.0", CSV),
        ("text/csv;q=7", CSV),
    ],
)
def test_accept_header_chooses_as_http_says(header: str | None, chosen: str | None) -> None:
    assert negotiate.choose(header, negotiate.RESULT_TYPES, negotiate.ALIASES) == chosen


def test_long_accept_header_is_cut() -> None:
    assert len(negotiate.parse_accept("text/csv," * 100_000)) <= 50


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ({"value": 96.8, "unit": "%", "kind": "absolute", "bound": "exact"}, "96.8%"),
        ({"value": 2.33, "unit": "x", "kind": "increase", "bound": "max"}, "≤ 2.33×"),
        ({"value": 3.1, "unit": "points", "kind": "increase", "bound": "exact"}, "+3.1 points"),
        ({"value": 71.0, "value_high": 75.0, "unit": "%", "kind": "absolute", "bound": "approx"}, "≈ 71–75%"),
        ({"value": 4.0, "unit": "ms", "kind": "decrease", "bound": "min"}, "≥ −4 ms"),
        ({"value": None}, ""),
    ],
)
def test_claim_is_written_as_people_write_it(claim: dict[str, object], text: str) -> None:
    assert phrase(claim) == text


def test_numbers_and_counts() -> None:
    assert [number(x) for x in (2.0, 1234567, 0.123456, 1e9, None)] == ["2", "1,234,567", "0.1235", "1,000,000,000", ""]
    assert (plural(1, "paper"), plural(1200, "paper")) == ("1 paper", "1,200 papers")


def _lane(*points: tuple[str, float], direction: str = "higher") -> dict[str, object]:
    rows = [
        {"published": day, "value": value, "claim": f"claim/{place}", "method": "m", "title": "t", "quoted": False}
        for place, (day, value) in enumerate(points)
    ]
    return {"title": "accuracy (%)", "unit": "%", "direction": direction, "rows": rows}


def test_chart_follows_the_best_so_far() -> None:
    drawn = chart([_lane(("2019-01-01", 90), ("2020-01-01", 85), ("2021-06", 95))])
    assert drawn is not None
    assert [dot.best for dot in drawn.dots] == [True, False, True]
    assert drawn.dots[0].x < drawn.dots[1].x < drawn.dots[2].x
    assert drawn.dots[2].y < drawn.dots[0].y < drawn.dots[1].y
    lower = chart([_lane(("2019-01-01", 90), ("2020-01-01", 85), direction="lower")])
    assert lower is not None
    assert [dot.best for dot in lower.dots] == [True, True]


@pytest.mark.parametrize("points", [(), (("2019-01-01", 1.0),), (("2019-01-01", 1.0), ("2019-01-01", 2.0))])
def test_chart_needs_two_dates(points: tuple[tuple[str, float], ...]) -> None:
    assert chart([_lane(*points)]) is None


@pytest.mark.parametrize("values", [(5.0, 5.0), (0.0, 0.0), (-1.0, 1e12), (1e-9, 2e-9)])
def test_chart_draws_any_values_inside_its_frame(values: tuple[float, float]) -> None:
    drawn = chart([_lane(("1999", values[0]), ("2024-12-31", values[1]))])
    assert drawn is not None
    assert all(0 <= dot.x <= drawn.width and 0 <= dot.y <= drawn.height for dot in drawn.dots)
    assert drawn.levels
    assert 2 <= len(drawn.years) <= 8


def test_cache_forgets_when_the_graph_is_published_anew(tmp_path: Path) -> None:
    file = tmp_path / "graph.toml"
    file.write_text("one")
    cache = Cache(tmp_path)
    assert cache.get("a") is None
    cache.put("a", {"n": 1}, 10)
    assert cache.get("a") == {"n": 1}
    file.with_suffix(".new").write_text("two")
    os.replace(file.with_suffix(".new"), file)  # noqa: PTH105
    assert cache.get("a") is None


def test_cache_keeps_what_is_asked_for_within_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.server.cache.MOST_BYTES", 30)
    cache = Cache(tmp_path)
    cache.get("a")
    for key in "abc":
        cache.put(key, key, 10)
    cache.get("a")
    cache.put("d", "d", 10)
    assert [key for key in "abcd" if cache.get(key)] == ["a", "c", "d"]
    cache.put("huge", "huge", LONGEST + 1)
    assert cache.get("huge") is None
