"""Texts with numbers, for the properties of the number grammar."""

from __future__ import annotations

from hypothesis import strategies as st

UNITS = ("%", "x", " ms", " GB", " FPS", " points", " dB", "")
plain_numbers = st.decimals(min_value="0.01", max_value="99999", places=2).map(str)
units = st.sampled_from(UNITS)
noise = st.text(max_size=300)
pieces = st.sampled_from(
    ("from ", " to ", "-", "--", "$", "\\%", "%", "x", "\\times", " and ", ", ", "(", ")", "[", "]", "^", "{", "}", "half", "two"
     " orders of magnitude", "1,000", "3.5", "7B", "≈", "±", "e-5", ".", "/", " vs. ", "ResNet-50", "up to ", "0", "9" * 30)
)  # fmt: skip
number_soup = st.lists(pieces, max_size=40).map("".join)
