"""What finds and links claims, as torch fits it: the judge of numbers, the rankers of all roles and the network that reads the words around.

It is `kg.extract.claims.context` and a `Ranker` for each role, in the sums that they run as NumPy; before a ranker's first
layer it also has narrow views of number and place, which are multiplied out when it is done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.claims.choose import ORDER
from kg.extract.claims.context import NUMBER_MARK, ContextNetwork
from kg.extract.claims.judge import Judge
from kg.extract.claims.ranker import Ranker
from kg.training.claim_hints import COLUMNS
from kg.training.claim_lessons import Lesson, Names, Question, positions
from kg.training.claim_numbers import TrainedJudge
from kg.training.claim_table import NamedTable
from kg.training.claim_words import TrainedLayers, even


@dataclass(frozen=True, slots=True)
class LinkerSettings:
    """How linkers are fitted; `least` is how many rows, or numbers, must have a feature, `rate` the one of all but the features."""

    words: int = 8000
    """Words at most that have a row of their own."""
    width: int = 128
    """Of the states of words."""
    products: int = 48
    hidden: int = 48
    """Units of a ranker's first layer, and of its second one."""
    units: int = 24
    """Of the judge's layer."""
    judge: float = 0.5
    """How much what numbers are counts beside what they are linked to."""
    hint: float = 0.0
    """How much it counts that the states of words tell those of a teacher."""
    epochs: int = 4
    batch: int = 32
    rate: float = 0.003
    feature_rate: float = 0.004
    decay: float = 0.02
    drop: float = 0.3
    """Share of a row's features that are left out while it learns."""
    drop_states: float = 0.1
    least: int = 128
    warm: int = 100
    seed: int = 1


class Answers(NamedTuple):
    """What is said of several papers."""

    numbers: Tensor
    """A row for each number, as the judge gives it."""
    links: dict[str, tuple[Tensor, list[Question]]]
    """For each role the scores of the rows of all its questions, one after the other, and the questions."""
    hints: Tensor
    """What is taken for the teacher's states, a row for each word of the papers that have a hint; none where it does not count."""


class TrainedLinkers(nn.Module):
    """The judge, the rankers and the network that they share."""

    def __init__(self, names: Names, width: int, settings: LinkerSettings) -> None:
        super().__init__()
        hidden, products = settings.hidden, settings.products
        self.settings = settings
        kept = {role: names.kept(role, settings.least) for role in ORDER}
        self.table = nn.ModuleDict(
            {role: NamedTable(kept[role], len(names.ids), 1 + hidden, settings.drop) for role in ORDER}
        )
        self.bias = nn.ParameterDict({role: nn.Parameter(torch.zeros(hidden)) for role in ORDER})
        self.drop = nn.Dropout(settings.drop_states)
        self.words = names.frequent(settings.words)
        self.layers = TrainedLayers(len(self.words), width, settings.width, NUMBER_MARK + 1, settings.drop_states)
        self.word_row = positions(self.words, len(names.words)) + 1
        width = settings.width
        self.number = nn.ModuleDict({role: nn.Linear(2 * width, products) for role in ORDER})
        self.near = nn.ModuleDict({role: nn.Linear(width, products) for role in ORDER})
        self.everywhere = nn.ModuleDict({role: nn.Linear(width, products) for role in ORDER})
        self.nothing = nn.ParameterDict({role: nn.Parameter(torch.zeros(2 * products)) for role in ORDER})
        self.pair = nn.ModuleDict({role: nn.Linear(4 * products, hidden, bias=False) for role in ORDER})
        self.second = nn.ModuleDict({role: nn.Linear(2 * hidden, hidden) for role in ORDER})
        self.top = nn.ModuleDict({role: nn.Linear(hidden, 1) for role in ORDER})
        self.hint = nn.Linear(width, COLUMNS)
        self.judge = TrainedJudge(names, settings.least, 2 * width, settings.units, settings.drop, settings.drop_states)
        for table in self.table.values():
            nn.init.normal_(table.rows.weight, std=0.05)
            nn.init.zeros_(table.rows.weight[:, 0])

    def forward(self, lessons: Sequence[Lesson]) -> Answers:
        """What it says of papers."""
        states, starts = self.layers(lessons, self.word_row)
        sums = functional.pad(states.cumsum(0), (0, 0, 1, 0))
        spans = np.concatenate([lesson.numbers + start for lesson, start in zip(lessons, starts, strict=True)])
        first, last = torch.from_numpy(spans).long().unbind(1)
        numbers = torch.cat([_means(sums, spans), (states[first - 1] + states[last]) / 2], dim=1)
        begins = np.cumsum([0, *(len(lesson.numbers) for lesson in lessons)])
        scores = {}
        for role in ORDER:
            asked = [
                (question, start, begin + question.number)
                for lesson, start, begin in zip(lessons, starts, begins[:-1], strict=True)
                for question in lesson.questions[role]
            ]
            if asked:
                questions, shifts, those = zip(*asked, strict=True)
                seen = self._see(role, sums, numbers[list(those)], questions, shifts)
                scores[role] = self._rank(role, questions, seen), list(questions)
        return Answers(self.judge(lessons, numbers), scores, self._hint(lessons, states, starts))

    def _hint(self, lessons: Sequence[Lesson], states: Tensor, starts: Sequence[int]) -> Tensor:
        rows = [
            torch.arange(start, start + len(lesson.states))
            for lesson, start in zip(lessons, starts, strict=True)
            if lesson.hint is not None and self.settings.hint
        ]
        if not rows:
            return states.new_zeros(0, COLUMNS)
        result: Tensor = self.hint(even(states[torch.cat(rows)]))
        return result

    def _see(
        self, role: str, sums: Tensor, numbers: Tensor, questions: Sequence[Question], shifts: Sequence[int]
    ) -> Tensor:
        """What the words around add to the first layer of each row."""
        sizes = np.array([len(question.target.shares) for question in questions])
        near = np.concatenate(
            [np.where(q.near >= 0, q.near + s, (0, 1)) for q, s in zip(questions, shifts, strict=True)]
        )
        places = np.concatenate([q.places + s for q, s in zip(questions, shifts, strict=True)])
        counts = np.concatenate([question.counts for question in questions])
        owners = torch.from_numpy(np.repeat(np.arange(len(counts)), counts))
        every = sums.new_zeros(len(counts), sums.shape[1]).index_add(0, owners, _means(sums, places))
        every = every / torch.from_numpy(np.maximum(counts, 1))[:, None]
        candidate = torch.cat(
            [self.near[role](self.drop(_means(sums, near))), self.everywhere[role](self.drop(every))], dim=1
        )
        named = np.ones(sizes.sum(), bool)
        named[heads(sizes)] = False
        rows = self.nothing[role].expand(len(named), -1)
        rows = rows.index_put((torch.from_numpy(np.flatnonzero(named)),), candidate)
        number = self.number[role](self.drop(numbers)).repeat_interleave(torch.from_numpy(sizes), 0)
        result: Tensor = self.pair[role](torch.cat([number, rows, number * rows[:, : number.shape[1]]], dim=1))
        return result

    def _rank(self, role: str, questions: Sequence[Question], seen: Tensor) -> Tensor:
        """Scores of all rows, from named features and what the words around add."""
        summed = self.table[role]([q.features for q in questions], [q.offsets for q in questions])
        hidden = functional.relu(summed[:, 1:] + self.bias[role] + seen)
        sizes = torch.tensor([len(question.target.shares) for question in questions])
        owners = torch.arange(len(sizes)).repeat_interleave(sizes)
        best = hidden.new_zeros(len(sizes), hidden.shape[1])
        best = best.scatter_reduce(0, owners[:, None].expand_as(hidden), hidden, "amax")
        second = functional.relu(self.second[role](torch.cat([hidden, best[owners]], dim=1)))
        result: Tensor = summed[:, 0] + self.top[role](second)[:, 0]
        return result

    def to_numpy(self) -> tuple[Judge, dict[str, Ranker], ContextNetwork]:
        """The judge, the rankers by role, and the network that they share, as they run in the package."""
        with torch.no_grad():
            return self.judge.to_numpy(), {role: self._ranker(role) for role in ORDER}, self._context()

    def _ranker(self, role: str) -> Ranker:
        rows, table = self.table[role].to_numpy()
        second, top = self.second[role], self.top[role]
        own, best = second.weight.T.numpy().copy().reshape(2, self.settings.hidden, -1)
        return Ranker(
            rows,
            table,
            self.bias[role].numpy().copy(),
            own,
            best,
            second.bias.numpy().copy(),
            top.weight.numpy().T.copy(),
            top.bias.numpy().copy(),
        )

    def _context(self) -> ContextNetwork:
        k = self.settings.products
        parts: defaultdict[str, list[Tensor]] = defaultdict(list)
        for role in ORDER:
            by_number, by_place, by_all, by_product = self.pair[role].weight.T.split(k)
            near, every = self.near[role], self.everywhere[role]
            nothing = self.nothing[role]
            parts["number"].append(_beside(self.number[role].weight.T, by_number))
            parts["number_bias"].append(_beside(self.number[role].bias[None], by_number))
            parts["place"].append(_beside(near.weight.T, by_place))
            parts["place_bias"].append(_beside(near.bias[None], by_place))
            parts["everywhere"].append(every.weight.T @ by_all)
            parts["everywhere_bias"].append(every.bias[None] @ by_all)
            parts["product"].append(by_product)
            onward = nothing[:k] @ by_place + nothing[k:] @ by_all
            parts["nothing"].append(torch.cat([nothing[:k], onward])[None])
        stacked = {name: torch.stack(those).numpy() for name, those in parts.items()}
        return ContextNetwork(self.layers.to_numpy([*self.words]), **stacked)


def _beside(view: Tensor, onward: Tensor) -> Tensor:
    """A narrow view, and beside it what the next layer makes of it."""
    return torch.cat([view, view @ onward], dim=-1)


def heads(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first row of each question."""
    return np.concatenate([[0], np.cumsum(sizes)[:-1]])


def _means(sums: Tensor, spans: NDArray[np.int64]) -> Tensor:
    """Mean states of spans of words, from running sums."""
    first, last = torch.from_numpy(np.asarray(spans, np.int64)).unbind(1)
    result: Tensor = (sums[last] - sums[first]) / (last - first)[:, None]
    return result
