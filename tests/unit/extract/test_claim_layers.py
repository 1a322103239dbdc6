"""Layers over words: each layer is its definition, words that are none of the frequent ones share a row, weights are kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.claims.layers import TAPS, TINY, WordLayers

STATES, WIDTH, MARKS = 5, 4, 3
WORDS = {"over": 1, "\n": 2, "straße": 3}


@pytest.fixture(scope="module")
def layers() -> WordLayers:
    rng = np.random.default_rng(3)

    def some(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.5, shape).astype(np.float32)

    words = some(len(WORDS) + 1, STATES)
    words[0] = 0
    return WordLayers(
        WORDS, words, some(STATES, WIDTH), some(WIDTH), some(MARKS, WIDTH), some(len(TAPS), 3, WIDTH),
        some(len(TAPS), WIDTH, WIDTH), some(len(TAPS), WIDTH),
    )  # fmt: skip


def _by_hand(layers: WordLayers, states: np.ndarray, numbers: list[int], marks: np.ndarray) -> np.ndarray:
    hidden = (states + layers.words[numbers]) @ layers.widen + layers.widen_bias + layers.marks[marks]
    zero = np.zeros(WIDTH)
    for number, tap in enumerate(TAPS):
        seen = [row / np.sqrt(np.mean(row**2) + TINY) for row in hidden]
        rows = []
        for place in range(len(seen)):
            before = seen[place - tap] if place >= tap else zero
            behind = seen[place + tap] if place + tap < len(seen) else zero
            mixed = np.sum(layers.blends[number] * [before, seen[place], behind], axis=0)
            rows.append(hidden[place] + np.maximum(mixed @ layers.layers[number] + layers.biases[number], 0))
        hidden = np.array(rows)
    return hidden


@given(st.integers(1, 40), st.integers(0, 99))
def test_states_are_those_of_the_definition(layers: WordLayers, size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    states = rng.normal(size=(size, STATES)).astype(np.float32)
    numbers, marks = rng.integers(0, len(WORDS) + 1, size).tolist(), rng.integers(0, MARKS, size)
    found = layers.encode(states, numbers, marks)
    assert found.dtype == np.float32
    assert found == pytest.approx(_by_hand(layers, states, numbers, marks), rel=1e-3, abs=1e-3)


def test_words_have_the_rows_of_their_lower_case(layers: WordLayers) -> None:
    assert layers.numbers(["Over", "OVER", "under", "\n", "Straße"]) == [1, 1, 0, 2, 3]


def test_weights_are_kept(layers: WordLayers, tmp_path: Path) -> None:
    layers.save(tmp_path / "layers.npz")
    again = WordLayers.load(tmp_path / "layers.npz")
    assert again.rows == WORDS
    assert not again.words[0].any()
    for name in ("words", "widen", "widen_bias", "marks", "blends", "layers", "biases"):
        assert getattr(again, name).dtype == np.float32
        assert getattr(again, name) == pytest.approx(getattr(layers, name), abs=0.01)
