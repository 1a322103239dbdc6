"""The resolver over several papers: meanings by company, ids, names, families, reasons, any order."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from named_papers import make_record, resolve

from kg.model import Record
from kg.resolve import ResolvedEntity, Resolver


def entities_of(records: list[Record]) -> dict[str, ResolvedEntity]:
    resolver = Resolver()
    for record in records:
        resolver.observe(record)
    resolver.finish()
    for record in records:
        resolver.apply(record)
    return {entity.id: entity for entity in resolver.entities()}


def ids(record: Record) -> list[str]:
    return [entity.id for entity in record.entities]


def test_result_does_not_depend_on_the_order_of_papers() -> None:
    records = [
        make_record(1, "method", "Zonal Quorum Network (ZQN)", "ResNet-50"),
        make_record(2, "method", "ZQNs", "zonal quorum nets"),
        make_record(3, "method", "Zub-Former", "ZQN"),
        make_record(4, "method", "ZubFormer", "Zebra Queue Navigator (ZQN)"),
    ]
    results = set()
    for order in itertools.permutations(records):
        resolved = sorted(resolve(list(order)), key=lambda record: record.paper.id)
        results.add(repr([(e.id, e.name) for record in resolved for e in record.entities]))
    assert len(results) == 1


def test_short_form_with_two_meanings_follows_the_company_it_keeps() -> None:
    privacy = [make_record(n, "method", "differential privacy (DP)", "federated learning") for n in range(1, 5)]
    search = [make_record(n, "method", "dynamic programming (DP)", "beam search") for n in range(5, 9)]
    unclear = make_record(9, "method", "DP", "Zubnet")
    federated, searching = (
        make_record(n, "method", "DP", other) for n, other in [(10, "federated learning"), (11, "beam search")]
    )
    *_, a, b, c = resolve([*privacy, *search, federated, searching, unclear])
    assert ids(a)[0] == "method/differential-privacy"
    assert ids(b)[0] == "method/dynamic-programming"
    assert ids(c)[0] == "method/dp"


def test_own_abbreviation_becomes_the_id_only_where_it_has_one_meaning() -> None:
    one = make_record(1, "method", "Zonal Quorum Network (ZQN)")
    other = make_record(2, "method", "Zebra Queue Navigator (ZQN)")
    assert ids(resolve([one])[0]) == ["method/zqn"]
    assert [ids(record) for record in resolve([one, other])] == [
        ["method/zonal-quorum-network"],
        ["method/zebra-queue-navigator"],
    ]


def test_other_wording_in_one_paper_tells_nothing_of_other_papers() -> None:
    known = make_record(1, "task", "text-to-zub")
    (entity,) = known.entities
    loose = replace(known, entities=(replace(entity, forms=("text-to-zub", "zub from prose")),))
    _, other = resolve([loose, make_record(2, "task", "zub from prose")])
    assert ids(other) == ["task/zub-from-prose"]


def test_what_a_paper_coins_goes_by_its_short_name() -> None:
    known = make_record(1, "method", "agent zone modeling (AZM)")
    (entity,) = known.entities
    coined = replace(known, entities=(replace(entity, introduced=True),))
    assert [e.name for e in resolve([known])[0].entities] == ["agent zone modeling"]
    assert [e.name for e in resolve([coined])[0].entities] == ["AZM"]


def test_name_that_a_paper_coins_is_not_another_papers_abbreviation() -> None:
    coined = make_record(1, "method", "COMPASS")
    (entity,) = coined.entities
    coined = replace(coined, entities=(replace(entity, introduced=True),))
    other = make_record(2, "method", "Computed Assessment System (COMPASS)")
    (known,) = other.entities
    other = replace(other, entities=(replace(known, introduced=True),))
    first, second = resolve([coined, other])
    assert ids(first) != ids(second)


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        (["Zubformer", "ZubFormer", "ZubFormer"], "ZubFormer"),
        (["Zonal Quorum Learning", "zonal quorum learning", "Zonal Quorum Learning"], "zonal quorum learning"),
        (["zonal circuits", "zonal circuits", "zonal circuit"], "zonal circuit"),
        (["zonal circuits"], "zonal circuit"),
        (["ZUB-5 model", "ZUB-5 model", "ZUB-5"], "ZUB-5"),
        (["mixture of zubs"], "mixture of zubs"),
        (["Zonal Quorum Networks"], "Zonal Quorum Network"),
        (["\\textbf{ZubNet}", "ZubNet"], "ZubNet"),
        (["resnet50", "resnet50"], "ResNet-50"),
    ],
)
def test_name_is_the_usual_spelling(spellings: list[str], name: str) -> None:
    records = [make_record(n, "method", spelling) for n, spelling in enumerate(spellings)]
    assert {entity.name for record in resolve(records) for entity in record.entities} == {name}


@pytest.mark.parametrize(
    ("type", "version", "family"),
    [
        ("dataset", "CIFAR-10", "CIFAR"),
        ("dataset", "ImageNet-21K", "ImageNet"),
        ("method", "ResNet-101", "ResNet"),
        ("method", "GPT-4o", "GPT-4"),
        ("method", "BERT-large", "BERT"),
        ("method", "ZubNet-7B", "ZubNet"),
        ("method", "ZubNet-v2", "ZubNet"),
        ("method", "ZubNetV3", "ZubNet"),
        ("method", "Zub 3.1 8B", "Zub 3.1"),
        ("metric", "zub recall@10", "zub recall"),
        ("dataset", "ZubBench-Hard", "ZubBench"),
    ],
)
def test_version_or_size_has_its_family_as_broader(type: str, version: str, family: str) -> None:
    found = entities_of([make_record(1, type, version), make_record(2, type, family)])
    by_name = {entity.name: entity for entity in found.values()}
    assert [found[i].name for i in by_name[version].broader] == [family]


def test_family_that_nobody_names_is_not_invented() -> None:
    (entity,) = entities_of([make_record(1, "method", "Zubnet-7B")]).values()
    assert entity.broader == ()


def test_every_other_form_has_its_reason() -> None:
    records = [
        make_record(1, "method", "Zonal Quorum Network (ZQN)"),
        make_record(2, "method", "ZQN model", "zonal quorum networks"),
        make_record(3, "method", "ZQN", "CNN architecture", "ConvNet"),
        make_record(4, "method", "ZQN"),
    ]
    found = entities_of(records)
    zonal, conv = found["method/zqn"], found["method/convolutional-neural-network"]
    assert zonal.name == "ZQN"
    reasons = {merge.form: merge.reason for merge in zonal.reasons}
    assert set(reasons) == {"Zonal Quorum Network", "zonal quorum networks", "ZQN model"}
    assert "arxiv:2601.00001" in reasons["Zonal Quorum Network"]
    assert {merge.form: merge.reason for merge in conv.reasons} == {
        "CNN architecture": "the same with a word for what it is",
        "ConvNet": "an alias in the vocabulary",
    }


def test_all_names_of_pairs_together_resolve_as_alone() -> None:
    from test_pairs import KEEP, MERGE

    pairs = [pair for pair in (*MERGE, *KEEP) if "(" not in f"{pair.a} {pair.b} {pair.elsewhere}"]
    records = [make_record(n, p.type, cell) for n, (p, cell) in enumerate((p, c) for p in pairs for c in (p.a, p.b))]
    resolved = [{e.id for e in record.entities} for record in resolve(records)]
    wrong = [p for n, p in enumerate(pairs) if (resolved[2 * n] == resolved[2 * n + 1]) != (p in MERGE)]
    assert not wrong
