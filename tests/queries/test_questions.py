"""Questions in English: what is understood, and the same rows in the same order from every embedded store."""

from __future__ import annotations

from pathlib import Path

import pytest
from question_files import Example, answer, digest, read_examples

from kg.ask import describe, parse
from kg.catalog import Catalog
from kg.errors import QuestionError
from kg.stores.base import Store

HERE = Path(__file__).parent
EXAMPLES = [*read_examples(HERE / "questions.txt"), *read_examples(HERE / "heldout.txt")]
ANSWERED = [pytest.param(example, id=example.question) for example in EXAMPLES if not example.refusal]
REFUSED = [pytest.param(example, id=example.question) for example in EXAMPLES if example.refusal]


@pytest.mark.parametrize("example", ANSWERED)
def test_question_is_understood(example: Example, catalog: Catalog) -> None:
    assert describe(parse(example.question, catalog)) == example.understood


@pytest.mark.parametrize("example", ANSWERED)
def test_stores_answer_alike(example: Example, catalog: Catalog, stores: dict[str, Store]) -> None:
    answers = {name: answer(example.question, catalog, store) for name, store in stores.items()}
    first = next(iter(answers.values()))
    assert all(rows == first for rows in answers.values())
    assert digest(first) == example.rows


@pytest.mark.parametrize("example", REFUSED)
def test_question_is_refused(example: Example, catalog: Catalog) -> None:
    with pytest.raises(QuestionError) as caught:
        parse(example.question, catalog)
    assert str(caught.value) == example.refusal
