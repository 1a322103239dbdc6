"""A teacher for the entity recogniser: the same network, whose words are also read by a pre-trained transformer.

The transformer (`kg.training.teacher`) sees the pieces of a paper's words; a word's state is the mean of its pieces', put
beside the state that the small encoder gives it, which alone knows upper case, known names and mark-up. Both are fitted
together. Slow: it labels papers that the network for use learns from, and does not ship. Needs the extra `teacher`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from kg.extract.entities.encoder import Array, Encoder
from kg.extract.entities.finder import EntityFinder
from kg.extract.entities.forms import FormNetwork
from kg.extract.entities.words import BREAK, Words
from kg.training import pretrain
from kg.training.encoder import TrainedEncoder
from kg.training.entity_gold import Example
from kg.training.entity_network import Fitting, NetworkSettings, TrainedForms
from kg.training.entity_spans import Spans, prepare
from kg.training.teacher import LONGEST, read_transformer
from kg.vocabulary import Vocabulary

AT_ONCE = 4
"""Papers of like length that it reads in one go."""
_READER = "reader.pt"
FROZEN = 3
"""Layers that stay, beside the table of pieces, as they were pre-trained: a fifth less time."""


@dataclass(frozen=True, slots=True)
class TeacherSettings(NetworkSettings):
    """How the teacher is fitted; `slow` is the share of the rate at which the transformer moves, `states` the width of its part."""

    epochs: int = 3
    slow: float = 0.1
    states: int = 96
    hidden: int = 128


class PieceReader(nn.Module):
    """States of words by a transformer that reads their pieces."""

    def __init__(self, folder: Path, width: int) -> None:
        super().__init__()
        self.model, self.tokenizer = read_transformer(folder)
        for part in (self.model.embeddings, *self.model.encoder.layer[:FROZEN]):
            part.requires_grad_(False)
        self.narrow = nn.Linear(self.model.config.hidden_size, width)
        self._first, self._last = self.tokenizer.encode("").ids
        self._pieces: dict[str, list[int]] = {BREAK: [self._last]}

    def pieces(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        """Numbers of the pieces of a paper, and for each the word that it belongs to; -1 for what stands at the ends."""
        ids, owners = [self._first], [-1]
        for number, word in enumerate(words):
            known = self._pieces.get(word)
            if known is None:
                known = self._pieces[word] = self.tokenizer.encode(word, add_special_tokens=False).ids
            ids += known
            owners += [number] * len(known)
        return [*ids[: LONGEST - 1], self._last], [*owners[: LONGEST - 1], -1]

    def forward(self, papers: Sequence[Sequence[str]], starts: Sequence[int], size: int) -> Tensor:
        """A row for each of `size` words, those of paper i from `starts[i]` on; zeros elsewhere."""
        read = [self.pieces(words) for words in papers]
        order = sorted(range(len(read)), key=lambda i: len(read[i][0]))
        total = torch.zeros(size, self.model.config.hidden_size)
        count = torch.zeros(size)
        for at in range(0, len(order), AT_ONCE):
            chosen = order[at : at + AT_ONCE]
            longest = len(read[chosen[-1]][0])
            pad = self.model.config.pad_token_id
            ids = torch.tensor([read[i][0] + [pad] * (longest - len(read[i][0])) for i in chosen])
            with torch.autocast("cpu", torch.bfloat16):
                seen = self.model(input_ids=ids, attention_mask=(ids != pad).long()).last_hidden_state.float()
            owners = [np.array(read[i][1] + [-1] * (longest - len(read[i][1]))) for i in chosen]
            rows = np.concatenate(
                [np.where(own >= 0, own + starts[i], -1) for own, i in zip(owners, chosen, strict=True)]
            )
            kept = torch.from_numpy(rows >= 0)
            index = torch.from_numpy(rows[rows >= 0])
            total = total.index_add(0, index, seen.flatten(0, 1)[kept])
            count.index_add_(0, index, torch.ones(len(index)))
        there = (count > 0).float()[:, None]
        result: Tensor = self.narrow(total / count.clamp(min=1)[:, None]) * there
        return result


class TeacherFitting(Fitting):
    """The small encoder, the transformer and a form network over the states of both, while they are fitted."""

    def __init__(
        self, papers: Sequence[Spans], encoder: TrainedEncoder, settings: TeacherSettings, folder: Path
    ) -> None:
        super().__init__(papers, encoder, settings)
        self.slow = settings.slow
        self.reader = PieceReader(folder, settings.states)
        self.forms = TrainedForms(settings.width + settings.states, settings.hidden, settings.drop_form)

    def fit(self) -> tuple[TeacherEncoder, FormNetwork]:
        """Fits and gives the mean of the weights over the last third of all steps."""
        encoder, forms, reader = self._fit()
        return TeacherEncoder.join(encoder.to_numpy(), reader.eval()), forms.to_numpy()

    def _parts(self) -> nn.ModuleList:
        return nn.ModuleList([self.encoder, self.forms, self.reader])

    def _groups(self) -> list[dict[str, Any]]:
        moving = [part for part in self.reader.model.parameters() if part.requires_grad]
        return [
            *super()._groups(),
            {"params": [*self.reader.narrow.parameters()], "share": 1.0, "weight_decay": self.settings.decay},
            {"params": moving, "share": self.slow, "weight_decay": self.settings.decay},
        ]

    def _states(self, chosen: Sequence[int], ids: NDArray[np.int64]) -> Tensor:
        small = super()._states(chosen, ids)
        sizes = [len(self.ids[i]) for i in chosen]
        starts = np.concatenate([[0], np.nonzero(np.diff((ids < 0).astype(np.int8)) == -1)[0] + 1]).tolist()
        papers = [self.papers[i].example.words.words for i in chosen]
        assert len(starts) == len(sizes)
        return torch.cat([small, self.reader(papers, starts, len(ids))], dim=1)


class TeacherEncoder(Encoder):
    """States of the small encoder beside those of the transformer."""

    reader: PieceReader

    @classmethod
    def join(cls, small: Encoder, reader: PieceReader) -> TeacherEncoder:
        """One encoder of two."""
        result = cls(small.known, small.table, small.context, small.weights, small.biases)
        result.reader = reader
        return result

    def encode(self, words: Words, context: NDArray[np.int64]) -> Array:
        """A state for each word."""
        with torch.inference_mode():
            seen = self.reader([words.words], [0], len(words)).numpy()
        return np.concatenate([super().encode(words, context), seen], axis=1)


def fit_teacher(
    examples: Sequence[Example], start: Path, vocabulary: Vocabulary, settings: TeacherSettings, folder: Path
) -> EntityFinder:
    """A teacher fitted to annotated papers; `start` has the pre-trained small encoder, `folder` the transformer's files."""
    torch.set_num_threads(1)
    memory, spans = prepare(examples, vocabulary)
    torch.manual_seed(settings.seed)
    encoder, forms = TeacherFitting(spans, pretrain.load(start), settings, folder).fit()
    return EntityFinder(memory, encoder, forms)


def place_of(work: Path, folder: Path) -> Path:
    """Where in a work folder the teacher is kept that started from the transformer in `folder`."""
    return work / f"entities-{folder.name}"


def save(teacher: EntityFinder, place: Path) -> None:
    """Writes a teacher where `load` reads it."""
    teacher.save(place)
    assert isinstance(teacher.encoder, TeacherEncoder)
    torch.save(teacher.encoder.reader.state_dict(), place / _READER)


def transformer_of(work: Path, folder: Path) -> dict[str, Tensor] | None:
    """Weights of the transformer of the teacher that is kept; None where none is."""
    path = place_of(work, folder) / _READER
    if not path.exists():
        return None
    return {name.removeprefix("model."): part for name, part in torch.load(path).items() if name.startswith("model.")}


def load(place: Path, vocabulary: Vocabulary, folder: Path) -> EntityFinder:
    """Inverse of `save`; `folder` has the transformer's files."""
    small = EntityFinder.load(vocabulary, place)
    weights = torch.load(place / _READER)
    reader = PieceReader(folder, len(weights["narrow.bias"]))
    reader.load_state_dict(weights)
    return replace(small, encoder=TeacherEncoder.join(small.encoder, reader.eval()))
