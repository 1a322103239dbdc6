"""The judge of numbers gives what its weights say, and keeps them."""

from pathlib import Path

import numpy as np
import pytest

from kg.extract.claims.judge import GLANCE, Judge

UNITS, OUTPUTS, WORDS = 3, 2, 4
ITEMS = [["a", "b"], [], ["b", "new", "b"]]


@pytest.fixture
def judge() -> Judge:
    rng = np.random.default_rng(3)

    def some(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.5, shape).astype(np.float32)

    table = some(3, 1 + OUTPUTS + UNITS)
    table[0] = 0
    return Judge({"a": 1, "b": 2}, table, some(WORDS, UNITS), some(1 + OUTPUTS + UNITS), some(UNITS, OUTPUTS))


@pytest.fixture
def words() -> np.ndarray:
    return np.random.default_rng(4).normal(size=(len(ITEMS), WORDS)).astype(np.float32)


def test_scores_are_those_of_the_definition(judge: Judge, words: np.ndarray) -> None:
    sums = judge.sums(ITEMS)
    for row, summed, item, seen in zip(judge.scores(sums, words), sums, ITEMS, words, strict=True):
        assert summed == pytest.approx(judge.bias + sum(judge.table[judge.rows.get(name, 0)] for name in item))
        units = np.maximum(summed[1 + OUTPUTS :] + seen @ judge.words, 0)
        assert row == pytest.approx(summed[1 : 1 + OUTPUTS] + units @ judge.top, abs=1e-5)


def test_one_number_that_may_be_a_result_is_worth_reading(judge: Judge) -> None:
    sums = judge.sums(ITEMS)
    sums[:, 0] = [GLANCE - 1, GLANCE - 0.1, GLANCE - 2]
    assert not judge.is_worth_reading(sums)
    sums[1, 0] = GLANCE
    assert judge.is_worth_reading(sums)


def test_a_number_is_judged_by_itself(judge: Judge, words: np.ndarray) -> None:
    assert judge.scores(judge.sums(ITEMS[2:]), words[2:])[0] == pytest.approx(
        judge.scores(judge.sums(ITEMS), words)[2], abs=1e-6
    )


def test_weights_are_kept(judge: Judge, words: np.ndarray, tmp_path: Path) -> None:
    judge.save(tmp_path / "numbers.npz")
    again = Judge.load(tmp_path / "numbers.npz")
    assert again.rows == judge.rows
    assert again.scores(again.sums(ITEMS), words) == pytest.approx(judge.scores(judge.sums(ITEMS), words), abs=1e-2)
