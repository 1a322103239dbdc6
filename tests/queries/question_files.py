"""Question files: each question with what is understood and the rows, or with the refusal.

    which papers use BERT
    = Papers that use or propose BERT
    > doi:10.1/008, arxiv:2305.00006

    papers on CIFRA
    ! not understood: 'cifra'

`python tests/queries/question_files.py FILE` rewrites a file with what `kg` answers now, to be read through.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.ask import compile_intent, describe, finish_answer, parse
from kg.catalog import Catalog
from kg.errors import QuestionError
from kg.model import Rows, Value
from kg.stores.base import Store


@dataclass(frozen=True)
class Example:
    """A question; `refusal` is empty where it is answered."""

    question: str
    understood: str = ""
    rows: str = ""
    refusal: str = ""


def read_examples(path: Path) -> Iterator[Example]:
    """The examples of a file, in order."""
    for block in path.read_text("utf-8").split("\n\n"):
        lines = [line for line in block.strip().splitlines() if not line.startswith("#")]
        if lines:
            marks = {line[0]: line[2:] for line in lines[1:]}
            yield Example(lines[0], marks.get("=", ""), marks.get(">", ""), marks.get("!", ""))


def answer(question: str, catalog: Catalog, store: Store) -> Rows:
    """The rows that a store answers with."""
    compiled = compile_intent(parse(question, catalog), store.dialect)
    return finish_answer(compiled, store.query(compiled.text, compiled.parameters))


def digest(rows: Rows) -> str:
    """All rows in order, each as its id (a claim's number after its paper) or name and count."""
    return "; ".join(_row(row) for row in rows.dicts())


def _row(row: dict[str, Value]) -> str:
    if row.get("claim"):
        number = str(row["claim"]).rpartition("-")[2]
        return f"{row['paper']}#{number} {row['quote']}"
    if "paper" in row:
        authors = row.get("authors")
        return (
            f"{row['paper']} {row.get('shared', '')}{', '.join(authors) if isinstance(authors, list) else ''}".strip()
        )
    shown = [value for name, value in row.items() if name not in ("method", "dataset", "metric", "task")]
    return " ".join(str(value) for value in shown)


def rewrite(path: Path) -> None:
    """Answer every question of a file anew; comments before a question stay."""
    import world

    from kg.stores import open_store
    from kg.stores.sync import sync

    with tempfile.TemporaryDirectory() as folder:
        world.write_world_catalog(Path(folder) / "catalog.db")
        catalog = Catalog(Path(folder) / "catalog.db")
        store = open_store("memory:", mode="write")
        sync(store, world.bundles())
        blocks = []
        for block in path.read_text("utf-8").split("\n\n"):
            kept = [line for line in block.strip().splitlines() if line[:1] not in ("=", ">", "!")]
            for line in kept:
                blocks.append(line if line.startswith("#") else _answered(line, catalog, store))
        path.write_text("\n\n".join(blocks) + "\n", "utf-8")


def _answered(question: str, catalog: Catalog, store: Store) -> str:
    try:
        understood = describe(parse(question, catalog))
        return f"{question}\n= {understood}\n> {digest(answer(question, catalog, store))}"
    except QuestionError as exc:
        return f"{question}\n! {exc}"


if __name__ == "__main__":
    rewrite(Path(sys.argv[1]))
