"""What linkers learn from: each role of a number in order, with right answers, and with those before them made."""

from typing import Any

import numpy as np
import pytest

from kg.extract.claims.choose import ORDER, Links
from kg.extract.document import Document
from kg.extract.entities import EntityFinder
from kg.extract.reader import read_document
from kg.model import Paper, SourceRef
from kg.training.agree import GoldPaper, annotated
from kg.training.claim_decisions import Decision, decide, read_passage
from kg.training.claim_examples import read_numbers
from kg.training.claim_lessons import Examples, Names, Taught, make_lesson
from kg.vocabulary import load

ABSTRACT = "We train for 30 epochs. ZorbaNet reaches 91.5% accuracy on Quux-10 and 84.2% on Puddle."
LEXICON = frozenset({"accuracy"})


def _claim(quote: str, context: str, dataset: str, **more: Any) -> dict[str, Any]:
    return {
        "quote": quote, "context": context, "value": float(quote[:-1]), "kind": "absolute", "bound": "exact", "task": None,
        "metric": "accuracy", "datasets": [dataset], "method": "ZorbaNet", "baseline": None, **more,
    }  # fmt: skip


GOLD: dict[str, Any] = {
    "methods": [{"forms": ["ZorbaNet"], "introduced": True}],
    "datasets": [{"forms": ["Quux-10"]}, {"forms": ["Puddle"]}],
    "metrics": [{"forms": ["accuracy"]}],
    "tasks": [],
    "claims": [
        _claim("91.5%", "reaches 91.5% accuracy", "Quux-10"),
        _claim("84.2%", "and 84.2% on Puddle", "Puddle"),
    ],
}


@pytest.fixture
def document() -> Document:
    paper = Paper("x:1", "ZorbaNet", ABSTRACT, SourceRef("text", "x", 1))
    read = read_document(paper)
    EntityFinder.load(load()).find(read)
    return annotated(read, GOLD)


def test_numbers_learn_what_is_annotated(document: Document) -> None:
    _, numbers = read_numbers(document, GoldPaper(GOLD), LEXICON)
    told = {n.site.quantity.value: n.label for n in numbers}
    assert [told[value][0].tolist() for value in (91.5, 84.2)] == [[0, 1], [0, 1]]  # type: ignore[union-attr]
    assert all(label[0].tolist() == [1, 0] for value, label in told.items() if value == 30)  # type: ignore[union-attr]


def test_nothing_is_learned_of_a_role_that_annotation_is_unsure_of(document: Document) -> None:
    unsure = GOLD | {"claims": [claim | {"unsure": ["task", "method"]} for claim in GOLD["claims"]]}
    _, numbers = read_numbers(document, GoldPaper(unsure), LEXICON)
    _, sure = read_numbers(document, GoldPaper(GOLD), LEXICON)
    roles = [[decision.role for decision, _ in number.links] for number in sure]
    assert any("method" in those for those in roles)
    left = [[role for role in those if role not in {"task", "method"}] for those in roles]
    assert [[decision.role for decision, _ in number.links] for number in numbers] == left


def test_right_candidates_have_the_shares(document: Document) -> None:
    _, numbers = read_numbers(document, GoldPaper(GOLD), LEXICON)
    last = numbers[-1]
    for decision, target in last.links:
        chosen = [c.text for c, share in zip(decision.candidates, target.shares[1:], strict=True) if share]
        assert chosen == {"method": ["ZorbaNet"], "metric": ["accuracy"], "datasets": ["Puddle"]}.get(decision.role, [])
        assert len(decision.group) == len(target.shares) == len(decision.candidates) + 1


def test_spans_of_candidates_stand_in_the_text(document: Document) -> None:
    _, numbers = read_numbers(document, GoldPaper(GOLD), LEXICON)
    for number in numbers:
        for decision, _ in number.links:
            for candidate, spans in zip(decision.candidates, decision.spans(), strict=True):
                assert spans
                assert candidate.text in {document.text[start:end] for start, end in spans}


def test_later_decisions_see_earlier_answers(document: Document) -> None:
    passage, sites = read_passage(document)
    asked: list[str] = []

    def first_of_all(decision: Decision) -> list[int]:
        asked.append(decision.role)
        return [0]

    before: Links | None = None
    for site in sites[-2:]:
        before = decide(passage, site, before, LEXICON, first_of_all)
    seen: list[Decision] = []
    decide(passage, sites[-1], before, LEXICON, lambda decision: seen.append(decision) or [])  # type: ignore[func-returns-value]
    assert [role for role in ORDER if role in asked] == list(dict.fromkeys(asked))
    method = next(decision for decision in seen if decision.role == "method")
    assert any(name.startswith("prevmethod:True") for name in method.group[1])


def test_examples_of_links_alone_add_no_numbers(document: Document) -> None:
    passage, numbers = read_numbers(document, GoldPaper(GOLD), LEXICON)
    examples = Examples()
    examples.add(Taught(document, passage, numbers, weight=0.5))
    examples.add(Taught(document, passage, numbers), links_only=True)
    told, again = examples.lessons
    assert len(told.numbers) == len(told.labels) == len(told.offsets) - 1 == len(numbers)
    assert told.weight == 0.5
    assert np.isnan(again.labels).all()
    assert not again.features.size
    assert [len(lesson.questions["method"]) for lesson in examples.lessons] == [2, 2]


def test_lessons_say_where_candidates_stand(document: Document) -> None:
    passage, numbers = read_numbers(document, GoldPaper(GOLD), LEXICON)
    lesson = make_lesson(Taught(document, passage, numbers), Names())
    words = document.words
    assert lesson is not None
    assert words is not None

    def text(first: int, last: int) -> str:
        return document.text[words.starts[first] : words.ends[last - 1]]

    claims = [span for span, label in zip(lesson.numbers, lesson.labels, strict=True) if label[1] == 1]
    assert [text(*span) for span in claims] == ["91.5%", "84.2%"]
    last = lesson.questions["datasets"][-1]
    assert [text(*span) for span in last.near] == ["Quux-10", "Puddle"]
    assert last.counts.tolist() == [1, 1]
    assert last.target.shares.tolist() == [0, 0, 1]
    assert len(last.offsets) == len(last.target.shares) + 1
    assert last.offsets[-1] == len(last.features)


def test_a_paper_without_claims_teaches_what_numbers_are(document: Document) -> None:
    paper = Taught(document, *read_numbers(document, GoldPaper({**GOLD, "claims": []}), LEXICON))
    lesson = make_lesson(paper, Names())
    assert lesson is not None
    assert (lesson.labels[:, 0] == 1).all()
    assert make_lesson(paper, Names(), links_only=True) is None
