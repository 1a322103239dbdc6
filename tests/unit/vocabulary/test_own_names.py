"""A name that the user adds is found by the next build, and resolved; the package is not touched."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from click.testing import Result
from typer.testing import CliRunner

from kg.cli.app import app

PAPER = {
    "id": "arxiv:2601.00001",
    "title": "Seeing quagga",
    "abstract": "We evaluate on zoo images and on ZooIm. Results on ZooIm show 91.2% accuracy with ResNet-50.",
}


def kg(*arguments: str) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, (result.output, result.exception)
    return result


def test_added_name_is_found_by_the_next_build_and_resolved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_VOCABULARY", raising=False)
    papers, graph = tmp_path / "papers.jsonl", str(tmp_path / "graph")
    papers.write_bytes(orjson.dumps(PAPER))
    kg("build", str(papers), "--graph", graph)
    kg("vocabulary", "add", "dataset", "Zoo Images", "--alias", "ZooIm", "--graph", graph)
    assert "Zoo Images" in kg("vocabulary", "find", "zoo-im", "--graph", graph).stdout
    assert "Zoo Images" in kg("vocabulary", "list", "--own", "--graph", graph).stdout
    report = orjson.loads(kg("build", str(papers), "--graph", graph, "--json").stdout)
    assert report["extracted"] == 1
    entity = orjson.loads(kg("show", "ZooIm", "--graph", graph, "--json").stdout)
    assert (entity["name"], entity["papers"]) == ("Zoo Images", 1)
    again = orjson.loads(kg("build", str(papers), "--graph", graph, "--json").stdout)
    assert (again["extracted"], again["published"]) == (0, False)
