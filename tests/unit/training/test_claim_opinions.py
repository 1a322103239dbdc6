"""What a finder thinks of a paper's numbers, as examples to learn from, is what it makes claims of."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from kg.extract.claims import ClaimFinder
from kg.extract.document import Document
from kg.extract.pipeline import ExtractionPipeline
from kg.model import Paper, SourceRef
from kg.training.claim_examples import one_of
from kg.training.claim_lessons import Taught
from kg.training.claim_opinions import FinderOpinion, advised, shares_of, teach_by

TITLE = "Nimbus: Fast Cloud Counting"
ABSTRACT = (
    "We train Nimbus, a transformer for cloud counting, for 30 epochs. Nimbus reaches 91.5% accuracy on CIFAR-10 and 84.2% on CIFAR-100. "
    "It is up to 2.5x faster than ResNet-50, and saves 14% of the memory."
)


@pytest.fixture(scope="module")
def document() -> Document:
    pipeline = ExtractionPipeline.load()
    document = pipeline.document(Paper("x:1", TITLE, ABSTRACT, SourceRef("text", "x", 1)))
    [document.entities] = pipeline.entities([document])
    return document


@pytest.fixture(scope="module")
def taught(document: Document) -> Taught:
    finder = ClaimFinder.load()
    (paper,) = teach_by(partial(FinderOpinion, finder), [document], finder.lexicon, weight=0.25)
    return paper


def test_numbers_that_are_claims_have_links_and_the_others_none(document: Document, taught: Taught) -> None:
    claims = {claim.value for claim in ClaimFinder.load().find_claims(document)}
    assert {number.site.quantity.value for number in taught.numbers if number.links} == claims
    assert claims >= {91.5, 84.2, 2.5, 14}
    assert 30 in {number.site.quantity.value for number in taught.numbers if not number.links}


def test_the_largest_share_is_the_link_that_the_finder_makes(document: Document, taught: Taught) -> None:
    linked = {claim.value: claim for claim in ClaimFinder.load().find_claims(document)}
    for number in taught.numbers:
        for decision, target in number.links:
            if decision.role == "method":
                best = int(target.shares.argmax())
                assert (decision.candidates[best - 1].text if best else None) == linked[
                    number.site.quantity.value
                ].method


def test_shares_sum_to_one_but_for_data_sets(taught: Taught) -> None:
    for number in taught.numbers:
        for decision, target in number.links:
            assert target.weight == 0.25
            assert not target.told
            if decision.role == "datasets":
                assert target.shares[0] == 0
            else:
                assert target.shares.sum() == pytest.approx(1, abs=1e-5)


def test_what_wording_decides_has_all_of_the_share(taught: Taught) -> None:
    saved = next(number for number in taught.numbers if number.site.quantity.value == 14)
    assert saved.label[1] is not None
    assert saved.label[1].argmax() == 2, "what is saved is a decrease"


def test_what_is_annotated_stands_and_the_advice_beside_it(document: Document, taught: Taught) -> None:
    finder = ClaimFinder.load()
    told = [replace(number, label=(one_of(0, 2), None, number.label[2])) for number in taught.numbers]
    paper = advised(partial(FinderOpinion, finder), replace(taught, numbers=told))
    seen = FinderOpinion(finder, document, taught.passage, [number.site for number in told]).labels()
    for before, after, (result, _, bound) in zip(told, paper.numbers, seen, strict=True):
        assert after.label[0] == pytest.approx(0.75 * one_of(0, 2) + 0.25 * result)
        assert after.label[1] is None
        assert (after.label[2] is None) == (before.label[2] is None)
        if after.label[2] is not None:
            assert after.label[2] == pytest.approx(bound)  # the annotation is the finder's own here
        for (decision, was), (same, target) in zip(before.links, after.links, strict=True):
            assert decision is same
            assert (target.shares == was.shares).all()
            assert target.opinion == pytest.approx(was.shares)


def test_data_sets_have_shares_of_their_own() -> None:
    scores = np.array([0, 2, 2, -3], np.float32)
    shares = shares_of("datasets", scores)
    assert shares[0] == 0
    assert shares[1] == shares[2] > 0.5 > shares[3]
    assert shares_of("method", scores).sum() == pytest.approx(1)
