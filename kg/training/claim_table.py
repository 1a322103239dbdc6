"""A table with a row for each named feature, as torch fits it: that of `kg.extract.claims.named`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from kg.extract.claims.named import Array
from kg.training.claim_lessons import Rows, positions


class NamedTable(nn.Module):
    """Rows for the names `kept`, of `size` that are numbered; of what it sums a share `drop` is left out while it learns."""

    def __init__(self, kept: Mapping[str, int], size: int, width: int, drop: float) -> None:
        super().__init__()
        self.names = tuple(kept)
        self.row_of = positions(kept, size)
        self.rows = nn.EmbeddingBag(max(1, len(kept)), width, mode="sum")
        self.drop = drop

    def forward(self, features: Sequence[Rows], offsets: Sequence[Rows]) -> Tensor:
        """The sums of several lists of features, one row for each, as `features` and `offsets` of a `Question` say; unknown ones count nothing."""
        flat, starts, size = [], [], 0
        for those, bounds in zip(features, offsets, strict=True):
            rows = self.row_of[those]
            known = rows >= 0
            before = np.concatenate([[0], np.cumsum(known)])
            starts.append(before[bounds[:-1]] + size)
            flat.append(rows[known])
            size += len(flat[-1])
        weights = torch.ones(size)
        if self.training:
            weights = (torch.rand(size) >= self.drop).float() / (1 - self.drop)
        ids, begins = (torch.from_numpy(np.concatenate(parts)).long() for parts in (flat, starts))
        result: Tensor = self.rows(ids, begins, per_sample_weights=weights)
        return result

    def to_numpy(self) -> tuple[dict[str, int], Array]:
        """Which row each name has, and the table, whose row 0 is zero."""
        table = self.rows.weight.detach().numpy()[: len(self.names)]
        rows = {name: row for row, name in enumerate(self.names, 1)}
        return rows, np.concatenate([np.zeros((1, table.shape[1]), np.float32), table])
