"""The table of phrases: what the number grammar reads in each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.quantity import Quantity, find_quantities

TABLE = Path(__file__).parents[2] / "corpus" / "quantities.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
READ = [row for row in ROWS if not row.get("none")]
NONE = [row["text"] for row in ROWS if row.get("none")]


def candidates(text: str) -> list[Quantity]:
    return [quantity for quantity in find_quantities(text) if quantity.is_candidate]


def test_table_is_large_enough() -> None:
    assert len(READ) >= 400
    assert len(NONE) >= 200


@pytest.mark.parametrize("row", READ, ids=lambda row: row["text"])
def test_phrase_gives_the_quantity(row: dict[str, Any]) -> None:
    (quantity,) = candidates(row["text"])
    assert quantity.value == pytest.approx(row["value"], rel=1e-6)
    assert (quantity.unit, quantity.bound) == (row["unit"], row["bound"])
    assert (quantity.value_high, quantity.baseline_value) == (row.get("high"), row.get("baseline"))


@pytest.mark.parametrize("text", NONE)
def test_phrase_gives_no_candidate(text: str) -> None:
    assert candidates(text) == []
