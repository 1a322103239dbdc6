"""Fits what finds and links claims to papers, whose right answers are annotated or a teacher's. Needs torch."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.training.claim_lessons import Lesson, Names, Question
from kg.training.claim_linkers import Answers, LinkerSettings, TrainedLinkers, heads
from kg.training.claim_numbers import number_loss

log = logging.getLogger(__name__)


def link_loss(role: str, scores: Tensor, questions: Sequence[Question]) -> Tensor:
    """The sum over questions, by their weights, of how far the scores of their rows are from what is right.

    Data sets are right or wrong each by itself, against "nothing"; of the other roles one row is to be chosen: any that
    is annotated, or by the shares that a teacher gave. Opinions count as their targets say.
    """
    targets = [question.target for question in questions]
    sizes = np.array([len(target.shares) for target in targets])
    shares = torch.from_numpy(np.concatenate([target.shares for target in targets]))
    opinions = [target.shares if target.opinion is None else target.opinion for target in targets]
    opinion, leans = torch.from_numpy(np.concatenate(opinions)), torch.tensor([target.lean for target in targets])
    weights = torch.tensor([target.weight for target in targets])
    owners = torch.from_numpy(np.repeat(np.arange(len(sizes)), sizes))
    firsts = torch.from_numpy(heads(sizes))
    if role == "datasets":
        shares = torch.lerp(shares, opinion, leans[owners])
        losses = functional.binary_cross_entropy_with_logits(scores - scores[firsts][owners], shares, reduction="none")
        return (losses * weights[owners]).index_fill(0, firsts, 0.0).sum()
    most = scores.new_full((len(sizes),), -math.inf).scatter_reduce(0, owners, scores, "amax").detach()
    raised = (scores - most[owners]).exp()
    zeros = scores.new_zeros(len(sizes))
    logs = scores - most[owners] - zeros.index_add(0, owners, raised).log()[owners]
    matched = -zeros.index_add(0, owners, shares * logs)
    chosen = -zeros.index_add(0, owners, (shares > 0) * logs.exp()).clamp(min=1e-12).log()
    told = torch.tensor([target.told for target in targets])
    agreed = -zeros.index_add(0, owners, opinion * logs)
    return (torch.lerp(torch.where(told, chosen, matched), agreed, leans) * weights).sum()


def hint_loss(told: Tensor, lessons: Sequence[Lesson]) -> Tensor:
    """The mean over words of how far what is taken for a teacher's states is from them; 1 for their mean."""
    wanted = np.concatenate([lesson.hint for lesson in lessons if lesson.hint is not None]).astype(np.float32)
    return (told - torch.from_numpy(wanted)).pow(2).sum(dim=1).mean()


def _loss(answers: Answers, lessons: Sequence[Lesson], settings: LinkerSettings) -> Tensor:
    """A paper's share of the sums over numbers and questions, and how far hints are missed."""
    loss = settings.judge * number_loss(answers.numbers, lessons)
    for role, answer in answers.links.items():
        loss = loss + link_loss(role, *answer)
    loss = loss / len(lessons)
    return loss + settings.hint * hint_loss(answers.hints, lessons) if len(answers.hints) else loss


def fit_linkers(lessons: Sequence[Lesson], names: Names, settings: LinkerSettings) -> TrainedLinkers:
    """Linkers fitted to papers in random order, by Adam, seeded; the rate falls with the share of steps that is left."""
    torch.set_num_threads(1)
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    linkers = TrainedLinkers(names, lessons[0].states.shape[1], settings)
    tables = [*linkers.table.parameters(), *linkers.judge.table.parameters()]
    known = {id(part) for part in tables}
    rest = [part for part in linkers.parameters() if id(part) not in known]
    groups = [{"params": tables, "rate": settings.feature_rate}, {"params": rest, "rate": settings.rate}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=settings.decay)
    order = list(lessons)
    steps = settings.epochs * -(-len(order) // settings.batch)
    step, started = 0, time.monotonic()
    linkers.train()
    for epoch in range(settings.epochs):
        rng.shuffle(order)
        total = 0.0
        for at in range(0, len(order), settings.batch):
            batch = order[at : at + settings.batch]
            share = min(1.0, (step + 1) / settings.warm) * max(0.01, 1 - step / steps)
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * share
            loss = _loss(linkers(batch), batch, settings)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(linkers.parameters(), 2.0)
            optimizer.step()
            step += 1
            total += loss.item() * len(batch)
        log.info("claims, pass %d: %.3f, %.0f s", epoch + 1, total / len(order), time.monotonic() - started)
    linkers.eval()
    return linkers
