"""`kg remove` names what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixtures.bundles import fixture_records
from fixtures.graph import build_fixture_graph
from typer.testing import CliRunner

from kg.cli.app import app
from kg.errors import NotFoundError

RECORDS = fixture_records()[:2]
PAPER = RECORDS[0].paper.id


@pytest.mark.parametrize(
    ("papers", "printed", "missing"),
    [
        ([PAPER], "1 removed; 1 papers are left\n", None),
        ([PAPER, PAPER, "nope"], "1 removed; 1 papers are left\n", "not in this graph: nope"),
        (["nope", "neither", "nope"], "", "not in this graph: nope, neither"),
    ],
)
def test_unknown_papers_are_named(tmp_path: Path, papers: list[str], printed: str, missing: str | None) -> None:
    path = build_fixture_graph(tmp_path / "g", RECORDS)
    result = CliRunner().invoke(app, ["remove", *papers, "--graph", str(path)])
    assert result.stdout == printed
    assert (str(result.exception) if result.exception else None) == missing
    assert missing is None or isinstance(result.exception, NotFoundError)
