"""The network gives in NumPy what it gives in torch, where it was trained."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra torch")

from kg.extract.entities.candidates import Candidates  # noqa: E402
from kg.extract.entities.cues import CUES  # noqa: E402
from kg.extract.entities.encoder import context_rows  # noqa: E402
from kg.extract.entities.forms import FEATURES, OUTCOMES, RIVALRY  # noqa: E402
from kg.extract.entities.words import Lexicon, Words  # noqa: E402
from kg.training import pretrain  # noqa: E402
from kg.training.encoder import PADS, Spellings, TrainedEncoder  # noqa: E402
from kg.training.entity_network import TrainedForms, join  # noqa: E402

WORDS = "we train Zorba - Net ( ZN ) , a Zorba - Net for C++".split()
WIDTH = 16


def _encoded() -> tuple[TrainedEncoder, np.ndarray]:
    torch.manual_seed(1)
    encoder = TrainedEncoder({"we": 1, "train": 2, "net": 3}, WIDTH)
    encoder.eval()
    return encoder, np.arange(len(WORDS)) * 977 % 16384


def _words() -> Words:
    lexicon = Lexicon()
    numbers = [number for _, _, _, number in lexicon.read(WORDS)]
    return Words("", WORDS, [], [], 0, [], np.array(numbers), lexicon)


def _hidden(encoder: TrainedEncoder, context: np.ndarray):  # type: ignore[no-untyped-def]
    spellings = Spellings(WORDS, encoder.known)
    placed = encoder.context[torch.from_numpy(context_rows(context))].sum(dim=1)
    embedded = encoder.embed(spellings, np.arange(len(WORDS))) + placed
    padded = torch.nn.functional.pad(embedded, (0, 0, 0, PADS))
    there = torch.ones(len(padded), 1)
    there[len(WORDS) :] = 0
    return encoder.convolve(padded, there)


def test_encoder_is_the_same() -> None:
    encoder, context = _encoded()
    with torch.no_grad():
        trained = _hidden(encoder, context)[: len(WORDS)].numpy()
    np.testing.assert_allclose(encoder.to_numpy().encode(_words(), context), trained, atol=1e-5)


def test_forms_are_judged_the_same() -> None:
    encoder, context = _encoded()
    forms = TrainedForms(WIDTH, 12, 0.0)
    forms.eval()
    firsts, lasts = np.array([2, 10, 6, 1]), np.array([4, 12, 6, 1])
    candidates = Candidates(["zorbanet", "zn", "train"], firsts, lasts, np.array([0, 2, 3, 4]), {})
    numbers = np.random.default_rng(1).random((3, FEATURES + CUES + RIVALRY), np.float32)
    with torch.no_grad():
        scores = forms(_hidden(encoder, context), join([(candidates, numbers)], [0]))
        trained = torch.softmax(scores[:, :OUTCOMES], dim=1).numpy()
    hidden = encoder.to_numpy().encode(_words(), context)
    shares, introduced = forms.to_numpy().judge(hidden, candidates, numbers)
    np.testing.assert_allclose(shares, trained, atol=1e-4)
    np.testing.assert_allclose(introduced, torch.sigmoid(scores[:, OUTCOMES]).numpy(), atol=1e-4)


def test_a_network_that_runs_can_be_trained_on() -> None:
    encoder, context = _encoded()
    forms = TrainedForms(WIDTH, 12, 0.0)
    again = TrainedEncoder.of(encoder.to_numpy()).to_numpy()
    np.testing.assert_array_equal(again.encode(_words(), context), encoder.to_numpy().encode(_words(), context))
    network = TrainedForms.of(forms.to_numpy(), 0.0).to_numpy()
    for part in fields(network):
        np.testing.assert_array_equal(getattr(network, part.name), getattr(forms.to_numpy(), part.name))


def test_an_encoder_to_start_from_is_read_as_it_was_written(tmp_path: Path) -> None:
    encoder = TrainedEncoder({"the": 1, "\n": 2, "net": 3, "": 4}, WIDTH)
    pretrain.save(encoder, tmp_path / "start.npz")
    read = pretrain.load(tmp_path / "start.npz")
    assert read.known == encoder.known
    torch.testing.assert_close(read.table, encoder.table, atol=1e-3, rtol=1e-3)
