"""A metric's kinds belong to an answer about it."""

from pathlib import Path

import pytest

from kg.api.ask import ask
from kg.api.build import build
from kg.api.graph import Graph

LINES = """\
{"id": "x:1", "title": "Zorba-Net: A Dancing Network", "abstract": "We propose Zorba-Net. Zorba-Net reaches a top-1 accuracy of 81.5% on ImageNet."}
{"id": "x:2", "title": "Yoyo-Net: A Swinging Network", "abstract": "We propose Yoyo-Net. Yoyo-Net reaches an accuracy of 79.1% on ImageNet."}
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("narrower")
    (folder / "papers.jsonl").write_text(LINES, encoding="utf-8")
    build([str(folder / "papers.jsonl")], folder / "graph")
    return folder / "graph"


@pytest.mark.parametrize("store", ["oxigraph", "ladybug"])
@pytest.mark.parametrize(
    ("question", "values", "also"),
    [
        ("best accuracy on ImageNet", [79.1, 81.5], "; also in top-1 accuracy"),
        ("best top-1 accuracy on ImageNet", [81.5], ""),
    ],
)
def test_kinds_of_a_metric_are_answered_and_named(
    graph: Path, store: str, question: str, values: list[float], also: str
) -> None:
    with Graph(graph) as opened:
        answer = ask(opened, question, store=store)
    assert sorted(row["value"] for row in answer.rows.dicts()) == values
    assert answer.understood.endswith(also or "of each metric")
