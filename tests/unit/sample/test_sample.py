"""The sample corpus and its annotation."""

from typing import Any

import orjson
import pytest

from kg.evaluate import read_gold
from kg.sample import gold_path, papers_path

GOLD: list[Any] = list(read_gold(gold_path()))
PAPERS = [orjson.loads(line) for line in papers_path().read_bytes().splitlines()]


def test_sample_has_forty_papers_with_ids_of_their_own() -> None:
    assert [paper["id"] for paper in PAPERS] == [f"sample:{number:04d}" for number in range(1, 41)]
    assert len({paper["title"] for paper in PAPERS}) == 40


def test_annotation_is_of_the_same_texts() -> None:
    keys = ("id", "title", "abstract")
    assert [[paper[key] for key in keys] for paper in PAPERS] == [[paper[key] for key in keys] for paper in GOLD]


@pytest.mark.parametrize("paper", GOLD, ids=lambda paper: paper["id"])
def test_every_form_and_quote_stands_in_the_text(paper: Any) -> None:
    text = f"{paper['title']}\n{paper['abstract']}"
    forms = [form for kind in ("methods", "datasets", "metrics", "tasks") for e in paper[kind] for form in e["forms"]]
    links = [c[role] for c in paper["claims"] for role in ("metric", "method", "baseline", "task") if c[role]]
    links += [name for c in paper["claims"] for name in c["datasets"]]
    assert [name for name in forms + links if name not in text] == []
    for claim in paper["claims"]:
        assert paper["abstract"].count(claim["context"]) == 1, claim
        assert claim["quote"] in claim["context"], claim


@pytest.mark.parametrize("paper", GOLD, ids=lambda paper: paper["id"])
def test_claims_name_annotated_entities(paper: Any) -> None:
    known = {kind: {form for e in paper[f"{kind}s"] for form in e["forms"]} for kind in ("method", "dataset")}
    for claim in paper["claims"]:
        assert claim["method"] is None or claim["method"] in known["method"], claim
        assert set(claim["datasets"]) <= known["dataset"], claim
        assert claim["kind"] in ("absolute", "increase", "decrease")
        assert claim["bound"] in ("exact", "approx", "min", "max")


def test_sample_covers_what_claims_can_be() -> None:
    claims = [claim for paper in GOLD for claim in paper["claims"]]
    assert {claim["bound"] for claim in claims} == {"exact", "approx", "min", "max"}
    assert sum(claim["value_high"] is not None for claim in claims) >= 3
    assert sum(claim["baseline_value"] is not None for claim in claims) >= 5
    assert {claim["unit"] for claim in claims} >= {"%", "x", "points", "", "ms", "FPS", "dB", "GB", "min", "GPU h"}
    assert sum(not paper["claims"] for paper in GOLD) >= 2
