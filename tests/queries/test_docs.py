"""`docs/questions.md`: each example is one of the tested questions, and is understood as the page says."""

from __future__ import annotations

from pathlib import Path

import pytest
from question_files import read_examples

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "questions.md"
TESTED = {
    example.question: example for name in ("questions.txt", "heldout.txt") for example in read_examples(HERE / name)
}


def _examples() -> list[tuple[str, str]]:
    """Question and answer of each row of the tables of examples."""
    text = PAGE.read_text("utf-8").partition("## How good it is")[0]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [(row[0], row[1]) for row in rows if row[0] not in ("question", "---")]


@pytest.mark.parametrize(("question", "said"), _examples())
def test_example_is_tested_and_understood_as_written(question: str, said: str) -> None:
    example = TESTED[question]
    assert said == (example.refusal or example.understood)


def test_every_form_has_examples() -> None:
    assert len(_examples()) >= 70
