"""Fits the teacher for claims to annotated papers; `kg.training.claim_labels` lets it label others."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.claims.choose import ORDER
from kg.extract.claims.finder import HEADS
from kg.extract.claims.passage import Passage
from kg.extract.document import Document
from kg.training.agree import GoldPaper, annotated
from kg.training.claim_decisions import Decision
from kg.training.claim_examples import Number, Target, read_numbers
from kg.training.claim_reader import NUMBERS, ClaimReader, FeatureRows, Read

log = logging.getLogger(__name__)
Lesson = tuple[Passage, list[Number]]


@dataclass(frozen=True, slots=True)
class TeacherSettings:
    """How the teacher is fitted; `rate` is the transformer's, `new_rate` that of what it starts without."""

    epochs: int = 2
    rate: float = 4e-5
    new_rate: float = 1e-3
    batch: int = 6
    warm: int = 150
    found: float = 0.65
    """Share of the times that a paper is shown with the entities found and not with those annotated."""
    bare: float = 0.3
    """Share of the papers without claims that an epoch shows."""
    frozen: int = 3
    """Layers of the transformer, beside its embeddings, that stay as they were; 0 lets all move but the table of pieces."""
    seed: int = 1


def fit_teacher(
    papers: Sequence[tuple[Document, GoldPaper]],
    lexicon: frozenset[str],
    folder: Path,
    settings: TeacherSettings,
    start: Mapping[str, Tensor] | None = None,
    labelled: Sequence[Lesson] = (),
) -> ClaimReader:
    """A teacher fitted to annotated papers, whose documents hold the entities found.

    `folder` has the transformer's files; it begins with the weights `start` where they are given, else as it was pre-trained.
    Papers that a finder has `labelled` are read before, once.
    """
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    lessons = [
        (lesson, read_numbers(annotated(document, gold.data), gold, lexicon))
        for document, gold in papers
        if (lesson := read_numbers(document, gold, lexicon))[1]
    ]
    reader = ClaimReader(_features([*(one for pair in lessons for one in pair), *labelled]), folder)
    if start is not None:
        reader.model.load_state_dict(start)
    if settings.frozen:
        for part in (reader.model.embeddings, *reader.model.encoder.layer[: settings.frozen]):
            part.requires_grad_(False)
    optimizer = _optimizer(reader, settings)
    reader.train()
    if labelled:
        _read(reader, optimizer, _in_batches(list(labelled), settings, rng), settings, (1.0, 0.5))
    batches = [batch for _ in range(settings.epochs) for batch in _batches(lessons, settings, rng)]
    _read(reader, optimizer, batches, settings, (0.8 if labelled else 1.0, 0.02))
    reader.eval()
    return reader


def _optimizer(reader: ClaimReader, settings: TeacherSettings) -> torch.optim.Optimizer:
    moving = [part for part in reader.model.parameters() if part.requires_grad]
    known = {id(part) for part in reader.model.parameters()}
    new = [part for part in reader.parameters() if id(part) not in known]
    groups = [
        {"params": moving, "rate": settings.rate, "weight_decay": 0.01},
        {"params": new, "rate": settings.new_rate, "weight_decay": 0.02},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


def _read(
    reader: ClaimReader,
    optimizer: torch.optim.Optimizer,
    batches: Sequence[Sequence[Lesson]],
    settings: TeacherSettings,
    shares: tuple[float, float],
) -> None:
    """One step for each batch; the rates fall from the first share of what is set to the second."""
    high, low = shares
    started, running = time.monotonic(), 0.0
    for step, batch in enumerate(batches):
        share = min(1.0, (step + 1) / settings.warm) * (high - (high - low) * step / len(batches))
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * share
        loss = _loss(reader, batch) / (2 * settings.batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), 2.0)
        optimizer.step()
        running += 0.02 * (loss.item() - running) if step else loss.item()
        if step % 100 == 0:
            log.info("%d of %d: %.3f, %.0f s", step, len(batches), running, time.monotonic() - started)


def _features(lessons: Sequence[Lesson]) -> dict[str, FeatureRows]:
    numbers = [number for _, those in lessons for number in those]
    groups: dict[str, list[list[str]]] = {role: [] for role in ORDER}
    for number in numbers:
        for decision, _ in number.links:
            groups[decision.role] += decision.group
    features = {role: FeatureRows(lists) for role, lists in groups.items()}
    return {**features, NUMBERS: FeatureRows([number.features for number in numbers])}


def _batches(
    lessons: Sequence[tuple[Lesson, Lesson]], settings: TeacherSettings, rng: random.Random
) -> list[list[Lesson]]:
    """One epoch: papers of like length together, the batches in random order."""
    chosen = [
        found if rng.random() < settings.found else told
        for found, told in lessons
        if any(number.links for number in found[1]) or rng.random() < settings.bare
    ]
    return _in_batches(chosen, settings, rng)


def _in_batches(lessons: list[Lesson], settings: TeacherSettings, rng: random.Random) -> list[list[Lesson]]:
    lessons.sort(key=lambda lesson: len(lesson[0].text) + 200 * rng.random())
    batches = [lessons[at : at + settings.batch] for at in range(0, len(lessons), settings.batch)]
    rng.shuffle(batches)
    return batches


def _loss(reader: ClaimReader, batch: Sequence[Lesson]) -> Tensor:
    """The sum over all decisions of a batch."""
    states: list[Tensor] = []
    numbers: list[Number] = []
    links: dict[str, list[tuple[Tensor, Read, Decision, Target]]] = {role: [] for role in ORDER}
    for read, (_, those) in zip(reader.read([passage for passage, _ in batch]), batch, strict=True):
        for number in those:
            quantity = number.site.quantity
            states.append(read.number(quantity.start, quantity.end))
            numbers.append(number)
            for decision, target in number.links:
                links[decision.role].append((states[-1], read, decision, target))
    total = _number_loss(reader.judge(states, [number.features for number in numbers]), numbers)
    for role, items in links.items():
        if items:
            at, reads, decisions, targets = zip(*items, strict=True)
            for scores, target in zip(reader.rank(role, at, reads, decisions), targets, strict=True):
                total = total + _link_loss(role, scores, target)
    return total


def _number_loss(scores: Tensor, numbers: Sequence[Number]) -> Tensor:
    total = scores.new_zeros(())
    low = 0
    for head, width in enumerate(HEADS):
        known = [row for row, number in enumerate(numbers) if number.label[head] is not None]
        if known:
            wanted = torch.from_numpy(np.stack([numbers[row].label[head] for row in known]))  # type: ignore[misc]
            part = functional.cross_entropy(scores[known, low : low + width], wanted, reduction="sum")
            total = total + (part if head else 0.5 * part)
        low += width
    return total


def _link_loss(role: str, scores: Tensor, target: Target) -> Tensor:
    shares = torch.from_numpy(target.shares)
    if role == "datasets":
        return functional.binary_cross_entropy_with_logits(scores[1:] - scores[0], shares[1:], reduction="sum")
    if not target.told:
        return -(shares * functional.log_softmax(scores, 0)).sum()
    return torch.logsumexp(scores, 0) - torch.logsumexp(scores[shares > 0], 0)


def save(reader: ClaimReader, path: Path) -> None:
    """Writes a teacher where `load` reads it."""
    torch.save(
        {"features": {role: list(f.rows) for role, f in reader.features.items()}, "weights": reader.state_dict()}, path
    )


def load(path: Path, folder: Path) -> ClaimReader:
    """Inverse of `save`; `folder` has the transformer's files."""
    kept = torch.load(path)
    reader = ClaimReader({role: FeatureRows([names], least=1) for role, names in kept["features"].items()}, folder)
    reader.load_state_dict(kept["weights"])
    reader.eval()
    return reader
