"""The gradients that claim networks are fitted by are those of their losses, for annotated and for labelled groups."""

import numpy as np
import pytest

from kg.training.sparse import Array, Target, choice_loss, heads_loss, set_loss

SOFT = Target(np.array([0.1, 0.7, 0.2], np.float32), weight=0.5, told=False)
TOLD = Target.of([1, 3], 4)


def _softmax(scores: Array) -> Array:
    raised = np.exp(scores - scores.max())
    return raised / raised.sum()


def _choice(scores: Array, target: Target) -> float:
    shares = _softmax(scores)
    if target.told:
        return float(-np.log(shares[target.shares > 0].sum()))
    return float(-target.weight * (target.shares * np.log(shares)).sum())


def _set(scores: Array, target: Target) -> float:
    share = 1 / (1 + np.exp(scores[0] - scores[1:]))
    wanted = target.shares[1:]
    return float(-target.weight * (wanted * np.log(share) + (1 - wanted) * np.log(1 - share)).sum())


@pytest.mark.parametrize(("loss", "value"), [(choice_loss, _choice), (set_loss, _set)])
def test_gradients_are_slopes_of_the_loss(loss: object, value: object) -> None:
    scores = np.array([0.3, -0.2, 0.9, 0.1, 0.4, -1.0, 0.2], np.float64)[:, None]
    targets = [SOFT, TOLD]
    gradient = loss(targets)(scores, [0, 1])[:, 0]  # type: ignore[operator]

    def total(moved: Array) -> float:
        return value(moved[:3], SOFT) + value(moved[3:], TOLD)  # type: ignore[operator,no-any-return]

    for row in range(len(scores)):
        step = np.zeros(len(scores))
        step[row] = 1e-5
        slope = (total(scores[:, 0] + step) - total(scores[:, 0] - step)) / 2e-5
        assert gradient[row] == pytest.approx(slope, abs=1e-4)


def test_a_head_without_a_label_moves_nothing() -> None:
    sure = np.array([0, 1], np.float32)
    loss = heads_loss([(sure, None), (None, np.array([0.2, 0.3, 0.5], np.float32))], [1.0, 0.5], (2, 3))
    gradient = loss(np.zeros((2, 5), np.float32), [0, 1])
    assert gradient[0].tolist() == [0.5, -0.5, 0, 0, 0]
    assert gradient[1] == pytest.approx([0, 0, 0.5 * (1 / 3 - 0.2), 0.5 * (1 / 3 - 0.3), 0.5 * (1 / 3 - 0.5)], abs=1e-6)
