"""Fits a `Network` over sparse features, by Adam, seeded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.claims.network import Network

Array = NDArray[np.float32]
Loss = Callable[[Array, Sequence[int]], Array]
"""Scores of a batch's rows and the numbers of its groups → gradient of the loss by the scores."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a network is fitted. `copies` networks from different seeds are laid side by side as one."""

    hidden: int = 8
    copies: int = 3
    epochs: int = 7
    rate: float = 0.004
    decay: float = 0.02
    drop: float = 0.25
    batch: int = 64
    least: int = 3
    seed: int = 1


def fit(groups: Sequence[Sequence[Sequence[str]]], loss: Loss, outputs: int, settings: Settings) -> Network:
    """A network fitted to groups of feature lists (a group is what one decision looks at)."""
    counts = Counter(name for group in groups for item in group for name in set(item))
    rows = {"": 0}
    for name, count in sorted(counts.items()):
        if count >= settings.least:
            rows[name] = len(rows)
    coded = [[[rows[x] for x in item if x in rows] for item in group] for group in groups]
    parts = [_fit_one(coded, loss, outputs, len(rows), settings, settings.seed + k) for k in range(settings.copies)]
    share = np.float32(1 / len(parts))
    linear = sum(part[0][:, :outputs] for part in parts) * share
    bias = sum(part[1][:outputs] for part in parts) * share
    table = np.concatenate([linear, *(part[0][:, outputs:] for part in parts)], axis=1)
    top = np.concatenate([part[2] for part in parts]) * share
    return Network(rows, table, np.concatenate([bias, *(part[1][outputs:] for part in parts)]), top, outputs)


def _fit_one(
    coded: Sequence[Sequence[Sequence[int]]], loss: Loss, outputs: int, size: int, settings: Settings, seed: int
) -> tuple[Array, Array, Array]:
    rng = np.random.default_rng(seed)
    width = outputs + settings.hidden
    table = rng.normal(0, 0.05, (size, width)).astype(np.float32)
    table[:, :outputs] = 0
    table[0] = 0
    bias = np.zeros(width, np.float32)
    top = rng.normal(0, 0.3, (settings.hidden, outputs)).astype(np.float32)
    adam = _Adam([table, bias, top], settings)
    steps = settings.epochs * -(-len(coded) // settings.batch)
    step = 0
    for _ in range(settings.epochs):
        order = rng.permutation(len(coded))
        for at in range(0, len(order), settings.batch):
            chosen = order[at : at + settings.batch]
            gradients = _gradients(coded, chosen, loss, (table, bias, top), outputs, settings.drop, rng)
            adam.update(gradients, 1 - step / steps)
            table[0] = 0
            step += 1
    return table, bias, top


def _gradients(
    coded: Sequence[Sequence[Sequence[int]]],
    chosen: NDArray[np.int64],
    loss: Loss,
    weights: tuple[Array, Array, Array],
    outputs: int,
    drop: float,
    rng: np.random.Generator,
) -> list[Array]:
    from scipy.sparse import csr_matrix

    table, bias, top = weights
    items = [item for number in chosen for item in coded[number]]
    lengths = np.array([len(item) for item in items])
    columns = np.concatenate([np.asarray(item, dtype=np.int64) for item in items])
    values = (rng.random(len(columns)) >= drop).astype(np.float32) / np.float32(1 - drop)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    matrix = csr_matrix((values, columns, starts), shape=(len(items), len(table)))
    summed = matrix @ table + bias
    hidden = np.maximum(summed[:, outputs:], 0)
    by_score = loss(summed[:, :outputs] + hidden @ top, [int(x) for x in chosen]) / len(chosen)
    by_hidden = (by_score @ top.T) * (hidden > 0)
    by_sum = np.concatenate([by_score, by_hidden], axis=1).astype(np.float32)
    return [np.asarray(matrix.T @ by_sum, dtype=np.float32), by_sum.sum(axis=0), hidden.T @ by_score]


class _Adam:
    """Adam with decoupled decay of the weights."""

    def __init__(self, weights: list[Array], settings: Settings) -> None:
        self.weights = weights
        self.settings = settings
        self.first = [np.zeros_like(w) for w in weights]
        self.second = [np.zeros_like(w) for w in weights]
        self.count = 0

    def update(self, gradients: list[Array], left: float) -> None:
        """One step; the rate falls with the share of steps that is left."""
        self.count += 1
        rate = np.float32(self.settings.rate * left)
        for w, g, m, v in zip(self.weights, gradients, self.first, self.second, strict=True):
            m += np.float32(0.1) * (g - m)
            v += np.float32(0.02) * (g * g - v)
            corrected = (m / np.float32(1 - 0.9**self.count)) / (
                np.sqrt(v / np.float32(1 - 0.98**self.count)) + np.float32(1e-6)
            )
            w -= rate * (corrected + np.float32(self.settings.decay) * w)


def heads_loss(labels: Sequence[Sequence[Array | None]], weights: Sequence[float], heads: Sequence[int]) -> Loss:
    """Several multinomial heads side by side: for each group (one row) the shares of each head, None leaves it out."""

    def gradient(scores: Array, groups: Sequence[int]) -> Array:
        out = np.zeros_like(scores)
        low = 0
        for head, width in enumerate(heads):
            part = scores[:, low : low + width]
            raised = np.exp(part - part.max(axis=1, keepdims=True))
            share = raised / raised.sum(axis=1, keepdims=True)
            for row, group in enumerate(groups):
                wanted = labels[group][head]
                if wanted is not None:
                    out[row, low : low + width] = weights[group] * (share[row] - wanted)
            low += width
        return out

    return gradient
