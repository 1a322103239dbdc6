"""Numbers that belong together: lists, ranges, from–to, bounds over coordination."""

from __future__ import annotations

import pytest

from kg.quantity import Role, find_quantities


def values(text: str) -> list[tuple[float, str]]:
    return [(q.value, q.unit) for q in find_quantities(text) if q.is_candidate]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("saves 35, 36 and 45% of the memory", [(35, "%"), (36, "%"), (45, "%")]),
        ("by 5 and 10% over the baseline", [(5, "%"), (10, "%")]),
        ("by 0.8% and 2.1%, respectively", [(0.8, "%"), (2.1, "%")]),
        ("it is 10x (12x) faster on A (B)", [(10, "x"), (12, "x")]),
        ("uses 1.5x less memory and is 2x faster", [(1.5, "x"), (2, "x")]),
        ("an accuracy of 91.2% vs. 88.0%", [(91.2, "%"), (88.0, "%")]),
        ("0.87 F1 at 16 ms", [(0.87, ""), (16, "ms")]),
    ],
)
def test_lists_keep_each_number(text: str, expected: list[tuple[float, str]]) -> None:
    assert values(text) == expected


def test_from_to_gives_one_candidate_with_baseline() -> None:
    first, second = find_quantities("cuts the error from 3.2 to 2.1 on the test set")
    assert first.role is Role.START
    assert (second.value, second.baseline_value) == (2.1, 3.2)


def test_ranging_from_to_is_a_range() -> None:
    (quantity,) = find_quantities("gains ranging from 2% to 10%")
    assert (quantity.value, quantity.value_high, quantity.baseline_value) == (2, 10, None)


def test_bound_covers_coordinated_numbers() -> None:
    assert [q.bound for q in find_quantities("improves by up to 5% and 10%")] == ["max", "max"]


def test_arrow_is_no_bound() -> None:
    assert [q.bound for q in find_quantities("the score 0.48 -> 0.25 drops")] == ["exact", "exact"]


def test_number_at_the_start_of_a_text_is_read() -> None:
    assert values("15% of it") == [(15, "%")]


def test_text_without_number_gives_nothing() -> None:
    assert find_quantities("A plain sentence about models.") == ()


@pytest.mark.parametrize("text", ["we use ſix models", "fİve of them", "sıx and twİce", "İİİ 95% and 2İ"])
def test_letters_that_ignoring_case_takes_for_others_are_read_without_error(text: str) -> None:
    assert all(text[q.start : q.end][0].isdigit() for q in find_quantities(text))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("an F of 0.828, 1.3% higher than before", [(0.828, ""), (1.3, "%")]),
        ("a loss of 0.110 (-33.33%)", [(0.11, ""), (33.33, "%")]),
        ("acceleration factors of 2.57, 2.41, and 2.06", [(2.57, "x"), (2.41, "x"), (2.06, "x")]),
        (
            "better by 15.0/14.4 and 13.5/16.1 recall/precision points",
            [(n, "points") for n in (15.0, 14.4, 13.5, 16.1)],
        ),
        ("1.54dB/0.019 improvements in PSNR/LPIPS", [(1.54, "dB"), (0.019, "")]),
        ("5, 10 and 20%", [(5, "%"), (10, "%"), (20, "%")]),
        ("reductions of -31.3% to -35.9%", [(31.3, "%")]),
    ],
)
def test_lists_share_what_is_theirs(text: str, read: list[tuple[float, str]]) -> None:
    assert values(text) == read


def test_second_pair_of_levels_is_no_range() -> None:
    _, first, _, second = find_quantities("rises from 39.7% to 62.0% on Brook and 52.9% to 73.1% on Puddle")
    assert (first.value, first.baseline_value, second.value, second.baseline_value) == (62.0, 39.7, 73.1, 52.9)
