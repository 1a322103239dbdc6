"""The shipped recogniser on invented abstracts: offsets, order, independence of what was read before, strange input."""

import itertools
import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.document import Document
from kg.extract.entities import EntityFinder
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
    first = fresh.find(document)
    for other in others:
        fresh.find(other)
    assert fresh.find(document) == first


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
