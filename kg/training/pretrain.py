"""Pre-trains the encoder on unlabelled abstracts: hidden words are guessed from the words around them.

A fifth of the known words is hidden; the encoder chooses among the words that are hidden in the same batch
(sampled softmax, corrected for how often each word is drawn).
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from kg.extract.tables import join_words, split_words
from kg.training.corpus import Corpus
from kg.training.encoder import PADS, Spellings, TrainedEncoder

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PretrainSettings:
    """How long and how fast; `batch` is a number of words."""

    width: int = 96
    passes: float = 1.0
    rate: float = 0.002
    batch: int = 8000
    hidden_share: float = 0.2
    seed: int = 1


def pretrain(corpus: Corpus, vectors: NDArray[np.float32], settings: PretrainSettings) -> TrainedEncoder:
    """An encoder whose table starts from `vectors` (a row for each of `corpus.known()`)."""
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    known = corpus.known()
    encoder = TrainedEncoder(known, settings.width, drop=0.0)
    with torch.no_grad():
        encoder.table *= 0.3
        encoder.table[: len(vectors)] = torch.from_numpy(vectors[:, : settings.width]) * 0.1
    guess = nn.Embedding.from_pretrained(torch.from_numpy(vectors[:, : settings.width] * 0.1), freeze=False)
    head = nn.Linear(settings.width, settings.width)
    targets = np.array([known.get(word, 0) for word in corpus.lower()], np.int64)
    share = np.bincount(targets[corpus.ids], minlength=len(known) + 1).astype(np.float32)
    log_share = torch.from_numpy(np.log(share / share.sum() + 1e-9))
    spellings = Spellings(corpus.spellings, known)
    parts = [*encoder.parameters(), *guess.parameters(), *head.parameters()]
    optimizer = torch.optim.Adam(parts, lr=settings.rate, betas=(0.9, 0.98), fused=True)
    batches = _batches(corpus, settings, rng)
    encoder.train()
    started = time.monotonic()
    running = 0.0
    for step, chosen in enumerate(batches):
        ids = np.concatenate([part for i in chosen for part in (_words(corpus, i), np.full(PADS, -1))])
        there = ids >= 0
        truth = np.where(there, targets[ids], 0)
        hide = (rng.random(len(ids)) < settings.hidden_share) & (truth > 0)
        inputs = torch.zeros(len(ids), settings.width)
        seen = there & ~hide
        inputs[torch.from_numpy(seen)] = encoder.embed(spellings, ids[seen])
        inputs = inputs + torch.from_numpy(hide.astype(np.float32))[:, None] * encoder.mask
        hidden = encoder.convolve(inputs, torch.from_numpy(there.astype(np.float32))[:, None])
        options, right = np.unique(truth[hide], return_inverse=True)
        rows = torch.from_numpy(options)
        scores = head(hidden[torch.from_numpy(hide)]) @ guess(rows).T - log_share[rows]
        loss = functional.cross_entropy(scores, torch.from_numpy(right))
        for group in optimizer.param_groups:
            group["lr"] = settings.rate * min(1.0, (step + 1) / 100) * max(0.02, 1 - step / len(batches))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parts, 1.0)
        optimizer.step()
        running += 0.01 * (loss.item() - running) if step else loss.item()
        if step % 100 == 0:
            log.info("%d of %d: %.3f, %.0f s", step, len(batches), running, time.monotonic() - started)
    return encoder


def _words(corpus: Corpus, number: int) -> NDArray[np.int64]:
    return corpus.ids[corpus.offsets[number] : corpus.offsets[number + 1]].astype(np.int64)


def _batches(corpus: Corpus, settings: PretrainSettings, rng: np.random.Generator) -> list[list[int]]:
    order = np.concatenate([rng.permutation(len(corpus)) for _ in range(int(np.ceil(settings.passes)))])
    order = order[: int(settings.passes * len(corpus))]
    batches: list[list[int]] = [[]]
    size = 0
    for number in order.tolist():
        if size >= settings.batch:
            batches.append([])
            size = 0
        batches[-1].append(number)
        size += int(corpus.offsets[number + 1] - corpus.offsets[number])
    return batches


def save(encoder: TrainedEncoder, path: Path) -> None:
    """Writes an encoder to start from, in half precision."""
    arrays = {name: part.detach().numpy().astype(np.float16) for name, part in encoder.state_dict().items()}
    np.savez_compressed(path, **{"known words": join_words(encoder.known)}, **arrays)  # type: ignore[arg-type]


def load(path: Path, **options: float) -> TrainedEncoder:
    """Inverse of `save`; `options` are those of `TrainedEncoder`."""
    with np.load(path) as data:
        known = split_words(data["known words"])
        arrays = {name: data[name].astype(np.float32) for name in data.files if name != "known words"}
    encoder = TrainedEncoder(known, arrays["table"].shape[1], **options)
    encoder.load_state_dict({name: torch.from_numpy(part) for name, part in arrays.items()})
    return encoder
