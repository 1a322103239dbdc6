"""Pairs of names that are one thing, and pairs that are not: written before the resolver was looked at."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from named_papers import Pair, is_one

CORPUS = Path(__file__).parents[2] / "corpus"


def read_pairs(name: str) -> list[Pair]:
    with (CORPUS / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Pair(r["type"], r["a"], r["b"], tuple(filter(None, r["elsewhere"].split("|")))) for r in rows]


MERGE, KEEP = read_pairs("must_merge.tsv"), read_pairs("must_not_merge.tsv")


def _spoken(pair: Pair) -> str:
    return f"{pair.type}: {pair.a} / {pair.b}"


@pytest.mark.parametrize("pair", MERGE, ids=_spoken)
def test_one_thing_is_one_entity(pair: Pair) -> None:
    assert is_one(pair)


@pytest.mark.parametrize("pair", KEEP, ids=_spoken)
def test_two_things_stay_two(pair: Pair) -> None:
    assert not is_one(pair)


def test_there_are_enough_pairs() -> None:
    assert len(set(MERGE)) >= 180
    assert len(set(KEEP)) >= 180
