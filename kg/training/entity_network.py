"""Fits encoder and form network together, by Adam, seeded; needs torch.

Three losses: where names begin and end (each word), what each candidate form is, whether the paper introduces it.
Candidates are what the network itself would propose at that time, known names, and the annotated forms.
"""

from __future__ import annotations

import copy
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.entities.candidates import LIKELY, POSSIBLE, Candidates
from kg.extract.entities.cues import CUES
from kg.extract.entities.encoder import Encoder
from kg.extract.entities.forms import FEATURES, OUTCOMES, RIVALRY, SIZES, FormNetwork, rivalry
from kg.training.encoder import PADS, Spellings, TrainedEncoder
from kg.training.entity_spans import UNKNOWN, Spans, boundary_labels

log = logging.getLogger(__name__)
MOST = 120
"""Candidates of a paper that the network may propose while it still knows little."""
WIDER = 0.75
"""By how much the logarithm of the probability of an end may lie below what is looked at in use: more to learn from."""


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """How the network is fitted. `word_rate` is the share of the rate at which pre-trained word vectors move."""

    width: int = 96
    hidden: int = 96
    epochs: int = 7
    rate: float = 0.002
    word_rate: float = 0.3
    decay: float = 0.01
    drop: float = 0.25
    drop_row: float = 0.15
    drop_form: float = 0.3
    batch: int = 16
    seed: int = 1


class TrainedForms(nn.Module):
    """`kg.extract.entities.forms.FormNetwork` as torch trains it."""

    def __init__(self, width: int, hidden: int, drop: float) -> None:
        super().__init__()
        self.boundary = nn.Linear(width, 2)
        nn.init.constant_(self.boundary.bias, -2.0)
        self.span = nn.Linear(5 * width, width, bias=False)
        self.sizes = nn.Parameter(torch.zeros(SIZES, width))
        self.pooled = nn.Linear(3 * width + FEATURES + CUES + RIVALRY, hidden)
        self.top = nn.Linear(hidden, OUTCOMES + 1)
        self.drop = drop

    def forward(self, hidden: Tensor, joined: _Joined) -> Tensor:
        """Scores of all candidate forms of a batch."""
        summed = functional.pad(hidden.cumsum(dim=0), (0, 0, 1, 0))
        lengths = joined.lasts - joined.firsts + 1
        mean = (summed[joined.lasts + 1] - summed[joined.firsts]) / lengths[:, None]
        framed = functional.pad(hidden, (0, 0, 1, 1))
        parts = [hidden[joined.firsts], hidden[joined.lasts], mean, framed[joined.firsts], framed[joined.lasts + 2]]
        seen = functional.dropout(torch.cat(parts, dim=1), self.drop, self.training)
        places = functional.relu(self.span(seen) + self.sizes[lengths - 1])
        size = (len(joined.partners), places.shape[1])
        index = joined.forms[:, None].expand_as(places)
        largest = torch.zeros(size).scatter_reduce(0, index, places, "amax", include_self=False)
        mean = torch.zeros(size).scatter_reduce(0, index, places, "mean", include_self=False)
        partner = largest[joined.partners.clamp(min=0)] * (joined.partners >= 0)[:, None]
        pooled = functional.dropout(torch.cat([largest, mean, partner], dim=1), self.drop, self.training)
        top = functional.relu(self.pooled(torch.cat([pooled, joined.numbers], dim=1)))
        result: Tensor = self.top(functional.dropout(top, self.drop, self.training))
        return result

    @classmethod
    def of(cls, network: FormNetwork, drop: float) -> TrainedForms:
        """Inverse of `to_numpy`, to train on."""
        result = cls(network.sizes.shape[1], len(network.pooled_bias), drop)
        parts = {"span.weight": network.span.T, "sizes": network.sizes}
        for name in ("boundary", "pooled", "top"):
            parts |= {f"{name}.weight": getattr(network, name).T, f"{name}.bias": getattr(network, f"{name}_bias")}
        result.load_state_dict({name: torch.tensor(part) for name, part in parts.items()})
        return result

    def to_numpy(self) -> FormNetwork:
        """The network as it runs in the package."""

        def array(part: Tensor) -> NDArray[np.float32]:
            result: NDArray[np.float32] = part.detach().numpy().copy()
            return result

        return FormNetwork(
            array(self.boundary.weight.T),
            array(self.boundary.bias),
            array(self.span.weight.T),
            array(self.sizes),
            array(self.pooled.weight.T),
            array(self.pooled.bias),
            array(self.top.weight.T),
            array(self.top.bias),
        )


@dataclass(slots=True)
class _Joined:
    """Candidates of several papers as one: words are counted over the batch."""

    firsts: Tensor
    lasts: Tensor
    forms: Tensor
    partners: Tensor
    numbers: Tensor


def join(chosen: Sequence[tuple[Candidates, NDArray[np.float32]]], starts: Sequence[int]) -> _Joined:
    """Candidates and evidence of papers whose words begin at `starts`."""
    firsts, lasts, forms, partners = [], [], [], []
    at = 0
    for (candidates, _), start in zip(chosen, starts, strict=True):
        firsts.append(candidates.firsts + start)
        lasts.append(candidates.lasts + start)
        forms.append(np.repeat(np.arange(len(candidates.keys)), np.diff(candidates.offsets)) + at)
        row_of = {key: row + at for row, key in enumerate(candidates.keys)}
        partners += [row_of.get(candidates.partners.get(key, ""), -1) for key in candidates.keys]
        at += len(candidates.keys)
    whole = [torch.from_numpy(np.concatenate(part)) for part in (firsts, lasts, forms)]
    numbers = torch.from_numpy(np.concatenate([numbers for _, numbers in chosen]))
    return _Joined(whole[0], whole[1], whole[2], torch.tensor(partners), numbers)


def propose(spans: Spans, boundaries: NDArray[np.float32], *, annotated: bool) -> NDArray[np.int64]:
    """Forms that the network would look at, as `candidates.propose` does; with all annotated ones while training."""
    begins, ends = boundaries[spans.firsts, 0], boundaries[spans.lasts, 1]
    likely = (begins > LIKELY - WIDER) & (ends > LIKELY - WIDER)
    score = np.where(likely, begins + ends, np.float32(-99))
    best = np.maximum.reduceat(score, spans.offsets[:-1])
    floor = POSSIBLE - 2 * WIDER
    if annotated and len(best) > MOST:
        floor = max(floor, float(np.partition(best, -MOST)[-MOST]))
    wanted = (best > floor) | spans.always
    if annotated:
        wanted |= spans.labels > 0
    return np.nonzero(wanted)[0]


class Fitting:
    """Encoder and form network while they are fitted to papers."""

    def __init__(
        self,
        papers: Sequence[Spans],
        encoder: TrainedEncoder,
        settings: NetworkSettings,
        forms: TrainedForms | None = None,
    ) -> None:
        torch.manual_seed(settings.seed)
        self.papers = [paper for paper in papers if len(paper.keys)]
        self.settings = settings
        self.rng = np.random.default_rng(settings.seed)
        self.encoder = encoder
        self.encoder.drop, self.encoder.drop_row = settings.drop, settings.drop_row
        self.forms = forms or TrainedForms(settings.width, settings.hidden, settings.drop_form)
        distinct = sorted({word for paper in self.papers for word in paper.example.words.words})
        number = {word: i for i, word in enumerate(distinct)}
        self.spellings = Spellings(distinct, encoder.known)
        self.ids = [np.array([number[word] for word in paper.example.words.words]) for paper in self.papers]
        self.boundaries = [boundary_labels(paper) for paper in self.papers]

    def run(self) -> tuple[Encoder, FormNetwork]:
        """Fits and gives the mean of the weights over the last third of all steps."""
        mean = self._fit()
        return mean[0].to_numpy(), mean[1].to_numpy()

    def _parts(self) -> nn.ModuleList:
        return nn.ModuleList([self.encoder, self.forms])

    def _fit(self) -> nn.ModuleList:
        s = self.settings
        optimizer = torch.optim.AdamW(self._groups(), lr=s.rate, betas=(0.9, 0.98), fused=True)
        whole = self._parts()
        steps = s.epochs * -(-len(self.papers) // s.batch)
        mean = copy.deepcopy(whole)
        started, step, kept = time.monotonic(), 0, 0
        for epoch in range(s.epochs):
            whole.train()
            order = self.rng.permutation(len(self.papers)).tolist()
            total = np.zeros(3)
            for at in range(0, len(order), s.batch):
                for group in optimizer.param_groups:
                    group["lr"] = s.rate * group["share"] * min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps)
                losses = self._losses(order[at : at + s.batch])
                optimizer.zero_grad()
                losses.sum().backward()
                nn.utils.clip_grad_norm_(whole.parameters(), 2.0)
                optimizer.step()
                total += losses.detach().numpy()
                step += 1
                if step > steps * 2 // 3 and step % 5 == 0:
                    kept += 1
                    _move(mean, whole, 1 / kept)
            log.info("epoch %d: %s, %.0f s", epoch, (total * s.batch / len(order)).round(4), time.monotonic() - started)
        return mean

    def _groups(self) -> list[dict[str, Any]]:
        """Parameters with the share of the rate at which they move."""
        s = self.settings
        quick = [part for name, part in self.encoder.named_parameters() if name != "table"]
        return [
            {"params": [*quick, *self.forms.parameters()], "share": 1.0, "weight_decay": s.decay},
            {"params": [self.encoder.table], "share": s.word_rate, "weight_decay": 0.0},
        ]

    def _states(self, chosen: Sequence[int], ids: NDArray[np.int64]) -> Tensor:
        """States of the words `ids` of the chosen papers; -1 stands between two papers."""
        there = torch.from_numpy(ids >= 0)
        context = torch.from_numpy(np.concatenate([self.papers[i].context for i in chosen]))
        embedded = self.encoder.embed(self.spellings, ids[ids >= 0]) + self.encoder.context[context].sum(dim=1)
        inputs = torch.zeros(len(ids), self.settings.width).masked_scatter(there[:, None], embedded)
        return self.encoder.convolve(inputs, there.float()[:, None])

    def _losses(self, chosen: Sequence[int]) -> Tensor:
        gap = np.full(PADS, -1)
        ids = np.concatenate([part for i in chosen for part in (self.ids[i], gap)])
        there = torch.from_numpy(ids >= 0)
        starts = np.cumsum([0, *(len(self.ids[i]) + PADS for i in chosen)])[:-1].tolist()
        hidden = self._states(chosen, ids)
        scores = self.forms.boundary(hidden)
        truth = torch.from_numpy(np.concatenate([np.pad(self.boundaries[i], ((0, PADS), (0, 0))) for i in chosen]))
        known = (truth >= 0) & there[:, None]
        edges = functional.binary_cross_entropy_with_logits(scores[known], truth[known])
        with torch.no_grad():
            boundaries = functional.logsigmoid(scores).numpy()
        picked, labels, introduced = [], [], []
        for i, start in zip(chosen, starts, strict=True):
            paper = self.papers[i]
            forms = propose(paper, boundaries[start : start + len(self.ids[i])], annotated=True)
            candidates, numbers = paper.choose(forms)
            rivals = rivalry(boundaries[start : start + len(self.ids[i])], candidates)
            picked.append((candidates, np.concatenate([numbers, rivals], axis=1)))
            labels.append(paper.targets(forms))
            introduced.append(paper.introduced[forms])
        judged = self.forms(hidden, join(picked, starts))
        wanted, share = (torch.from_numpy(np.concatenate(part)) for part in zip(*labels, strict=True))
        kinds = (
            functional.cross_entropy(judged[:, :OUTCOMES], wanted, reduction="none") * share
        ).sum() / share.sum().clamp(min=1)
        own = torch.from_numpy(np.concatenate(introduced))
        told = own != UNKNOWN
        # A sum, since a batch may hold nothing whose being introduced is known: the mean of nothing is no number.
        fresh = functional.binary_cross_entropy_with_logits(judged[told, OUTCOMES], own[told], reduction="sum")
        fresh = fresh / told.sum().clamp(min=1)
        return torch.stack([2.0 * edges, kinds, 0.3 * fresh])


def _move(mean: nn.Module, current: nn.Module, share: float) -> None:
    with torch.no_grad():
        for target, source in zip(mean.parameters(), current.parameters(), strict=True):
            target += share * (source - target)
