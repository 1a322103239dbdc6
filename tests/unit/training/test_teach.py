"""What a student learns from: a teacher's labels of a paper, and the mean of two."""

import numpy as np
import pytest

from kg.extract.document import Document
from kg.extract.entities import EntityFinder
from kg.extract.entities.words import words_of
from kg.extract.reader import read_document
from kg.model import Paper, SourceRef
from kg.training.teach import Labels, label, label_all, mean_of
from kg.vocabulary import load

TEXT = "We propose Zorba Nets (ZN), which reach 91% accuracy on CIFAR-10."


@pytest.fixture(scope="module")
def teacher() -> EntityFinder:
    return EntityFinder.load(load())


@pytest.fixture
def document() -> Document:
    return read_document(Paper("x:1", "On nets", TEXT, SourceRef("text", "x", 0)))


def test_a_label_has_ends_of_names_and_shares_of_types(teacher: EntityFinder, document: Document) -> None:
    labels = label(document, teacher)
    assert labels.edges.shape == (len(words_of(document)), 2)
    assert all(shares.sum() == pytest.approx(1, abs=1e-4) for shares, _ in labels.forms.values())
    assert labels.forms["cifar10"][0].argmax() == 2
    assert labels.forms["zorbanet"][1] > 0.5, "the paper introduces it"


def test_papers_are_labelled_alike_in_other_processes(teacher: EntityFinder, document: Document) -> None:
    here = label(document, teacher)
    there, _ = label_all([document, document], teacher, jobs=2)
    assert np.array_equal(there.edges, here.edges)
    assert there.forms.keys() == here.forms.keys()


def test_a_form_that_one_teacher_does_not_see_is_nothing_to_it() -> None:
    edges = np.ones((3, 2), np.float32)
    one = Labels(edges, {"a": (np.array([0, 1, 0, 0, 0], np.float32), 1.0)})
    other = Labels(0 * edges, {"b": (np.array([0.5, 0, 0.5, 0, 0], np.float32), 0.2)})
    mean = mean_of(one, other)
    assert np.array_equal(mean.edges, edges / 2)
    assert mean.forms["a"][0].tolist() == [0.5, 0.5, 0, 0, 0]
    assert mean.forms["b"][0].tolist() == [0.75, 0, 0.25, 0, 0]
    assert (mean.forms["a"][1], mean.forms["b"][1]) == (0.5, 0.1)
