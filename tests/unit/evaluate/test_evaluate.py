"""The measure, on one invented paper whose figures can be counted by eye."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from kg.errors import SourceError
from kg.evaluate import evaluate, fold, read_gold

ABSTRACT = "We propose Owl Net (OwlN). OwlN reaches 90.5% accuracy on CIFAR-10 and is 2x faster than ResNet-50."


def claim(quote: str, context: str, **fields: Any) -> dict[str, Any]:
    base = {"value_high": None, "baseline_value": None, "unit": "", "kind": "absolute", "bound": "exact"}
    links = {"metric": None, "datasets": [], "method": None, "baseline": None, "task": None}
    return {"quote": quote, "context": context, **base, **links, **fields}


GOLD: dict[str, Any] = {
    "id": "x:1",
    "title": "Owl Net",
    "abstract": ABSTRACT,
    "methods": [
        {"forms": ["Owl Net", "OwlN"], "introduced": True},
        {"forms": ["ResNet-50"], "introduced": False},
        {"forms": ["nets"], "introduced": False, "optional": True},
    ],
    "datasets": [{"forms": ["CIFAR-10"], "introduced": False}],
    "metrics": [{"forms": ["accuracy"]}],
    "tasks": [],
    "claims": [
        claim(
            "90.5%",
            "reaches 90.5% accuracy",
            value=90.5,
            unit="%",
            metric="accuracy",
            datasets=["CIFAR-10"],
            method="OwlN",
        ),
        claim(
            "2x",
            "is 2x faster",
            value=2,
            unit="x",
            kind="increase",
            metric="faster",
            method="OwlN",
            baseline="ResNet-50",
        ),
    ],
}


def found(quote: str, **fields: Any) -> dict[str, Any]:
    start = ABSTRACT.index(quote)
    return claim(
        quote, "", evidence={"field": "abstract", "start": start, "end": start + len(quote), "quote": quote}, **fields
    )


def entity(kind: str, name: str, introduced: bool = False) -> dict[str, Any]:
    return {"type": kind, "name": name, "forms": [name], "introduced": introduced}


def figures(*entities: dict[str, Any], claims: tuple[dict[str, Any], ...] = ()) -> dict[str, tuple[int, int, int]]:
    """(right, extra, missed) by what was scored."""
    record = {"id": "x:1", "title": "Owl Net", "entities": list(entities), "claims": list(claims)}
    return {name: (t.right, t.extra, t.missed) for name, t in evaluate([GOLD], [record]).tallies.items()}


@pytest.mark.parametrize(
    ("entities", "wanted"),
    [
        ([], (0, 0, 2)),
        ([entity("method", "OwlN"), entity("method", "Resnet 50")], (2, 0, 0)),
        ([entity("method", "OwlN"), entity("method", "Owl Nets")], (1, 1, 1)),
        ([entity("method", "nets")], (0, 0, 2)),
        ([entity("method", "Hawk")], (0, 1, 2)),
        ([entity("dataset", "OwlN")], (0, 0, 2)),
    ],
    ids=["none", "both, other spelling", "one entity twice", "optional", "wrong", "as another type"],
)
def test_entities_match_one_to_one(entities: list[dict[str, Any]], wanted: tuple[int, int, int]) -> None:
    assert figures(*entities)["method"] == wanted


RIGHT = {"value": 90.5, "unit": "%", "metric": "test accuracy", "datasets": ["CIFAR10"], "method": "Owl Net"}


@pytest.mark.parametrize(
    ("changed", "whole"),
    [
        ({}, 1),
        ({"unit": "percent"}, 1),
        ({"task": "owls"}, 1),
        ({"value": 90.4}, 0),
        ({"kind": "increase"}, 0),
        ({"method": "Hawk"}, 0),
    ],
)
def test_tuple_is_right_when_its_core_is(changed: dict[str, Any], whole: int) -> None:
    result = figures(claims=(found("90.5%", **{**RIGHT, **changed}),))
    assert result["claim"] == (1, 0, 1)
    assert result["tuple"] == (whole, 1 - whole, 2 - whole)


def test_claim_elsewhere_is_extra() -> None:
    assert figures(claims=(found("50", value=50),))["claim"] == (0, 1, 2)


def test_paper_that_was_not_extracted_is_missed_whole() -> None:
    result = evaluate([GOLD], [])
    assert (result.not_extracted, result.tallies["claim"].missed) == (1, 2)


def test_entities_do_not_count_where_claims_alone_are_annotated() -> None:
    record = {"id": "x:1", "title": "Owl Net", "entities": [entity("method", "Hawk")], "claims": []}
    tallies = evaluate([GOLD, {**GOLD, "id": "x:2", "claims_only": True}], [record, {**record, "id": "x:2"}]).tallies
    assert (tallies["method"].extra, tallies["claim"].missed) == (1, 4)


def test_perfect_record_scores_one() -> None:
    names = [
        entity("method", "OwlN", True),
        entity("method", "ResNet-50"),
        entity("dataset", "CIFAR-10"),
        entity("metric", "accuracy"),
    ]
    two = found("2x", value=2.0, unit="times", kind="increase", metric="faster", method="OwlN", baseline="ResNet-50")
    record = {"id": "other", "title": "OWL NET!", "entities": names, "claims": [two, found("90.5%", **RIGHT)]}
    result = evaluate([GOLD], [record])
    assert {name: t.f1 for name, t in result.tallies.items()} == dict.fromkeys(
        ("method", "dataset", "metric", "task", "claim", "tuple"), 1.0
    ) | {"task": 0.0}
    assert (result.introduced_accuracy, result.differences) == (1.0, [])


@pytest.mark.parametrize(("one", "other"), [("CIFAR-10", "cifar10"), ("GNNs", "GNN"), ("F1 score", "F1-scores")])
def test_fold_forgets_spelling(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("name", ["C++", "C#", "Loss", "SS"])
def test_fold_keeps_what_tells_names_apart(name: str) -> None:
    assert fold(name) == name.lower()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (b"{", "not an annotated paper"),
        (b"7", "not an annotated paper"),
        (b"[]", "not an annotated paper"),
        (b'{"id": "x"}', "no 'title'"),
        (orjson.dumps(GOLD | {"methods": [{}]}), "no 'forms'"),
        (orjson.dumps(GOLD | {"claims": [{"quote": "1", "value": 1}]}), "no 'context'"),
    ],
)
def test_bad_gold_names_file_and_line(tmp_path: Path, change: bytes, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(orjson.dumps(GOLD) + b"\n\n" + change)
    with pytest.raises(SourceError, match=f"gold.jsonl:3: .*{message}"):
        read_gold(path)


@pytest.mark.parametrize("text", [b"", b"\n\n"])
def test_gold_without_papers_is_an_error(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "gold.jsonl").write_bytes(text)
    with pytest.raises(SourceError, match="no annotated papers"):
        read_gold(tmp_path / "gold.jsonl")


@pytest.mark.parametrize("change", [{"id": 5}, {"title": 5}, {"claims": 5}, {"claims": [5]}, {"methods": [5]}])
def test_gold_of_other_types_is_an_error(tmp_path: Path, change: dict[str, Any]) -> None:
    paper = {"id": "a", "title": "t", "abstract": "x", "claims": [], "methods": [], "datasets": [], "metrics": []}
    (tmp_path / "gold.jsonl").write_bytes(orjson.dumps({**paper, "tasks": [], **change}))
    with pytest.raises(SourceError, match=r"gold\.jsonl:1: not an annotated paper"):
        read_gold(tmp_path / "gold.jsonl")
