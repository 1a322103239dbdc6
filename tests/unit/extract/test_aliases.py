"""Which forms of one paper are one thing: features, and the shipped network on invented forms."""

import pytest

from kg.extract.entities.alias import PAIR_FEATURES, may_be_same, pair_features, read_form
from kg.model import EntityType

ABBREVIATIONS = {"SER": "Speech Emotion Recognition", "OPT": "Outer Product Transform"}


def _forms(*texts: str):  # type: ignore[no-untyped-def]
    return [read_form(text, ABBREVIATIONS) for text in texts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cross-Domain Few-Shot Segmentation", "CD-FSS"),
        ("multi-label speech emotion recognition", "SER"),
        ("inference latency", "latency"),
        ("HCAMDF", "HCAMFD"),
    ],
)
def test_forms_that_share_words_or_letters_are_compared(one: str, other: str) -> None:
    a, b = _forms(one, other)
    assert may_be_same(a, b)
    assert may_be_same(b, a)


@pytest.mark.parametrize(("one", "other"), [("ResNet", "beam search"), ("ImageNet", "GLUE"), ("mAP", "latency")])
def test_forms_that_share_nothing_are_not_compared(one: str, other: str) -> None:
    assert not may_be_same(*_forms(one, other))


@pytest.mark.parametrize(("one", "other"), [("image captioning", "captioning"), ("OPT", "Outer Product Transform")])
def test_pair_features_are_symmetric(one: str, other: str) -> None:
    a, b = _forms(one, other)
    features = pair_features(EntityType.TASK, a, b, 4)
    assert features == pair_features(EntityType.TASK, b, a, 4)
    assert len(features) == PAIR_FEATURES


def test_pair_features_see_that_numbers_differ() -> None:
    same = pair_features(EntityType.DATASET, *_forms("Foo-10", "foo 10"), 2)
    different = pair_features(EntityType.DATASET, *_forms("Foo-10", "Foo-100"), 2)
    assert sum(different) != sum(same)
    assert different[10] == 1.0
    assert same[10] == 0.0
