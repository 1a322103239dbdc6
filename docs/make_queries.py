"""Writes `queries.md` from `queries/`. Run it from the project's root:

    python docs/make_queries.py

A test fails where the page is not current.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.queries import NamedQuery, QueryParameter, named_queries

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "queries.md"

INTRODUCTION = """\
# Named queries

`kg query NAME key=value…` runs one of the queries in `queries/`. Each is written in SPARQL and in Cypher, and gives the
same rows in the same order on every store; a test runs all of them in both languages and compares with
`queries/<name>/expected.json`. `kg query --list` lists them; `--format json|jsonl|csv|md` is for programs.

Entities and papers are given by id or by any of their names. Values are bound as parameters and never become part of a
query's text. From Python: `kg.open("graph").query("papers-on-dataset", dataset="CIFAR-10")`.

This page is made from the queries by `python docs/make_queries.py`.
"""


def page() -> str:
    """The whole page."""
    queries = named_queries()
    parts = [INTRODUCTION, *_contents(queries.values()), ""]
    for query in queries.values():
        parts += [*_section(query), ""]
    return "\n".join(parts).rstrip("\n") + "\n"


def _contents(queries: Iterable[NamedQuery]) -> Iterator[str]:
    yield "| query | what it answers |"
    yield "| --- | --- |"
    for query in queries:
        yield f"| [{query.name}](#{query.name}) | {query.title} |"


def _section(query: NamedQuery) -> Iterator[str]:
    yield f"## {query.name}"
    yield f"\n{query.title}. {query.description}\n"
    if query.parameters:
        yield "| parameter | type | |\n| --- | --- | --- |"
        yield from map(_parameter, query.parameters)
        yield ""
    yield f"Columns: {', '.join(f'`{column.name}`' for column in query.columns)}.\n"
    yield f"```sh\n{_example(query)}\n```\n"
    yield f"<details><summary>SPARQL and Cypher</summary>\n\n```sparql\n{query.sparql.rstrip()}\n```\n"
    yield f"```cypher\n{query.cypher.rstrip()}\n```\n\n</details>"


def _parameter(parameter: QueryParameter) -> str:
    note = "" if parameter.required else " Optional." if parameter.optional else _default(parameter)
    return f"| `{parameter.name}` | {parameter.type} | {parameter.description}{note} |"


def _default(parameter: QueryParameter) -> str:
    unbounded = isinstance(parameter.default, float) and abs(parameter.default) >= 1e300
    return " Unbounded by default." if unbounded else f" Default: {parameter.default}."


def _example(query: NamedQuery) -> str:
    """The first tested case that finds something."""
    cases = json.loads((ROOT / "queries" / query.name / "expected.json").read_text("utf-8"))
    given = next(case["parameters"] for case in cases if case["rows"])
    return shlex.join(["kg", "query", query.name, *(f"{name}={value}" for name, value in given.items())])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
