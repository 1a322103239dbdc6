"""What annotated claims name, laid over what a finder thinks of a paper."""

from typing import Any

import numpy as np
import pytest

from kg.extract.document import Document
from kg.extract.entities.words import words_of
from kg.extract.reader import read_document
from kg.model import Paper, SourceRef
from kg.training.claim_names import lay_over
from kg.training.teach import Labels

TEXT = "The careful pruning reaches 91% accuracy on Quux Lake, and Zorba Nets 88%."


@pytest.fixture
def document() -> Document:
    return read_document(Paper("x:1", "On nets", TEXT, SourceRef("text", "x", 0)))


def _gold(*claims: dict[str, Any], introduced: str | None = None) -> dict[str, Any]:
    empty = {"metric": None, "method": None, "baseline": None, "task": None, "datasets": []}
    methods = [{"forms": [introduced], "introduced": True}] if introduced else []
    return {"methods": methods, "claims": [empty | claim for claim in claims]}


def _labels(document: Document, **forms: tuple[float, ...]) -> Labels:
    """Of a finder that sees no ends, and these forms."""
    edges = np.full((len(words_of(document)), 2), 0.01, np.float32)
    return Labels(edges, {key: (np.array(shares, np.float32), 0.1) for key, shares in forms.items()})


def test_a_name_that_the_finder_does_not_see_is_likely_of_its_roles_type(document: Document) -> None:
    labels = lay_over(_labels(document), document, _gold({"datasets": ["Quux Lake"]}))
    shares, introduced = labels.forms["quuxlake"]
    assert shares.argmax() == 2
    assert shares.sum() == pytest.approx(1)
    assert introduced == 0
    words = words_of(document).words
    first, last = words.index("Quux"), words.index("Lake")
    assert (labels.edges[first, 0], labels.edges[last, 1]) == pytest.approx((shares[2], shares[2]))
    assert labels.edges[first, 1] == labels.edges[last, 0] == np.float32(0.01)


def test_a_name_in_common_words_is_less_likely_than_one_with_capitals(document: Document) -> None:
    named = _gold({"method": "careful pruning"}, {"method": "Zorba Nets"})
    forms = lay_over(_labels(document), document, named).forms
    assert 0 < forms["carefulpruning"][0][1] < forms["zorbanet"][0][1]


def test_the_finder_is_heard(document: Document) -> None:
    named = _gold({"method": "careful pruning"})
    doubted = lay_over(_labels(document, carefulpruning=(0.9, 0.05, 0, 0, 0.05)), document, named)
    sure = lay_over(_labels(document, carefulpruning=(0.1, 0.8, 0, 0, 0.1)), document, named)
    assert doubted.forms["carefulpruning"][0][1] < sure.forms["carefulpruning"][0][1]
    assert sure.forms["carefulpruning"][0][4] > 0, "the rest stays shared out as it was"


@pytest.mark.parametrize("left", [{"optional": True}, {"unsure": ["method"]}])
def test_what_is_optional_or_unsure_says_nothing(document: Document, left: dict[str, Any]) -> None:
    labels = _labels(document)
    assert lay_over(labels, document, _gold({"method": "Zorba Nets", **left})).forms == {}


def test_an_introduced_method_is_one_without_a_claim(document: Document) -> None:
    shares, introduced = lay_over(_labels(document), document, _gold(introduced="careful pruning")).forms[
        "carefulpruning"
    ]
    assert shares[1] > 0.8
    assert introduced == 1


def test_another_length_of_a_name_is_thought_half_as_likely(document: Document) -> None:
    labels = _labels(document, zorba=(0.6, 0.4, 0, 0, 0), accuracy=(0.1, 0, 0, 0.9, 0))
    forms = lay_over(labels, document, _gold({"method": "Zorba Nets"})).forms
    assert forms["zorba"][0].tolist() == pytest.approx([0.8, 0.2, 0, 0, 0])
    assert forms["accuracy"] == labels.forms["accuracy"]
    assert labels.forms["zorba"][0][1] == np.float32(0.4), "what the finder thought is left as it was"


def test_shares_of_a_name_with_two_roles_are_a_whole(document: Document) -> None:
    forms = lay_over(_labels(document), document, _gold({"method": "Quux Lake", "datasets": ["Quux Lake"]})).forms
    assert forms["quuxlake"][0].sum() == pytest.approx(1)
    assert min(forms["quuxlake"][0][1:3]) > 0.3
