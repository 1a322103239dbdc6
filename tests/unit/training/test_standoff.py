"""Annotations kept apart from their abstracts come together with them again."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kg.cli.app import app
from kg.errors import SourceError
from kg.training.standoff import attach, detach, digest, join, read_rows, write_rows

TITLE, ABSTRACT = "Pond: Reading Ripples", "Pond reaches 91% accuracy on Willow, 3 points over Heron."


def _paper(number: int = 1) -> dict[str, Any]:
    claim = {
        "quote": "91%", "context": "reaches 91% accuracy", "value": 91, "value_high": None, "baseline_value": None,
        "unit": "%", "kind": "absolute", "bound": "exact", "metric": "accuracy", "datasets": ["Willow"],
        "method": "Pond", "baseline": None, "task": None, "unsure": ["task"],
    }  # fmt: skip
    return {
        "id": f"p:{number}",
        "title": TITLE,
        "abstract": f"{ABSTRACT} No. {number}.",
        "methods": [
            {"forms": ["Pond", "Pond: Reading Ripples"], "introduced": True},
            {"forms": ["Heron"], "introduced": False, "optional": True},
        ],
        "datasets": [{"forms": ["Willow"], "introduced": False}],
        "metrics": [{"forms": ["accuracy"]}],
        "tasks": [],
        "claims": [claim],
    }


def test_a_row_has_no_text_and_gives_the_paper_back() -> None:
    row = detach(_paper())
    kept = json.dumps(row)
    assert not any(text in kept for text in ("Pond", "Heron", "accuracy", "91%", "Willow"))
    assert row["claims"][0]["value"] == 91
    assert attach(row, TITLE, _paper()["abstract"]) == _paper()


def test_a_row_says_that_claims_alone_are_annotated() -> None:
    paper = _paper() | {"claims_only": True}
    assert attach(detach(paper), TITLE, paper["abstract"]) == paper


def test_a_string_that_stands_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="not found"):
        detach(_paper() | {"tasks": [{"forms": ["fishing"]}]})


def test_rows_meet_their_abstracts_in_any_order_and_spacing(tmp_path: Path) -> None:
    write_rows([_paper(1), _paper(2), _paper(3)], tmp_path / "rows.jsonl.gz")
    corpus = _corpus(tmp_path, [_paper(3), _paper(9), _paper(1)])
    assert join(read_rows(tmp_path / "rows.jsonl.gz"), [corpus]) == [_paper(1), _paper(3)]


def test_the_command_says_how_many_it_found(tmp_path: Path) -> None:
    write_rows([_paper(1), _paper(2)], tmp_path / "rows.jsonl.gz")
    corpus = _corpus(tmp_path, [_paper(2)])
    out = tmp_path / "annotated.jsonl"
    given = ["train", "annotated", str(tmp_path / "rows.jsonl.gz"), "--corpus", str(corpus), "--out", str(out)]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 0, result.output
    assert "1 of 2 annotated papers" in result.output
    assert [json.loads(line) for line in out.read_text().splitlines()] == [_paper(2)]


def test_other_files_are_no_annotations(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl.gz").write_text("{}")
    with pytest.raises(SourceError, match="no gzipped annotations"):
        read_rows(tmp_path / "rows.jsonl.gz")


@pytest.mark.parametrize("row", [{}, [1], {"digest": digest(TITLE, _paper()["abstract"]), "methods": 3}])
def test_rows_of_another_form_are_an_error(tmp_path: Path, row: Any) -> None:
    with pytest.raises(SourceError, match="a row of another form"):
        join([row], [_corpus(tmp_path, [_paper()])])


def test_a_digest_tells_texts_apart() -> None:
    assert digest("a", "b") == digest("a", "b")
    assert digest("a", "b") != digest("ab", "")


def _corpus(folder: Path, papers: list[dict[str, Any]]) -> Path:
    path = folder / "corpus.jsonl.gz"
    lines = [json.dumps({"title": p["title"], "abstract": "  " + p["abstract"].replace(" ", "\n")}) for p in papers]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path
