""" "What beats BERT": results against it, but those that are known to be lost to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import world
from question_files import answer, digest

from kg.catalog import Catalog
from kg.stores import open_store
from kg.stores.base import Store
from kg.stores.sync import sync

CLAIMS = """
doi:10.1/008|3x|3||x|increase|exact|speed-up|FlashAttention|SQuAD|BERT||
doi:10.1/008|0.3%|0.3||%|decrease|exact|accuracy|FlashAttention|SQuAD|BERT||
doi:10.1/008|1.2%|1.2||%|increase|exact|accuracy|FlashAttention|SQuAD|BERT||
doi:10.1/008|40%|40||%|decrease|exact|latency|FlashAttention|SQuAD|BERT||
doi:10.1/008|7%|7||%|increase|exact|memory|FlashAttention|SQuAD|BERT||
doi:10.1/008|91.4%|91.4||%|absolute|exact|accuracy|FlashAttention|SQuAD|BERT|93.0|
doi:10.1/008|94.1%|94.1||%|absolute|exact|accuracy|FlashAttention|SQuAD|BERT|93.0|
doi:10.1/008|5 ms|5||ms|absolute|exact|latency|FlashAttention|SQuAD|BERT|4|
doi:10.1/008|17|17|||absolute|exact|parameters|FlashAttention|SQuAD|BERT||
doi:10.1/008|12%|12||%|decrease|exact||FlashAttention|SQuAD|BERT||
"""
LOST = {"0.3%", "7%", "91.4%", "5 ms"}
ALL = {line.split("|")[1] for line in CLAIMS.strip().splitlines()}


@pytest.fixture(params=("oxigraph", "ladybug"))
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(world, "CLAIMS", CLAIMS)
    opened = open_store(f"{request.param}:{tmp_path / 'store'}", mode="write")
    sync(opened, world.bundles())
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("what beats BERT", ALL - LOST),
        ("which methods outperform BERT", ALL - LOST),
        ("methods better than BERT", ALL - LOST),
        ("results against BERT", ALL),
    ],
)
def test_losses_are_left_out_where_wins_are_asked_for(
    question: str, quotes: set[str], catalog: Catalog, store: Store
) -> None:
    rows = answer(question, catalog, store)
    assert {str(row["quote"]) for row in rows.dicts()} == quotes, digest(rows)


def test_wins_are_counted(catalog: Catalog, store: Store) -> None:
    assert answer("how many methods beat BERT", catalog, store).rows == [(1,)]
