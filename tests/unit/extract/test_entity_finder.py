"""The shipped recogniser on invented abstracts: offsets, order, independence of what was read before, strange input."""

import itertools
import random
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.document import Document
from kg.extract.entities import EntityFinder
from kg.extract.entities.candidates import Candidates
from kg.extract.entities.encoder import TAPS, Encoder
from kg.extract.entities.finder import choose
from kg.extract.entities.forms import agree
from kg.extract.entities.spelling import table_rows
from kg.extract.entities.words import words_of
from kg.extract.merge import merge_mentions
from kg.extract.reader import read_document
from kg.model import Entity, EntityType, Paper, SourceRef
from kg.vocabulary import load

TITLE = "Zorba-Net: Faster Image Classification with Sparse Attention"
ABSTRACT = (
    r"We propose \textbf{Zorba-Net} (ZN), a sparse vision transformer. On CIFAR-10 and ImageNet, ZN reaches an accuracy"
    " of 98.2% and outperforms ResNet-50 on image classification. ZN is trained with knowledge distillation."
)


@cache
def _shipped() -> EntityFinder:
    return EntityFinder.load(load())


@pytest.fixture(scope="module")
def finder() -> EntityFinder:
    return _shipped()


def _document(title: str, abstract: str) -> Document:
    return read_document(Paper("x:1", title, abstract, SourceRef("text", "x", 0)))


@pytest.fixture(scope="module")
def entities(finder: EntityFinder) -> list[Entity]:
    document = _document(TITLE, ABSTRACT)
    return merge_mentions(document, finder.find(document), load(), finder.aliases)


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        (EntityType.METHOD, "Zorba-Net"),
        (EntityType.METHOD, "ResNet-50"),
        (EntityType.METHOD, "knowledge distillation"),
        (EntityType.DATASET, "CIFAR-10"),
        (EntityType.DATASET, "ImageNet"),
        (EntityType.METRIC, "accuracy"),
        (EntityType.TASK, "image classification"),
    ],
)
def test_plain_names_are_found_with_their_type(entities: list[Entity], kind: EntityType, form: str) -> None:
    assert form in {form for entity in entities if entity.type == kind for form in entity.forms}


def test_short_and_long_form_are_one_introduced_method(entities: list[Entity]) -> None:
    [own] = [entity for entity in entities if "Zorba-Net" in entity.forms]
    assert "ZN" in own.forms
    assert own.introduced
    assert not any(entity.introduced for entity in entities if "ResNet-50" in entity.forms)


def test_mentions_are_exact_and_do_not_overlap(finder: EntityFinder) -> None:
    document = _document(TITLE, ABSTRACT)
    mentions = finder.find(document)
    assert all(before.end <= after.start for before, after in itertools.pairwise(mentions))
    assert all(document.text[m.start : m.end].strip(" {}\\") for m in mentions)
    assert any(document.text[m.start : m.end] == "Zorba-Net" and m.start > len(TITLE) for m in mentions)


def test_results_do_not_depend_on_what_was_read_before() -> None:
    words = (TITLE + " " + ABSTRACT).split()
    generator = random.Random(1)
    others = [_document("Other", " ".join(generator.sample(words, 20))) for _ in range(30)]
    document = _document(TITLE, ABSTRACT)
    fresh = EntityFinder.load(load())
    first, states = fresh.find(document), document.words
    for other in others:
        fresh.find(other)
    assert fresh.find(document) == first
    late = EntityFinder.load(load())
    for other in others:
        late.find(other)
    assert late.find(document) == first
    assert states is not None
    assert document.words is not None
    assert np.array_equal(document.words.states, states.states), "to the last bit"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=400))
def test_any_text_is_read(title: str, abstract: str) -> None:
    document = _document(title, abstract)
    for mention in _shipped().find(document):
        assert 0 <= mention.start < mention.end <= len(document.text)
        assert 0 <= mention.score <= 1


@pytest.mark.parametrize("text", ["", " ", "\n", "word", "((((", r"\textbf{}", "GPT-4o " * 3000])
def test_short_empty_and_long_texts_are_read(finder: EntityFinder, text: str) -> None:
    document = _document(text[:20], text)
    assert isinstance(finder.find(document), list)


def test_doubtful_forms_are_kept_beside_entities_and_share_no_place_with_them(finder: EntityFinder) -> None:
    found = []
    for title, abstract in (
        (TITLE, ABSTRACT),
        ("Pond: Reading Ripples", "Pond beats Heron on the Willow set and on ripples of Lake by 3 points in drift."),
        (
            "Counting Reeds",
            "We count reeds with Marsh, a tool for Fen data. The reed rate of Marsh rises from 3% to 9%.",
        ),
    ):
        document = _document(title, abstract)
        taken = {place for mention in finder.find(document) for place in range(mention.start, mention.end)}
        for group in document.doubtful:
            assert len({mention.type for mention in group}) == 1
            assert all(mention.score >= 0.119 for mention in group)
            assert not taken & {place for mention in group for place in range(mention.start, mention.end)}
            found.append(document.text[group[0].start : group[0].end])
    assert found


def test_a_second_reading_forgets_what_was_doubtful(finder: EntityFinder) -> None:
    document = _document("Pond: Reading Ripples", "Pond beats Heron on the Willow set by 3 points.")
    first = [finder.find(document), document.doubtful]
    assert [finder.find(document), document.doubtful] == first


def test_known_words_keep_their_rows_in_a_file_whatever_signs_they_hold() -> None:
    known = {word: row for row, word in enumerate(["the", "\n", "of", "", " ", "\ud800", "resnet"], 1)}
    width = 4
    layers = [np.full((3 * width, width), number, np.float32) for number in range(len(TAPS))]
    table = np.arange((len(known) + 1) * width, dtype=np.float32).reshape(-1, width)
    biases = [np.zeros(width, np.float32) for _ in TAPS]
    read = Encoder.of(Encoder(known, table, np.zeros((3, width), np.float32), layers, biases).arrays())
    assert read.known == known


def test_the_shipped_words_have_a_row_each(finder: EntityFinder) -> None:
    known = finder.encoder.known
    assert sorted(known.values()) == list(range(1, len(known) + 1))
    assert table_rows(len(known)) == len(finder.encoder.table)
    assert known["\n"] < known["model"]


@pytest.mark.parametrize(("short", "winner"), [(0.90, "pear rate"), (0.95, "pear rate"), (0.97, "rate")])
def test_of_two_forms_about_as_likely_the_longer_has_the_place(short: float, winner: str) -> None:
    words = words_of(_document("Pears", "The pear rate is high."))
    at = words.words.index("pear")
    candidates = Candidates(
        ["pearrate", "rate"], np.array([at, at + 1]), np.array([at + 1, at + 1]), np.array([0, 1, 2])
    )
    shares = np.array([[0.09, 0, 0, 0.91, 0], [1 - short, 0, 0, short, 0]], np.float32)
    (mention,), _ = choose(words, candidates, shares, np.zeros(2, np.float32), (0.5, 0.5, 0.5, 0.5))
    assert words.text[mention.start : mention.end] == winner


PAPERS = [
    (TITLE, ABSTRACT),
    ("", ""),
    ("Pond: Reading Ripples", "Pond beats Heron on the Willow set and on ripples of Lake by 3 points in drift."),
    ("Counting Reeds", "We count reeds with Marsh, a tool for Fen data. The reed rate of Marsh rises from 3% to 9%."),
]


def test_papers_read_together_are_read_as_one_by_one(finder: EntityFinder) -> None:
    together, alone = ([_document(*paper) for paper in PAPERS] for _ in range(2))
    assert finder.find_all(together) == [finder.find(document) for document in alone]
    for one, other in zip(together, alone, strict=True):
        assert one.doubtful == other.doubtful
        assert one.words is not None
        assert other.words is not None
        np.testing.assert_array_equal(one.words.states, other.words.states)


def test_an_emptied_lexicon_changes_nothing(finder: EntityFinder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = finder.find_all([_document(*paper) for paper in PAPERS])
    monkeypatch.setattr("kg.extract.entities.words._MOST", 20)
    after = finder.find_all([_document(*paper) for paper in PAPERS])
    assert [finder.find(_document(*paper)) for paper in PAPERS] == after == before


@pytest.mark.parametrize("number", range(20))
def test_two_short_forms_of_one_long_form_agree_in_one_order(number: int) -> None:
    # Names differ from run to run in the order that a set has them in.
    first, second, whole = f"a{number}", f"b{number}", f"c{number}"
    at = np.arange(3)
    partners = {first: whole, whole: first, second: whole}
    candidates = Candidates([first, second, whole], at, at, np.arange(4), partners, {first, second})
    shares = np.array([[0.8, 0.2, 0, 0, 0], [0.4, 0.6, 0, 0, 0], [0, 1, 0, 0, 0]], np.float32)
    introduced = np.array([0, 0, 1], np.float32)
    agree(shares, introduced, candidates)
    np.testing.assert_allclose(shares[:, 0], [0.4, 0.4, 0.4])
    np.testing.assert_allclose(introduced, [0.5, 0.25, 0.25])
