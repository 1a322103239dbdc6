"""The parts of bench/ways that decide without being trained: candidate spans and patterns of titles."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.extract.entities.words import squash
from kg.extract.tokenizer import split_text

WAYS = Path(__file__).parents[3] / "bench" / "ways"


@pytest.fixture(autouse=True)
def ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scripts import one another by name, as they do when one is run."""
    monkeypatch.setattr(sys, "path", [str(WAYS), *sys.path])


def candidates_of(text: str) -> set[str]:
    from candidates import candidate_words

    words = [word for word in split_text(text)[0] if not word.isspace()]
    spans = candidate_words(words, [squash(word) for word in words])
    return {" ".join(words[first : last + 1]) for first, last in spans}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We propose Zorba Net for lamp sorting.", {"Zorba Net", "lamp sorting", "Zorba Net for lamp sorting"}),
        ("It uses few-shot learning.", {"few - shot learning", "learning"}),
        ("trained on Lamps-10, LampNet", {"Lamps-10", "LampNet"}),
    ],
)
def test_candidates_hold_the_names(text: str, wanted: set[str]) -> None:
    assert wanted <= candidates_of(text)


@pytest.mark.parametrize("text", ["We show that it is.", ", . ;", ""])
def test_candidates_of_function_words_are_none(text: str) -> None:
    assert candidates_of(text) == set()


def test_candidates_do_not_cross_signs() -> None:
    assert not any("LampNet" in one and "BulbNet" in one for one in candidates_of("LampNet, BulbNet"))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("ZorbaNet: Sorting Lamps at Night", "ZorbaNet"),
        ("Sorting Lamps at Night with ZorbaNet", "ZorbaNet"),
        ("Sorting Lamps via Zorba Transformer-2", "Zorba Transformer-2"),
        ("Sorting lamps with care", None),
        ("What we know of sorting lamps at night: a survey", None),
        ("Sorting Lamps at Night", None),
    ],
)
def test_titles_name_methods(title: str, name: str | None) -> None:
    from known_names import either

    assert either(title) == name
