"""Sorting through the disk gives what sorting in memory gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.sorting import sorted_unique

LINES = st.lists(st.binary(max_size=3).map(lambda b: b.replace(b"\n", b"") + b"\n"), max_size=40)


@pytest.mark.parametrize("run", [1, 7, 1000])
@given(lines=LINES)
@settings(max_examples=30, deadline=None)
def test_sorted_unique(lines: list[bytes], run: int) -> None:
    assert list(sorted_unique(lines, run)) == sorted(set(lines))
