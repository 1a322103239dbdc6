"""Candidate forms: which words spell a known name, which spans the boundaries allow, all places of a form."""

import numpy as np
import pytest

from kg.extract.entities.candidates import Candidates, likely_spans, propose
from kg.extract.entities.forms import RIVALRY, rivalry
from kg.extract.entities.memory import Index, Memory, find_few
from kg.extract.entities.words import squash, words_of
from kg.extract.reader import read_document
from kg.model import Paper, SourceRef
from kg.vocabulary import Vocabulary, fold


def _words(title: str, abstract: str):  # type: ignore[no-untyped-def]
    return words_of(read_document(Paper("x:1", title, abstract, SourceRef("text", "x", 0))))


@pytest.mark.parametrize(
    ("text", "keys", "found"),
    [
        ("We use graph neural networks here", {"graphneuralnetwork"}, ["graph neural networks"]),
        ("a CIFAR-10 model", {"cifar10", "cifar"}, ["CIFAR-10"]),
        (r"our \textbf{Zeta Net} wins", {"zetanet"}, ["Zeta Net"]),
        ("graph. neural networks", {"graphneuralnetwork"}, []),
        ("better on ImageNet as before", {"imagenet", "imageneta"}, ["ImageNet"]),
        ("Zeta, Zeta and Zeta", {"zeta"}, ["Zeta", "Zeta", "Zeta"]),
    ],
)
def test_index_finds_runs_of_words(text: str, keys: set[str], found: list[str]) -> None:
    words = _words("T", text)
    squashed = [squash(word) for word in words.words]
    matches = Index(keys).find(squashed)
    assert [words.form(match.first, match.last) for match in matches] == found
    assert find_few(keys, squashed) == matches


@pytest.mark.parametrize("form", ["GNNs", "ViT-S", "graph neural networks", "Loss", "β-VAE", "C++", "F1"])
def test_keys_of_words_are_keys_of_their_text(form: str) -> None:
    words = _words(form, "")
    [match] = Index({fold(form)}).find([squash(word) for word in words.words])
    assert words.form(match.first, match.last) == form


def test_likely_spans_do_not_cross_a_break_or_end_in_punctuation() -> None:
    words = _words("T", "alpha, beta gamma")
    squashed = [squash(word) for word in words.words]
    everywhere = np.zeros((len(words), 2), np.float32)
    spans = {words.form(first, last) for first, last in likely_spans(squashed, everywhere)}
    assert spans == {"T", "alpha", "beta", "gamma", "beta gamma"}


def test_candidates_hold_all_places_of_a_form() -> None:
    words = _words("Zeta nets", "We train a zeta net and another Zeta Net, ZN.")
    squashed = [squash(word) for word in words.words]
    boundaries = np.full((len(words), 2), -9.0, np.float32)
    boundaries[0, 0] = boundaries[1, 1] = -0.1
    candidates = propose(words, squashed, [], boundaries, {"ZN": "Zeta Net"}, Memory({}, Vocabulary(())))
    assert candidates.keys == ["zetanet", "zn"]
    assert [words.form(*place) for place in candidates.places(0)] == ["Zeta nets", "zeta net", "Zeta Net"]
    assert candidates.partners == {"zn": "zetanet", "zetanet": "zn"}
    assert candidates.shorts == {"zn"}


def test_rivalry_sees_longer_and_shorter_forms_at_a_place() -> None:
    boundaries = np.log(np.array([[0.9, 0.1], [0.2, 0.3], [0.1, 0.8]], np.float32))
    spans = np.array([[0, 2], [1, 2], [1, 1]])
    candidates = Candidates(["abc", "bc", "b"], spans[:, 0], spans[:, 1], np.array([0, 1, 2, 3]))
    own, around, _, inside, lead = (rivalry(boundaries, candidates) * 6).T
    np.testing.assert_allclose(own, np.log([0.72, 0.16, 0.06]), atol=1e-5)
    np.testing.assert_allclose(around, [-12, np.log(0.72), np.log(0.72)], atol=1e-5)
    np.testing.assert_allclose(inside[0], np.log(0.16), atol=1e-5)
    assert lead[0] > 0 > lead[1]


def test_rivalry_of_no_forms_is_empty() -> None:
    nothing = np.zeros(0, np.int64)
    candidates = Candidates([], nothing, nothing, np.zeros(1, np.int64))
    assert rivalry(np.zeros((3, 2), np.float32), candidates).shape == (0, RIVALRY)
