"""Nouns that say what a name stands for, before it and behind it."""

import numpy as np
import pytest

from kg.extract.entities.candidates import Candidates
from kg.extract.entities.cues import CUES, cues, heed, mark_cues
from kg.extract.entities.words import plain_words

METHOD, DATASET, METRIC, TASK = range(4)


def _kinds(text: str, name: str) -> tuple[set[int], set[int]]:
    """Types of the nouns behind and before a name of one word, at any place."""
    words = plain_words(text)
    places = np.array([place for place, word in enumerate(words) if word == name])
    seen = cues(mark_cues(words), Candidates([name.lower()], places, places, np.array([0, len(places)])))[0]
    return {kind for kind in range(4) if seen[kind]}, {kind for kind in range(4) if seen[4 + kind]}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Zorba: a new dataset for counting pears", DATASET),
        ("We present Zorba, a controlled, expert-made benchmark that tests reading.", DATASET),
        ("Zorba: A Large-Scale Industrial Source Code Corpus for Tests\nWe count.", DATASET),
        ("We built Zorba (Pears in Rain), the first large corpus comprising pears.", DATASET),
        ("The Zorba (ZB) challenge was held.", DATASET),
        ("Zorba is a test set of pears.", DATASET),
        ("Zorba is the second shared task on pears.", DATASET),
        ("Zorba: A Framework for Dataset Distillation\nWe distil.", METHOD),
        ("We call it Zorba, a fast and small model.", METHOD),
        ("Zorba, a metric for pears, rises.", METRIC),
        ("We look at Zorba, the task of counting pears.", TASK),
    ],
)
def test_a_noun_behind_describes_the_name_before_its_phrase(text: str, kind: int) -> None:
    assert _kinds(text, "Zorba")[0] == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "Zorba, with a dataset for pears.",
        "Zorba, a dataset distillation library",
        "Zorba is slow. A benchmark is made.",
        "Zorba and the dataset for pears.",
        "Zorba",
    ],
)
def test_a_noun_of_another_phrase_says_nothing(text: str) -> None:
    assert DATASET not in _kinds(text, "Zorba")[0]


@pytest.mark.parametrize(
    "text", ["on the benchmark Zorba .", "a dataset called Zorba .", "our dataset ( Zorba ) grows"]
)
def test_a_noun_before_describes_the_name_behind_it(text: str) -> None:
    assert _kinds(text, "Zorba")[1] == {DATASET}


def test_no_forms_no_rows() -> None:
    none = np.zeros(0, np.int64)
    assert cues(mark_cues(["a", "dataset", "."]), Candidates([], none, none, np.zeros(1, np.int64))).shape == (0, CUES)


@pytest.mark.parametrize(
    ("nouns", "wanted"),
    [
        ({DATASET}, [0.0, 0.9, 0.0]),
        ({METRIC}, [0.0, 0.3, 0.6]),
        ({DATASET, METHOD}, [0.6, 0.3, 0.0]),
        ({TASK}, [0.6, 0.3, 0.0]),
        (set(), [0.6, 0.3, 0.0]),
    ],
)
def test_what_is_called_a_dataset_or_metric_is_no_method(nouns: set[int], wanted: list[float]) -> None:
    shares = np.array([[0.1, 0.6, 0.3, 0.0, 0.0]], np.float32)
    noted = np.zeros((1, CUES), np.float32)
    noted[0, list(nouns)] = 1
    heed(shares, noted)
    assert shares[0, 1:4].tolist() == pytest.approx(wanted)
