"""What the words around a number and a candidate add to their link is what its definition says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.claims.candidates import Candidate, candidates_for, make_scene
from kg.extract.claims.context import (
    NUMBER_MARK,
    Context,
    ContextNetwork,
    ReadWords,
    mark_words,
    nearest,
    word_span,
)
from kg.extract.claims.describe import Site, find_sites
from kg.extract.claims.layers import TAPS, WordLayers
from kg.extract.claims.passage import Passage
from kg.extract.document import Document, WordStates
from kg.extract.entities import EntityFinder
from kg.extract.merge import merge_mentions
from kg.extract.reader import read_document
from kg.model import Paper, SourceRef
from kg.quantity import find_quantities
from kg.vocabulary import load

ROLES = ("method", "metric", "baseline")
STATES, WIDTH, PRODUCTS, HIDDEN = 96, 10, 4, 3
ABSTRACT = (
    "We present Nimbus, a model for cloud counting. Nimbus reaches 91.5% accuracy on CIFAR-10, 3% above ResNet-50. "
    "Nimbus beats prior work on Puddle by 12%."
)


def _network(roles: int = len(ROLES)) -> ContextNetwork:
    rng = np.random.default_rng(1)

    def some(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.3, shape).astype(np.float32)

    wide = PRODUCTS + HIDDEN
    words = {"reaches": 1, "beats": 2}
    layers = WordLayers(
        words, some(len(words) + 1, STATES), some(STATES, WIDTH), some(WIDTH), some(NUMBER_MARK + 1, WIDTH), some(len(TAPS), 3, WIDTH),
        some(len(TAPS), WIDTH, WIDTH), some(len(TAPS), WIDTH),
    )  # fmt: skip
    return ContextNetwork(
        layers, some(roles, 2 * WIDTH, wide), some(roles, 1, wide), some(roles, WIDTH, wide), some(roles, 1, wide),
        some(roles, WIDTH, HIDDEN), some(roles, 1, HIDDEN), some(roles, PRODUCTS, HIDDEN), some(roles, 1, wide),
    )  # fmt: skip


@pytest.fixture(scope="module")
def document() -> Document:
    read = read_document(Paper("x:1", "Nimbus: Fast Cloud Counting", ABSTRACT, SourceRef("text", "x", 0)))
    vocabulary = load()
    recogniser = EntityFinder.load(vocabulary)
    read.entities = merge_mentions(read, recogniser.find(read), vocabulary, recogniser.aliases)
    return read


@pytest.fixture(scope="module")
def passage(document: Document) -> Passage:
    return Passage.of(document, find_quantities(document.text))


def test_words_of_names_and_numbers_are_marked(document: Document, passage: Passage) -> None:
    assert document.words is not None
    marks = mark_words(passage, document.words)
    words = [document.text[a:b] for a, b in zip(document.words.starts, document.words.ends, strict=True)]
    assert marks[words.index("91.5")] == marks[words.index("12")] == NUMBER_MARK
    assert 0 < marks[words.index("Nimbus")] < NUMBER_MARK
    assert marks[words.index("reaches")] == 0


def _by_hand(network: ContextNetwork, document: Document, passage: Passage, site: Site, candidate: Candidate | None, role: int) -> np.ndarray:  # fmt: skip
    words = document.words
    assert words is not None
    texts = [document.text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
    states = network.layers.encode(words.states, network.layers.numbers(texts), mark_words(passage, words))

    def mean(span: tuple[int, int]) -> np.ndarray:
        first, last = word_span(words, *span)
        return states[first:last].mean(axis=0)

    first, last = word_span(words, site.quantity.start, site.quantity.end)
    number = np.concatenate([states[first:last].mean(axis=0), (states[first - 1] + states[last]) / 2])
    told = number @ network.number[role] + network.number_bias[role, 0]
    if candidate is None:
        place = network.nothing[role, 0]
    else:
        spot = candidate.left or candidate.right
        spots = passage.places(candidate.entity) if candidate.entity >= 0 else [spot] if spot else []
        spans = [(one.start, one.end) for one in spots][:8]
        own = mean(spans[nearest(spans, site)]) if spans else np.zeros(WIDTH)
        every = np.mean([mean(span) for span in spans], axis=0) if spans else np.zeros(WIDTH)
        place = own @ network.place[role] + network.place_bias[role, 0]
        place[PRODUCTS:] += every @ network.everywhere[role] + network.everywhere_bias[role, 0]
    return told[PRODUCTS:] + place[PRODUCTS:] + (told[:PRODUCTS] * place[:PRODUCTS]) @ network.product[role]


def test_all_candidates_at_once_are_as_one_by_one(document: Document, passage: Passage) -> None:
    network = _network()
    assert document.words is not None
    context = Context(network, ROLES, passage, ReadWords(network.layers, passage, document.words))
    seen = 0
    for site in find_sites(passage):
        look = context.look(site)
        scene = make_scene(passage, site)
        for rank, role in enumerate(ROLES):
            carried = Candidate(-1, "elsewhere", site.sentence, None, None, 9)
            candidates = [*candidates_for(scene, role, frozenset({"accuracy", "counting"})), carried]
            added = context.add(role, look, candidates)
            for row, candidate in zip(added, (None, *candidates), strict=True):
                assert row == pytest.approx(_by_hand(network, document, passage, site, candidate, rank), abs=1e-3)
                seen += 1
    assert seen > 20


def test_a_paper_without_names_has_nothing_alone() -> None:
    read = read_document(Paper("x:2", "", "by 20%", SourceRef("text", "x", 0)))
    EntityFinder.load(load()).find(read)
    passage = Passage.of(read, find_quantities(read.text))
    assert not passage.names
    assert read.words is not None
    [site] = find_sites(passage)
    network = _network()
    context = Context(network, ROLES, passage, ReadWords(network.layers, passage, read.words))
    assert context.add("metric", context.look(site), []).shape == (1, HIDDEN)


def test_weights_are_kept(tmp_path, document: Document, passage: Passage) -> None:  # type: ignore[no-untyped-def]
    network = _network()
    network.save(tmp_path)
    again = ContextNetwork.load(tmp_path)
    assert again.layers.rows == network.layers.rows
    assert again.layers.layers == pytest.approx(network.layers.layers, abs=1e-3)
    assert again.layers.words == pytest.approx(network.layers.words, abs=1e-2)
    assert again.nothing.dtype == again.layers.words.dtype == np.float32


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), min_size=1, max_size=12), st.data())
def test_a_span_touches_at_least_one_word(sizes: list[tuple[int, int]], data: st.DataObject) -> None:
    starts, ends, at = [], [], 0
    for gap, size in sizes:
        starts.append(at + gap)
        ends.append(at := at + gap + size)
    words = WordStates(starts, ends, np.zeros((len(sizes), 1), np.float32))
    start = data.draw(st.integers(0, at))
    first, last = word_span(words, start, data.draw(st.integers(start, at + 3)))
    assert 0 <= first < last <= len(words)
