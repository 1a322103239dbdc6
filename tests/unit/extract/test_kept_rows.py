"""Rows that are made when they are first asked for: once each, whatever comes with them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.entities.kept import KeptRows

_places = st.lists(st.integers(0, 9000), max_size=40)


@given(st.lists(_places, max_size=6))
def test_each_row_is_made_once_and_kept(asked: list[list[int]]) -> None:
    made: list[int] = []

    def make(places: list[int]) -> np.ndarray:
        made.extend(places)
        return np.array([[place, -place] for place in places], np.float32)

    rows = KeptRows(2, make)
    for places in asked:
        got = rows.take(np.array(places, np.int64))
        assert got.tolist() == [[place, -place] for place in places]
        got[:] = 0  # what was given belongs to the caller
    assert sorted(made) == sorted({place for places in asked for place in places})
