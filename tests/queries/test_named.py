"""Named queries: the same rows in the same order from every embedded store, and clear refusals."""

from __future__ import annotations

import pytest
from named_files import answer, read_cases

from kg.catalog import Catalog
from kg.errors import KgError
from kg.queries import named_queries, named_query
from kg.stores.base import Store

CASES = [
    pytest.param(name, case, id=f"{name}-{number}")
    for name in named_queries()
    for number, case in enumerate(read_cases(name))
]


@pytest.mark.parametrize("store", ["oxigraph", "ladybug"])
@pytest.mark.parametrize(("name", "case"), CASES)
def test_rows_are_as_expected(
    name: str, case: dict[str, object], store: str, catalog: Catalog, stores: dict[str, Store]
) -> None:
    assert answer(named_query(name), case["parameters"], catalog, stores[store]) == case["rows"]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", named_queries())
def test_query_finds_something(name: str) -> None:
    assert any(case["rows"] for case in read_cases(name))


def test_no_query_is_lost() -> None:
    assert len(named_queries()) == 31


REFUSALS = [
    ("papers-on-dataset", {}, "query papers-on-dataset needs dataset=… (dataset)"),
    ("papers-on-dataset", {"datset": "COCO"}, "query papers-on-dataset has no parameter 'datset'; it takes: dataset"),
    ("metrics-by-use", {"limit": "many"}, "limit: 'many' is not a whole number from 0 to 2,147,483,647"),
    ("metrics-by-use", {"limit": "-1"}, "limit: '-1' is not a whole number from 0 to 2,147,483,647"),
    ("metrics-by-use", {"limit": 10**30}, f"limit: {10**30} is not a whole number from 0 to 2,147,483,647"),
    ("claims-by-metric", {"metric": "accuracy", "least": "inf"}, "least: 'inf' is not a number"),
    ("new-since", {"since": "last week"}, "since: 'last week' is not a date (write 2023, 2023-06 or 2023-06-30)"),
    ("papers-on-dataset", {"dataset": "CIFRA-10"}, "no dataset 'CIFRA-10'; did you mean CIFAR-10, CIFAR-100?"),
    ("papers-for-task", {"task": "CIFAR-10"}, "no task 'CIFAR-10'"),
    (
        "names-of-entity",
        {"entity": "Swim"},
        "no method, dataset, metric or task 'Swim'; did you mean Swin Transformer?",
    ),
]


@pytest.mark.parametrize(("name", "given", "message"), REFUSALS)
def test_wrong_parameters_are_refused(name: str, given: dict[str, str], message: str, catalog: Catalog) -> None:
    with pytest.raises(KgError) as caught:
        named_query(name).bind(given, catalog)
    assert str(caught.value) == message


def test_unknown_query_is_refused_with_a_suggestion() -> None:
    with pytest.raises(KgError, match="no query is called 'paper-on-dataset'; did you mean papers-on-dataset"):
        named_query("paper-on-dataset")
