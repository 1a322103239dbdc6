"""Contradictions: two papers give different numbers for one method in one lane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.leaderboard.model import Result
from kg.model import plain_number


def with_conflicts(results: Sequence[Result]) -> list[Result]:
    """The results of a lane, each with the other papers that say otherwise of its method.

    A paper that has several numbers for a method (sizes, settings) contradicts another only if none of its numbers
    is among the other's. A method whose name is a common noun ("convolutional neural network") is a family of many,
    and contradicts nothing.
    """
    values: dict[str, dict[str, set[float]]] = defaultdict(lambda: defaultdict(set))
    for result in results:
        if result.method is not None and _is_one_method(result):
            values[result.method][result.paper].add(result.value)
    return [replace(result, conflicts=_others(result, values)) for result in results]


def _others(result: Result, values: dict[str, dict[str, set[float]]]) -> tuple[str, ...]:
    if result.method is None or not _is_one_method(result):
        return ()
    papers = values[result.method]
    own = papers[result.paper]
    return tuple(
        f"{paper}: {', '.join(f'{plain_number(value):g}' for value in sorted(found))}"
        for paper, found in sorted(papers.items())
        if paper != result.paper and not found & own
    )


def _is_one_method(result: Result) -> bool:
    """Whether the number is of one method, by its proper name, on one dataset."""
    name = result.method_name or ""
    return not result.other_datasets and name != name.lower()
