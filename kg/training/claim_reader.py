"""The network of the teacher for claims: a transformer reads the paper, rankers look at its states and at named features.

The states of a number's pieces and of the places where a candidate stands say what the features of
`kg.extract.claims.relate` cannot: how the sentence is built and what its words mean. Slow: it labels papers that the
networks for use learn from, and does not ship. Needs the extra `teacher`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.claims.choose import ORDER
from kg.extract.claims.context import NUMBER_MARK, PLACES, marked, nearest
from kg.extract.claims.finder import HEADS
from kg.extract.claims.passage import Passage
from kg.training.claim_decisions import Decision
from kg.training.teacher import LONGEST, read_transformer

NUMBERS = "numbers"
HIDDEN, FEATURE_WIDTH = 128, 48


class FeatureRows:
    """Named features that are frequent enough, as rows of a table."""

    def __init__(self, lists: Iterable[Iterable[str]], least: int = 6) -> None:
        counts = Counter(name for names in lists for name in set(names))
        self.rows = {name: row for row, name in enumerate(sorted(n for n, c in counts.items() if c >= least))}

    def bags(self, lists: Sequence[Sequence[str]]) -> tuple[Tensor, Tensor]:
        """Rows of all lists one after the other, and where each list's begin."""
        flat: list[int] = []
        offsets: list[int] = []
        for names in lists:
            offsets.append(len(flat))
            flat += [row for row in map(self.rows.get, names) if row is not None]
        return torch.tensor(flat, dtype=torch.long), torch.tensor(offsets)


@dataclass(frozen=True, slots=True)
class Read:
    """A paper as the transformer read it."""

    states: Tensor
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def pieces(self, start: int, end: int) -> tuple[int, int]:
        """The pieces [first, last) of a span of the text; the marks at both ends of the paper are none."""
        return _pieces(self.starts, self.ends, start, end)

    def text(self) -> NDArray[np.float32]:
        """(P, D): the states of the pieces that are text."""
        states: NDArray[np.float32] = self.states[1 : len(self.starts) - 1].detach().numpy()
        return states

    def mean(self, start: int, end: int) -> Tensor:
        """The mean state of a span."""
        first, last = self.pieces(start, end)
        return self.states[first:last].mean(0)

    def number(self, start: int, end: int) -> Tensor:
        """The state of a number beside that of its two neighbours."""
        first, last = self.pieces(start, end)
        around = (self.states[first - 1] + self.states[last]) / 2
        return torch.cat([self.states[first:last].mean(0), around])


def _pieces(starts: NDArray[np.int64], ends: NDArray[np.int64], start: int, end: int) -> tuple[int, int]:
    first = max(1, int(np.searchsorted(ends[:-1], start, side="right")))
    first = min(first, len(starts) - 2)
    return first, max(first + 1, min(len(starts) - 1, int(np.searchsorted(starts[:-1], end, side="left"))))


class ClaimReader(nn.Module):
    """Judges numbers, and ranks what each may be linked to."""

    def __init__(self, features: Mapping[str, FeatureRows], folder: Path) -> None:
        super().__init__()
        self.features = features
        self.model, self.tokenizer = read_transformer(folder)
        self.tokenizer.enable_truncation(LONGEST)  # what stands behind has the state of the last piece
        width = self.model.config.hidden_size
        self.marks = nn.Embedding(NUMBER_MARK + 1, width, padding_idx=0)
        self.tables = nn.ModuleDict(
            {role: nn.EmbeddingBag(len(f.rows), FEATURE_WIDTH, mode="sum") for role, f in features.items()}
        )
        for table in (self.marks, *self.tables.values()):
            nn.init.normal_(table.weight, std=0.02)
        with torch.no_grad():
            self.marks.weight[0] = 0
        self.number = nn.ModuleDict({role: nn.Linear(2 * width, HIDDEN) for role in ORDER})
        self.near = nn.ModuleDict({role: nn.Linear(width, HIDDEN) for role in ORDER})
        self.everywhere = nn.ModuleDict({role: nn.Linear(width, HIDDEN) for role in ORDER})
        self.nothing = nn.ParameterDict({role: nn.Parameter(torch.zeros(2 * HIDDEN)) for role in ORDER})
        self.pair = nn.ModuleDict({role: nn.Linear(4 * HIDDEN + FEATURE_WIDTH, HIDDEN) for role in ORDER})
        self.score = nn.ModuleDict({role: nn.Linear(HIDDEN, 1) for role in ORDER})
        self.result = nn.Linear(2 * width + FEATURE_WIDTH, HIDDEN)
        self.result_top = nn.Linear(HIDDEN, sum(HEADS))
        self.drop = nn.Dropout(0.1)

    def read(self, passages: Sequence[Passage]) -> list[Read]:
        """The states of papers, with entities and numbers marked as such."""
        texts = [self.tokenizer.encode(passage.text) for passage in passages]
        longest = max(len(text.ids) for text in texts)
        ids = torch.full((len(texts), longest), self.model.config.pad_token_id)
        there = torch.zeros(len(texts), longest, dtype=torch.long)
        marks = torch.zeros(len(texts), longest, dtype=torch.long)
        places = []
        for row, (text, passage) in enumerate(zip(texts, passages, strict=True)):
            ids[row, : len(text.ids)] = torch.tensor(text.ids)
            there[row, : len(text.ids)] = 1
            starts, ends = (np.array([offset[side] for offset in text.offsets]) for side in (0, 1))
            places.append((starts, ends))
            for start, end, mark in marked(passage):
                first, last = _pieces(starts, ends, start, end)
                marks[row, first:last] = mark
        with torch.autocast("cpu", torch.bfloat16):
            words = self.model.embeddings.word_embeddings(ids) + self.marks(marks)
            states = self.model(inputs_embeds=words, attention_mask=there).last_hidden_state.float()
        return [Read(states[row], *place) for row, place in enumerate(places)]

    def judge(self, states: Sequence[Tensor], features: Sequence[Sequence[str]]) -> Tensor:
        """Scores of numbers, a row each: result or not, kinds, bounds side by side."""
        seen = torch.cat([self.drop(torch.stack(list(states))), self._bag(NUMBERS, features)], dim=1)
        result: Tensor = self.result_top(self.drop(functional.relu(self.result(seen))))
        return result

    def rank(
        self, role: str, numbers: Sequence[Tensor], reads: Sequence[Read], decisions: Sequence[Decision]
    ) -> list[Tensor]:
        """For each decision the scores of "nothing" and of its candidates."""
        sizes = [len(decision.group) for decision in decisions]
        near, everywhere = [], []
        for read, decision in zip(reads, decisions, strict=True):
            for spans in (spans[:PLACES] for spans in decision.spans()):
                states = [read.mean(*span) for span in spans] or [read.states.new_zeros(read.states.shape[1])]
                near.append(states[nearest(spans, decision.scene.site) if spans else 0])
                everywhere.append(torch.stack(states).mean(0))
        number = self.number[role](self.drop(torch.stack(list(numbers)))).repeat_interleave(torch.tensor(sizes), dim=0)
        heads = np.cumsum([0, *sizes[:-1]])
        named = torch.ones(sum(sizes), dtype=torch.bool)
        named[torch.from_numpy(heads)] = False
        candidate = self.nothing[role].expand(len(number), -1)
        if near:
            both = torch.cat(
                [
                    self.near[role](self.drop(torch.stack(near))),
                    self.everywhere[role](self.drop(torch.stack(everywhere))),
                ],
                dim=1,
            )
            candidate = candidate.index_put((torch.nonzero(named)[:, 0],), both)
        features = self._bag(role, [names for decision in decisions for names in decision.group])
        seen = torch.cat([number, candidate, number * candidate[:, :HIDDEN], features], dim=1)
        scores = self.score[role](self.drop(functional.relu(self.pair[role](seen))))[:, 0]
        return list(scores.split(sizes))

    def _bag(self, role: str, lists: Sequence[Sequence[str]]) -> Tensor:
        ids, offsets = self.features[role].bags(lists)
        weights = torch.ones(len(ids))
        if self.training:
            weights = (torch.rand(len(ids)) >= 0.4).float() / 0.6
        result: Tensor = self.tables[role](ids, offsets, per_sample_weights=weights)
        return result
