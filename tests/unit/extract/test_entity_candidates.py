"""Candidate forms: which words spell a known name, which spans the boundaries allow, all places of a form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.entities import forms
from kg.extract.entities.candidates import Candidates, likely_keys, propose
from kg.extract.entities.forms import RIVALRY, rivalry
from kg.extract.entities.memory import Index, Memory
from kg.extract.entities.words import Letters, words_of
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
    matches = Index(keys).find(words)
    assert [words.form(match.first, match.last) for match in matches] == found
    letters = Letters(words.squashed)
    assert sorted((*place, key) for key in keys for place in letters.find(key)) == matches


@pytest.mark.parametrize("form", ["GNNs", "ViT-S", "graph neural networks", "Loss", "β-VAE", "C++", "F1"])
def test_keys_of_words_are_keys_of_their_text(form: str) -> None:
    words = _words(form, "")
    [match] = Index({fold(form)}).find(words)
    assert words.form(match.first, match.last) == form


def test_likely_names_do_not_cross_a_break_or_end_in_punctuation() -> None:
    words = _words("T", "alpha, beta - gammas - (")
    everywhere = np.zeros((len(words), 2), np.float32)
    keys = likely_keys(Letters(words.squashed), everywhere)
    assert keys == {"t", "alpha", "beta", "gamma", "betagamma"}


def test_candidates_hold_all_places_of_a_form() -> None:
    words = _words("Zeta nets", "We train a zeta net and another Zeta Net, ZN.")
    boundaries = np.full((len(words), 2), -9.0, np.float32)
    boundaries[0, 0] = boundaries[1, 1] = -0.1
    candidates = propose(words, [], boundaries, {"ZN": "Zeta Net"}, Memory({}, Vocabulary(())))
    assert candidates.keys == ["zetanet", "zn"]
    assert candidates.offsets.tolist() == [0, 3, 4]
    places = zip(candidates.firsts[:3].tolist(), candidates.lasts[:3].tolist(), strict=True)
    assert [words.form(*place) for place in places] == ["Zeta nets", "zeta net", "Zeta Net"]
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


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4)), min_size=1, max_size=40), st.integers(1, 7))
def test_rivalry_is_the_same_in_blocks_of_any_size(places: list[tuple[int, int]], block: int) -> None:
    firsts = np.array([first for first, _ in places])
    lasts = firsts + [more for _, more in places]
    boundaries = np.random.default_rng(1).normal(-2, 1, (40, 2)).astype(np.float32)
    candidates = Candidates([str(n) for n in range(len(places))], firsts, lasts, np.arange(len(places) + 1))
    whole = rivalry(boundaries, candidates)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forms, "_BLOCK", block)
        np.testing.assert_array_equal(rivalry(boundaries, candidates), whole)
