"""What the recogniser learns from: labels of forms, a memory of names that hides a paper's own, all spans of a paper."""

import numpy as np
import pytest

from kg.extract.entities.memory import Memory
from kg.extract.entities.words import plain_words
from kg.extract.reader import read_document
from kg.model import Paper, SourceRef
from kg.training.corpus import Corpus
from kg.training.entity_gold import OPTIONAL, Example, make_example, remember, without
from kg.training.entity_spans import UNKNOWN, boundary_labels, make_spans
from kg.training.vectors import count_vectors
from kg.vocabulary import Vocabulary


def _example(number: int, abstract: str, **types: list[dict[str, object]]) -> Example:
    gold = {"methods": [], "datasets": [], "metrics": [], "tasks": []} | types
    return make_example(read_document(Paper(f"x:{number}", "On nets", abstract, SourceRef("text", "x", number))), gold)


@pytest.fixture
def examples() -> list[Example]:
    zorba = {"forms": ["Zorba Nets", "ZN"], "introduced": True}
    vague = {"forms": ["gating"], "introduced": False, "optional": True}
    return [
        _example(1, "We propose Zorba Nets (ZN) with gating.", methods=[zorba, vague]),
        _example(2, "A Zorba net beats all on Quux-10.", datasets=[{"forms": ["Quux-10"], "introduced": False}]),
        _example(3, "Zorba-Net is slow.", methods=[{"forms": ["Zorba-Net"], "introduced": False}]),
    ]


def test_forms_are_labelled_by_key(examples: list[Example]) -> None:
    assert examples[0].labels == {"zorbanet": 1, "zn": 1, "gating": OPTIONAL}
    assert examples[0].introduced == {"zorbanet": 1, "zn": 1}


def test_memory_counts_papers_where_a_name_is_and_is_not_an_entity(examples: list[Example]) -> None:
    counts, _ = remember(examples)
    assert counts["zorbanet"] == (1, 2, 0, 0, 0)
    assert counts["quux10"] == (0, 0, 1, 0, 0)
    assert "gating" not in counts


def test_memory_hides_what_a_paper_taught_itself(examples: list[Example]) -> None:
    counts, own = remember(examples)
    memory = Memory(counts, Vocabulary(()))
    hidden = [without(counts, o, memory.index.find(e.words)) for e, o in zip(examples, own, strict=True)]
    assert hidden[0] == {"zorbanet": (1, 1, 0, 0, 0), "zn": (0, 0, 0, 0, 0)}
    assert hidden[1] == {"zorbanet": (0, 2, 0, 0, 0), "quux10": (0, 0, 0, 0, 0)}


def test_spans_group_places_by_form_and_know_their_labels(examples: list[Example]) -> None:
    spans = make_spans(examples[0], Memory({}, Vocabulary(())), {})
    at = spans.keys.index("zorbanet")
    places = slice(spans.offsets[at], spans.offsets[at + 1])
    words = examples[0].words
    assert [words.form(*place) for place in zip(spans.firsts[places], spans.lasts[places], strict=True)] == [
        "Zorba Nets"
    ]
    assert spans.labels[at] == 1
    assert spans.always[at], "an abbreviation's long form is always looked at"
    assert spans.introduced[spans.keys.index("onnet")] == UNKNOWN


def test_boundaries_leave_optional_names_out(examples: list[Example]) -> None:
    spans = make_spans(examples[0], Memory({}, Vocabulary(())), {})
    words = examples[0].words.words
    labels = boundary_labels(spans)
    assert labels[words.index("Zorba")].tolist() == [1, 0]
    assert labels[words.index("ZN")].tolist() == [1, 1]
    assert labels[words.index("gating")].tolist() == [-1, -1]


def test_plain_words_are_the_words_of_a_document(examples: list[Example]) -> None:
    assert plain_words(examples[0].words.text) == examples[0].words.words


def test_count_vectors_put_words_of_like_neighbours_together() -> None:
    texts = [f"the {animal} eats {food} daily" for animal in ("cat", "dog") for food in ("fish", "meat", "rice")] * 8
    texts += [f"we train on {name} data" for name in ("quux", "zorb")] * 20
    words = [text.split() for text in texts]
    spellings = sorted({word for text in words for word in text})
    ids = np.array([spellings.index(word) for text in words for word in text], np.int32)
    corpus = Corpus(spellings, ids, np.cumsum([0, *(len(text) for text in words)]))
    known = corpus.known(least=2)
    vectors = count_vectors(corpus, known, 6)
    assert not vectors[0].any()

    def likeness(one: str, other: str) -> float:
        a, b = vectors[known[one]], vectors[known[other]]
        return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))

    assert likeness("cat", "dog") > likeness("cat", "quux")
    assert likeness("quux", "zorb") > likeness("quux", "fish")
