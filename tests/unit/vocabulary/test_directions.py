"""Which way a metric is better: one rule in Python, SPARQL and Cypher."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from kg.stores import Store, open_store
from kg.vocabulary.directions import cypher_lower, direction_of, higher_is_better, is_gain, is_known, sparql_lower

KINDS = ("absolute", "increase", "decrease")
RULE = {
    # (name, direction): whether the larger is better as a level, an increase, a decrease.
    ("accuracy", "higher"): (True, True, False),
    ("latency", "lower"): (False, False, True),
    ("error rate", "lower"): (False, False, True),
    ("training loss", "lower"): (False, False, True),
    ("speed-up", "higher"): (True, True, False),
    ("something", None): (True, True, True),
    ("something", "none"): (True, True, True),
    ("FLOPs reduction", None): (True, True, True),
    ("FLOPs reduction", "higher"): (True, True, True),
    ("compute-cost saving", None): (True, True, True),
    ("energy savings", "higher"): (True, True, True),
    ("runtime improvement", "lower"): (True, True, True),
    ("performance gain", "higher"): (True, True, True),
    ("compression ratio", "higher"): (True, True, True),
    ("Compression", None): (True, True, True),
    ("latency decrease", None): (True, True, True),
    ("memory drop", "lower"): (True, True, True),
    ("accuracy drop", "lower"): (False, False, False),
    ("accuracy drop", "higher"): (False, False, False),
    ("top-1 accuracy loss", None): (False, False, False),
    ("accuracy reduction", None): (False, False, False),
    ("performance degradation", None): (False, False, False),
    ("F1 decrease", None): (False, False, False),
}
CASES = [
    (name, direction, kind, unit)
    for (name, direction), kind, unit in product([*RULE, ("", None)], KINDS, ("%", "x", "ms"))
]


@pytest.mark.parametrize(("metric", "better"), RULE.items(), ids=lambda part: str(part))
def test_rule(metric: tuple[str, str | None], better: tuple[bool, bool, bool]) -> None:
    assert tuple(higher_is_better(*metric, kind) for kind in KINDS) == better


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("FLOPs reduction", "higher"), ("latency speedup ratio", "higher"), ("inference acceleration", "higher"),
        ("accuracy drop", "lower"), ("quality degradation", "lower"), ("latency", None), ("dropout", None),
        ("gradient", None), ("against", None), ("loss", None), ("improvements over time", None),
    ],
)  # fmt: skip
def test_direction_that_a_name_tells(name: str, direction: str | None) -> None:
    assert direction_of(name) == direction


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (("accuracy", "higher", "absolute", "%"), True),
        (("something", None, "absolute", "%"), False),
        (("something reduction", None, "decrease", "%"), True),
        (("latency", "lower", "increase", "%"), True),
        (("latency", "lower", "increase", "x"), False),
    ],
)
def test_what_is_only_assumed(told: tuple[str, str | None, str, str], known: bool) -> None:
    assert is_known(*told) is known


def test_factors_of_costs_are_gains() -> None:
    assert higher_is_better("latency", "lower", "increase", "x")
    assert not higher_is_better("latency", "lower", "increase", "%")


def test_gains_are_not_losses() -> None:
    assert [is_gain(name) for name in ("FLOPs reduction", "accuracy reduction", "speed-up")] == [True, False, False]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    folder = tmp_path_factory.mktemp("stores")
    opened = {name: open_store(f"{name}:{folder / name}", mode="write") for name in ("oxigraph", "ladybug")}
    yield opened
    for store in opened.values():
        store.close()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_languages_agree(case: tuple[str, str | None, str, str], stores: dict[str, Store]) -> None:
    given = dict(zip("abcd", (case[0], case[1] or "", case[2], case[3]), strict=True))
    sparql = f"SELECT ({sparql_lower('$a', '$b', '$c', '$d')} AS ?lower) {{}}"
    cypher = f"RETURN {cypher_lower('$a', '$b', '$c', '$d')} AS lower"
    rows = [stores["oxigraph"].query(sparql, given).rows, stores["ladybug"].query(cypher, given).rows]
    assert rows == [[(not higher_is_better(*case),)]] * 2
