"""The gradients that the number network is fitted by are those of its loss."""

import numpy as np
import pytest

from kg.training.sparse import heads_loss


def test_a_head_without_a_label_moves_nothing() -> None:
    sure = np.array([0, 1], np.float32)
    loss = heads_loss([(sure, None), (None, np.array([0.2, 0.3, 0.5], np.float32))], [1.0, 0.5], (2, 3))
    gradient = loss(np.zeros((2, 5), np.float32), [0, 1])
    assert gradient[0].tolist() == [0.5, -0.5, 0, 0, 0]
    assert gradient[1] == pytest.approx([0, 0, 0.5 * (1 / 3 - 0.2), 0.5 * (1 / 3 - 0.3), 0.5 * (1 / 3 - 0.5)], abs=1e-6)
