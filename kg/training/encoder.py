"""The encoder as torch trains it: the same sums and convolutions as `kg.extract.entities.encoder` runs in NumPy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.entities.encoder import CONTEXT_ROWS, TAPS, Encoder
from kg.extract.entities.spelling import rows_of, table_rows

PADS = max(abs(tap) for taps in TAPS for tap in taps)
"""Empty words between two papers of a batch: as far as the widest tap reaches."""


class Spellings:
    """Distinct words with the rows of the embedding table that make each."""

    def __init__(self, words: Sequence[str], known: Mapping[str, int]) -> None:
        rows = [rows_of(word, known) for word in words]
        self.rows = np.array([row for group in rows for row in group], np.int64)
        self.offsets = np.cumsum([0, *(len(group) for group in rows)])

    def bags(self, ids: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """Rows of the given words one after the other, and where each word's begin."""
        starts, sizes = self.offsets[ids], self.offsets[ids + 1] - self.offsets[ids]
        ends = np.cumsum(sizes)
        at = np.repeat(starts - ends + sizes, sizes) + np.arange(int(ends[-1]))
        return torch.from_numpy(self.rows[at]), torch.from_numpy(ends - sizes)


class TrainedEncoder(nn.Module):
    """Embeds words by spelling and context and lets each see its neighbours."""

    def __init__(self, known: Mapping[str, int], width: int, drop_row: float = 0.15, drop: float = 0.2) -> None:
        super().__init__()
        self.known = dict(known)
        self.table = nn.Parameter(torch.randn(table_rows(len(known)), width) * 0.1)
        self.context = nn.Parameter(torch.randn(CONTEXT_ROWS, width) * 0.05)
        self.mask = nn.Parameter(torch.zeros(width))
        self.layers = nn.ModuleList(nn.Linear(len(taps) * width, width) for taps in TAPS)
        for layer in self.layers:
            nn.init.normal_(layer.weight, std=float(np.sqrt(1 / layer.in_features)))
        self.drop_row, self.drop = drop_row, drop

    def embed(self, spellings: Spellings, ids: NDArray[np.int64]) -> Tensor:
        """Vectors of the words `ids`; while training, some rows of a word's sum are left out."""
        used, local = np.unique(ids, return_inverse=True)
        rows, offsets = spellings.bags(used)
        weights = None
        if self.training:
            weights = (torch.rand(len(rows)) >= self.drop_row).float() / (1 - self.drop_row)
        vectors = functional.embedding_bag(rows, self.table, offsets, mode="sum", per_sample_weights=weights)
        return vectors[torch.from_numpy(local)]

    def convolve(self, inputs: Tensor, there: Tensor) -> Tensor:
        """Hidden states of words; rows where `there` is 0 part two papers and stay zero."""
        hidden, size = inputs * there, len(inputs)
        for taps, layer in zip(TAPS, self.layers, strict=True):
            reach = taps[-1]
            padded = functional.pad(functional.dropout(hidden, self.drop, self.training), (0, 0, reach, reach))
            around = torch.cat([padded[reach + tap : reach + tap + size] for tap in taps], dim=1)
            hidden = hidden + functional.relu(layer(around)) * there
        return hidden

    @classmethod
    def of(cls, encoder: Encoder) -> TrainedEncoder:
        """Inverse of `to_numpy`, to train on."""
        result = cls(encoder.known, encoder.table.shape[1])
        parts = {"table": encoder.table, "context": encoder.context}
        for number, (weight, bias) in enumerate(zip(encoder.weights, encoder.biases, strict=True)):
            parts |= {f"layers.{number}.weight": weight.T, f"layers.{number}.bias": bias}
        result.load_state_dict({name: torch.tensor(part) for name, part in parts.items()}, strict=False)
        return result

    def to_numpy(self) -> Encoder:
        """The encoder as it runs in the package."""
        weights = [layer.weight.detach().numpy().T.copy() for layer in self.layers]
        biases = [layer.bias.detach().numpy().copy() for layer in self.layers]
        return Encoder(
            self.known, self.table.detach().numpy().copy(), self.context.detach().numpy().copy(), weights, biases
        )
