"""The layers over the words of papers, as torch fits them: the sums of `kg.extract.claims.layers`."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.claims.layers import TAPS, TINY, WordLayers
from kg.training.claim_lessons import Lesson

PADS = max(TAPS)
"""Empty words between two papers of a batch: as far as the widest layer reaches."""


class TrainedLayers(nn.Module):
    """Reads the words of several papers at once; a share `drop` of what enters a layer is left out while it learns."""

    def __init__(self, words: int, states: int, width: int, marks: int, drop: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(drop)
        self.words = nn.Embedding(words + 1, states, padding_idx=0)
        self.widen = nn.Linear(states, width)
        self.marks = nn.Embedding(marks, width, padding_idx=0)
        around = [torch.stack([torch.rand(width) - 0.5, torch.ones(width), torch.rand(width) - 0.5]) for _ in TAPS]
        self.blends = nn.ParameterList(map(nn.Parameter, around))
        self.layers = nn.ModuleList(nn.Linear(width, width) for _ in TAPS)
        for table in (self.words, self.marks):
            nn.init.normal_(table.weight, std=0.05)
            nn.init.zeros_(table.weight[0])
        for layer in self.layers:
            nn.init.normal_(layer.weight, std=0.7 / math.sqrt(width))

    def forward(self, lessons: Sequence[Lesson], row_of: NDArray[np.int64]) -> tuple[Tensor, list[int]]:
        """States of the words of papers one after the other, and where each paper's begin; `row_of` has the rows of words."""
        starts, size = [], PADS
        for lesson in lessons:
            starts.append(size)
            size += len(lesson.states) + PADS
        states = torch.zeros(size, lessons[0].states.shape[1])
        words, marks = torch.zeros(size, dtype=torch.long), torch.zeros(size, dtype=torch.long)
        there = torch.zeros(size, 1)
        for start, lesson in zip(starts, lessons, strict=True):
            end = start + len(lesson.states)
            states[start:end] = torch.from_numpy(lesson.states.astype(np.float32))
            words[start:end] = torch.from_numpy(row_of[lesson.words])
            marks[start:end] = torch.from_numpy(lesson.marks.astype(np.int64))
            there[start:end] = 1
        # Half precision is four times as quick on processors that have it.
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            return self._run(states + self.words(words), self.marks(marks), there), starts

    def _run(self, states: Tensor, marks: Tensor, there: Tensor) -> Tensor:
        hidden = ((self.widen(self.drop(states)) + marks) * there).float()
        size = len(hidden)
        for tap, blend, layer in zip(TAPS, self.blends, self.layers, strict=True):
            padded = functional.pad(self.drop(even(hidden)), (0, 0, tap, tap))
            before, own, behind = (
                padded[at : at + size] * part for at, part in zip((0, tap, 2 * tap), blend, strict=True)
            )
            hidden = hidden + functional.relu(layer(before + own + behind)).float() * there
        return hidden

    def to_numpy(self, words: Sequence[str]) -> WordLayers:
        """The layers as they run in the package; `words` are those that have a row, in order."""
        return WordLayers(
            {word: row for row, word in enumerate(words, 1)},
            self.words.weight.numpy().copy(),
            self.widen.weight.numpy().T.copy(),
            self.widen.bias.numpy().copy(),
            self.marks.weight.numpy().copy(),
            torch.stack([*self.blends]).numpy(),
            np.stack([layer.weight.numpy().T for layer in self.layers]),
            np.stack([layer.bias.numpy() for layer in self.layers]),
        )


def even(states: Tensor) -> Tensor:
    """States scaled so that the mean square of each row is one."""
    return states * torch.rsqrt(states.pow(2).mean(1, keepdim=True) + float(TINY))
