"""Properties of the number grammar that hold for every text."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import noise, number_soup, plain_numbers, units

from kg.quantity import find_quantities, numerals
from kg.quantity.scan import ANY_NUMBER

SHOWN = re.compile(ANY_NUMBER.pattern + r"|\bone\b|\ban?\b", re.IGNORECASE)


@given(plain_numbers, units)
def test_printed_quantity_parses_back(number: str, unit: str) -> None:
    (quantity,) = find_quantities(f"it reaches {number}{unit} here")
    assert quantity.value == pytest.approx(float(number))
    assert quantity.unit == unit.strip()


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_printed_range_parses_back(low: int, width: int) -> None:
    (quantity,) = find_quantities(f"saves {low}-{low + width}% of it")
    assert (quantity.value, quantity.value_high) == (low, low + width)


@given(st.integers(1000, 10**12))
def test_separators_are_read(number: int) -> None:
    (quantity,) = find_quantities(f"with {number:,} parameters")
    assert quantity.value == number


@given(noise | number_soup)
def test_any_text_gives_ordered_spans_with_numbers(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert SHOWN.search(text[quantity.start : quantity.end])
        end = quantity.end


@given(number_soup)
def test_a_text_read_twice_gives_twice_the_numbers(text: str) -> None:
    alone = len(find_quantities(text + ". "))
    assert len(find_quantities((text + ". Z ") * 2)) <= 2 * alone + 2


@given(st.sampled_from(list(numerals.WORDS)))
def test_number_words_parse(word: str) -> None:
    assert numerals.parse_words(word) == numerals.WORDS[word]


@pytest.mark.parametrize(
    "piece", ["1", "1-", "1,", "1 x ", "$1\\times$ ", "(1) ", "1.", "two ", "of 3 to ", "a ", "e-", "% ", "~", "\\"]
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    """Eight times the text takes at most 24 times the work; a quadratic scan would take 64 times."""
    size = 3000
    short, long = (_work(piece * (times * size // len(piece))) for times in (1, 8))
    assert long <= 24 * short + 0.05


def _work(text: str) -> float:
    """Processor seconds of one reading, the least of three."""
    times = []
    for _ in range(3):
        start = time.process_time()
        find_quantities(text)
        times.append(time.process_time() - start)
    return min(times)
