"""What is ranked against what, on rows made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from kg.leaderboard import make_board, running_best


def row(value: float, **changed: Any) -> dict[str, Any]:
    """A row of `results-on-dataset`: accuracy in % of M1 on D, in paper p1."""
    plain: dict[str, Any] = {
        "paper": "p1", "title": "T", "published": "2020-01-01", "year": 2020, "claim": f"c{value}", "value": value,
        "value_high": None, "unit": "%", "kind": "absolute", "bound": "exact", "metric": "metric/accuracy",
        "metric_name": "accuracy", "direction": "higher", "method": "method/m1", "method_name": "M1", "datasets": ["D"],
        "baseline": None, "baseline_name": None, "baseline_value": None, "quote": f"{value}%", "proposes": [],
        "claim_task": None, "paper_tasks": [],
    }  # fmt: skip
    return plain | changed


def lanes(*rows: dict[str, Any]) -> list[tuple[str, list[float]]]:
    """Titles of lanes with the values of their own results in order."""
    return [(lane.title, [result.value for result in lane.own]) for lane in make_board("d", "D", rows).lanes]


def test_lanes_follow_the_rule_of_directions() -> None:
    named = {"metric_name": "FLOPs reduction", "direction": None, "kind": "decrease"}
    (lane,) = make_board("d", "D", [row(40, **named), row(60, paper="p2", **named)]).lanes
    assert ([result.value for result in lane.own], lane.better) == ([60, 40], "larger is better")
    (lane,) = make_board("d", "D", [row(40, **{**named, "metric_name": "accuracy drop"})]).lanes
    assert lane.better == "smaller is better"
    (lane,) = make_board("d", "D", [row(3, unit="x", kind="increase", metric_name="latency", direction="lower")]).lanes
    assert lane.better == "assumed: larger is better"


@pytest.mark.parametrize(
    "changed",
    [{"unit": "points"}, {"kind": "increase"}, {"bound": "max"}, {"bound": "min"}, {"metric": "metric/f1"}],
)
def test_another_metric_unit_kind_or_bound_is_another_lane(changed: dict[str, str]) -> None:
    assert len(lanes(row(90), row(91, paper="p2", **changed))) == 2


def test_approximate_values_are_ranked_with_exact_ones() -> None:
    assert lanes(row(90), row(91, paper="p2", bound="approx")) == [("accuracy (%), level", [91, 90])]


def test_ranges_are_ranked_by_their_worse_end() -> None:
    ranged = row(80, value_high=99, paper="p2")
    assert lanes(row(90), ranged)[0][1] == [90, 80]
    lower = {"direction": "lower"}
    assert lanes(row(90, **lower), ranged | lower)[0][1] == [90, 80]


def test_repeats_in_one_paper_count_once() -> None:
    assert lanes(row(90), row(90, claim="again"))[0][1] == [90]


def test_ties_share_a_rank() -> None:
    (lane,) = make_board("d", "D", [row(90), row(90, paper="p2"), row(80, paper="p3")]).lanes
    assert [(result.rank, result.tied) for result in lane.own] == [(1, True), (1, True), (3, False)]


def test_a_paper_quotes_methods_that_it_does_not_propose() -> None:
    proposes = {"proposes": ["method/m1"]}
    other = row(80, method="method/m2", method_name="M2", **proposes)
    nameless = row(70, method=None, method_name="ours", **proposes)
    (lane,) = make_board("d", "D", [row(90, **proposes), other, nameless]).lanes
    assert [result.value for result in lane.own] == [90, 70]
    assert [result.value for result in lane.quoted] == [80]


def test_baseline_value_is_quoted_and_has_no_quote_of_its_own() -> None:
    with_baseline = row(90, baseline="method/m2", baseline_name="M2", baseline_value=85)
    (lane,) = make_board("d", "D", [with_baseline]).lanes
    assert [(result.value, result.method_name, result.quote) for result in lane.quoted] == [(85, "M2", "")]


@pytest.mark.parametrize(
    ("rows", "conflicts"),
    [
        ([row(90), row(91, paper="p2")], [("p1: 90",), ("p2: 91",)]),
        ([row(90), row(80), row(90, paper="p2")], [(), (), ()]),
        ([row(90), row(91, paper="p2", method="method/m2")], [(), ()]),
        ([row(90), row(91, paper="p2", datasets=["D", "E"])], [(), ()]),
        ([row(90, method_name="neural network"), row(91, paper="p2", method_name="neural network")], [(), ()]),
        ([row(90), row(91, paper="p2", bound="max")], [(), ()]),
    ],
    ids=["other paper", "one in common", "other method", "several datasets", "family", "up to"],
)
def test_contradictions(rows: list[dict[str, Any]], conflicts: list[tuple[str, ...]]) -> None:
    found = [result.conflicts for lane in make_board("d", "D", rows).lanes for result in lane.own]
    assert sorted(found) == sorted(conflicts)


def test_running_best_is_what_surpassed_all_before() -> None:
    dates = {"p2": "2021-01-01", "p3": "2022-01-01", "p4": "2023-01-01"}
    rows = [row(90), *(row(value, paper=p, published=dates[p]) for p, value in (("p2", 89), ("p3", 90), ("p4", 95)))]
    (lane,) = make_board("d", "D", [*rows, row(99, paper="p5", published=None, year=None)]).lanes
    assert [result.value for result in running_best(lane)] == [90, 95]


def test_lanes_of_bounds_have_no_ranks_and_no_running_best() -> None:
    (lane,) = make_board("d", "D", [row(90, bound="max")]).lanes
    assert [result.rank for result in lane.own] == [None]
    assert running_best(lane) == []


def test_task_of_the_claim_goes_before_those_of_the_paper() -> None:
    rows = [row(90, claim_task="t1", paper_tasks=["t2"]), row(80, paper_tasks=["t2"])]
    (lane,) = make_board("d", "D", rows, task="t2").lanes
    assert [result.value for result in lane.own] == [80]
