"""A ranker judges each row in the light of the others; several rankers side by side sum as each by itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.extract.claims.ranker import Ranker, Shared

UNITS, SECOND = 3, 2
ITEMS = [["a", "b"], [], ["c", "new"], ["a", "a"]]


def _ranker(*names: str) -> Ranker:
    rng = np.random.default_rng(len(names))

    def some(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.5, shape).astype(np.float32)

    table = some(len(names) + 1, 1 + UNITS)
    table[0] = 0
    rows = {name: row for row, name in enumerate(names, 1)}
    return Ranker(
        rows, table, some(UNITS), some(UNITS, SECOND), some(UNITS, SECOND), some(SECOND), some(SECOND, 1), some(1)
    )


def test_scores_are_those_of_the_definition() -> None:
    ranker = _ranker("a", "b", "c")
    seen = np.random.default_rng(5).normal(size=(len(ITEMS), UNITS)).astype(np.float32)
    sums = [sum((ranker.table[ranker.rows.get(name, 0)] for name in item), np.zeros(1 + UNITS)) for item in ITEMS]
    units = [np.maximum(row[1:] + ranker.bias + more, 0) for row, more in zip(sums, seen, strict=True)]
    most = np.max(units, axis=0) @ ranker.best
    second = [np.maximum(row @ ranker.own + most + ranker.own_bias, 0) for row in units]
    wanted = [row[0] + above @ ranker.top[:, 0] + ranker.top_bias[0] for row, above in zip(sums, second, strict=True)]
    assert ranker.scores(ranker.sums(ITEMS), seen) == pytest.approx(wanted, abs=1e-5)


def test_side_by_side_they_sum_as_each_by_itself() -> None:
    rankers = {"method": _ranker("a", "c"), "task": _ranker("b", "c", "d")}
    shared = Shared(rankers)
    sums = shared.sums(ITEMS)
    for role, ranker in rankers.items():
        assert sums[:, shared.columns[role]] == pytest.approx(ranker.sums(ITEMS), abs=1e-6)


def test_weights_are_kept(tmp_path: Path) -> None:
    ranker = _ranker("a", "b", "straße")
    ranker.save(tmp_path / "method.npz")
    again = Ranker.load(tmp_path / "method.npz")
    assert again.rows == ranker.rows
    assert again.table == pytest.approx(ranker.table, abs=1e-3)
    assert again.top_bias.dtype == np.float32
