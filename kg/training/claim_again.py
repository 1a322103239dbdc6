"""Linkers fitted before say what they think of every question, and those fitted next learn from that as well.

As in "born-again" networks (Furlanello et al., 2018, arXiv 1805.04770): an annotation says which link is right, an opinion
also how near the others came, and where it disagrees the annotation counts less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import torch

from kg.extract.claims.choose import ORDER
from kg.extract.claims.named import Array
from kg.training.claim_lessons import Lesson, Question
from kg.training.claim_linkers import TrainedLinkers
from kg.training.claim_opinions import shares_of

TOLD, TAUGHT = 0.3, 0.5
"""How much an opinion counts beside an annotation, and beside a teacher's label."""
_BATCH = 32


def with_opinions(lessons: Sequence[Lesson], linkers: Sequence[TrainedLinkers]) -> list[Lesson]:
    """The lessons, their targets with the shares that the linkers give on average, and half and half with a teacher's where there are any."""
    out = []
    for at in range(0, len(lessons), _BATCH):
        batch = lessons[at : at + _BATCH]
        shares = _shares(batch, linkers)
        out += [
            replace(
                lesson,
                questions={
                    role: [_lean(question, next(shares[role])) for question in questions]
                    for role, questions in lesson.questions.items()
                },
            )
            for lesson in batch
        ]
    return out


def _lean(question: Question, opinion: Array) -> Question:
    target = question.target
    if target.opinion is not None:
        opinion = (target.opinion + opinion) / np.float32(2)
    return replace(question, target=replace(target, opinion=opinion, lean=TOLD if target.told else TAUGHT))


def _shares(lessons: Sequence[Lesson], linkers: Sequence[TrainedLinkers]) -> dict[str, Iterator[Array]]:
    """By role the mean shares of each question, in the order of the lessons."""
    given = {
        role: [np.zeros_like(question.target.shares) for lesson in lessons for question in lesson.questions[role]]
        for role in ORDER
    }
    with torch.no_grad():
        for one in linkers:
            for role, (scores, questions) in one(lessons).links.items():
                ends = np.cumsum([len(question.target.shares) for question in questions])[:-1]
                for place, part in enumerate(np.split(scores.numpy(), ends)):
                    given[role][place] += shares_of(role, part) / np.float32(len(linkers))
    return {role: iter(parts) for role, parts in given.items()}
