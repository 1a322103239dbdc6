"""Hints are a teacher's states in the directions in which they vary most, for words instead of pieces."""

import numpy as np
import pytest

from kg.extract.document import WordStates
from kg.training.claim_hints import Hints

STARTS, ENDS = np.array([0, 3, 7, 9]), np.array([3, 6, 9, 12])
WORDS = WordStates([0, 7], [6, 12], np.zeros((2, 1), np.float32))


def _states() -> np.ndarray:
    rng = np.random.default_rng(2)
    return (rng.normal(size=(400, 150)) * np.linspace(3, 0.01, 150) + 1).astype(np.float32)


def test_a_word_has_the_mean_of_its_pieces() -> None:
    states = _states()
    hints = Hints.fit([states[:200], states[200:]])
    pieces = states[:4]
    told = hints.of(pieces, STARTS, ENDS, WORDS)
    wanted = [
        (pieces[:2].mean(axis=0) - hints.mean) @ hints.basis,
        (pieces[2:].mean(axis=0) - hints.mean) @ hints.basis,
    ]
    assert told == pytest.approx(np.stack(wanted), abs=2e-3)


def test_words_behind_the_last_piece_have_its_state() -> None:
    states = _states()
    hints = Hints.fit([states])
    short = hints.of(states[:2], STARTS[:2], ENDS[:2], WORDS)
    assert short[1] == pytest.approx((states[1] - hints.mean) @ hints.basis, abs=2e-3)


def test_all_directions_together_vary_by_one() -> None:
    states = _states()
    hints = Hints.fit([states])
    told = (states - hints.mean) @ hints.basis
    assert told.var(axis=0).sum() == pytest.approx(1, abs=0.01)
    assert (np.diff(told.var(axis=0)) < 1e-6).all(), "the widest direction comes first"
