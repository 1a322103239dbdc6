"""The judge of numbers, as torch fits it beside the linkers: the sums of `kg.extract.claims.judge`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.claims.finder import HEADS
from kg.extract.claims.judge import Judge
from kg.training.claim_lessons import NUMBERS, Lesson, Names
from kg.training.claim_table import NamedTable

OUTPUTS = 1 + sum(HEADS)


class TrainedJudge(nn.Module):
    """Reads named features that `least` numbers have, of which a share `drop` is left out while it learns, and the words of a number."""

    def __init__(self, names: Names, least: int, words: int, units: int, drop: float, drop_words: float) -> None:
        super().__init__()
        self.table = NamedTable(names.kept(NUMBERS, least), len(names.ids), OUTPUTS + units, drop)
        self.words = nn.Linear(words, units)
        self.top = nn.Linear(units, OUTPUTS - 1)
        self.glance = nn.Parameter(torch.zeros(1))
        self.drop = nn.Dropout(drop_words)
        nn.init.normal_(self.table.rows.weight, std=0.03)

    def forward(self, lessons: Sequence[Lesson], numbers: Tensor) -> Tensor:
        """(N, OUTPUTS): the log-odds of a glance, then scores, for each of the numbers of papers, whose words are `numbers` (N, V)."""
        summed = self.table([lesson.features for lesson in lessons], [lesson.offsets for lesson in lessons])
        units = functional.relu(summed[:, OUTPUTS:] + self.words(self.drop(numbers)))
        return torch.cat([summed[:, :1] + self.glance, summed[:, 1:OUTPUTS] + self.top(units)], dim=1)

    def to_numpy(self) -> Judge:
        """The judge as it runs in the package."""
        with torch.no_grad():
            words, top = (part.weight.T.numpy().copy() for part in (self.words, self.top))
            return Judge(
                *self.table.to_numpy(), words, torch.cat([self.glance, self.top.bias, self.words.bias]).numpy(), top
            )


def number_loss(scores: Tensor, lessons: Sequence[Lesson]) -> Tensor:
    """The sum over the numbers of papers, by their weights; whether a number is a result counts half as much as its kind and its bound, at a glance as well."""
    labels = torch.from_numpy(np.concatenate([lesson.labels for lesson in lessons]))
    weights = torch.from_numpy(np.repeat([lesson.weight for lesson in lessons], [len(x.labels) for x in lessons]))
    known = ~labels[:, 0].isnan()
    glances = functional.binary_cross_entropy_with_logits(scores[known, 0], labels[known, 1], reduction="none")
    total = 0.5 * (glances * weights[known]).sum()
    for head, (given, wanted) in enumerate(
        zip(scores[:, 1:].split(HEADS, dim=1), labels.split(HEADS, dim=1), strict=True)
    ):
        known = ~wanted[:, 0].isnan()
        losses = -(wanted[known] * given[known].log_softmax(dim=1)).sum(dim=1) * weights[known]
        total = total + (losses.sum() if head else 0.5 * losses.sum())
    return total.float()
