"""Corrections by command on a small graph: applied, explained, kept over rebuilds, undone."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from click.testing import Result
from named_papers import make_record
from typer.testing import CliRunner

from kg.api.build import rebuild
from kg.cli.app import app
from kg.errors import CorrectionError
from kg.graph import GraphDirectory, Shards

PAPERS = [
    make_record(1, "method", "Zonal Quorum Network (ZQN)", "Swin"),
    make_record(2, "method", "ZQN", "Swin Transformer", "Zubra"),
    make_record(3, "method", "ZQN", "Zubra model"),
    make_record(4, "dataset", "ZubSet"),
]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph"
    directory = GraphDirectory(path)
    with directory.locked():
        Shards(directory.records).append(PAPERS)
    rebuild(path)
    return path


def kg(graph: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--graph", str(graph)])


def explain(graph: Path, what: str) -> dict[str, object]:
    result = kg(graph, "explain", what, "--json")
    assert result.exit_code == 0, result.output
    return dict(orjson.loads(result.stdout))


def papers_of(graph: Path, what: str) -> list[str]:
    return sorted(paper["id"][-1] for paper in explain(graph, what)["listed"])  # type: ignore[attr-defined]


def correct(graph: Path, *arguments: str) -> None:
    result = kg(graph, "correct", *arguments)
    assert result.exit_code == 0, (result.output, result.exception)


def test_explain_tells_names_reasons_family_and_papers(graph: Path) -> None:
    result = kg(graph, "explain", "ZQN")
    assert result.exit_code == 0
    assert "ZQN (method/zqn)" in result.stdout
    assert "method in 3 papers" in result.stdout
    assert "Zonal Quorum Network\tthe long form, given in arxiv:2601.00001" in result.stdout
    assert papers_of(graph, "ZQN") == ["1", "2", "3"]


def test_split_gives_a_form_its_own_entity_until_it_is_undone(graph: Path) -> None:
    correct(graph, "split", "id=ZQN", "form=Zonal Quorum Network")
    assert papers_of(graph, "method/zonal-quorum-network") == ["1"]
    assert papers_of(graph, "method/zqn") == ["1", "2", "3"]
    assert "Zonal Quorum Network" not in kg(graph, "explain", "method/zqn").stdout
    assert "split off method/zqn" in kg(graph, "explain", "method/zonal-quorum-network").stdout
    correct(graph, "undo", "number=1")
    assert explain(graph, "Zonal Quorum Network")["entity"]["id"] == "method/zqn"  # type: ignore[index]


def test_merge_survives_rebuild_and_growth_and_is_undone(graph: Path) -> None:
    correct(graph, "merge", "id=Zubra", "into=Swin Transformer")
    swin = explain(graph, "Swin Transformer")["entity"]["id"]  # type: ignore[index]
    assert papers_of(graph, swin) == ["1", "2", "3"]
    assert "was merged into this" in kg(graph, "explain", swin).stdout
    with GraphDirectory(graph).locked():
        Shards(GraphDirectory(graph).records).append([make_record(5, "method", "Zub-Ra")])
    rebuild(graph)
    assert papers_of(graph, swin) == ["1", "2", "3", "5"]
    correct(graph, "undo", "number=1")
    assert papers_of(graph, "Zubra") == ["2", "3", "5"]


def test_rename_shows_the_given_name(graph: Path) -> None:
    correct(graph, "rename", "id=ZubSet", "name=The Zub Set")
    assert explain(graph, "dataset/zubset")["entity"]["name"] == "The Zub Set"  # type: ignore[index]


def test_list_tells_what_is_in_force(graph: Path) -> None:
    correct(graph, "rename", "id=ZubSet", "name=The Zub Set")
    correct(graph, "undo", "number=1")
    lines = kg(graph, "correct", "list").stdout.splitlines()
    assert lines == [
        "number\tcorrection\tstate",
        "1\trename id=dataset/zubset name=The Zub Set\tundone",
        "2\tundo number=1\t",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["merge", "id=ZQN", "into=ZubSet"], "two entities of one type"),
        (["merge", "id=ZQN", "into=method/zqn"], "two entities of one type"),
        (["merge", "id=ZQN"], "merge takes id, into"),
        (["merge", "id=Nothing", "into=ZQN"], "'Nothing'"),
        (["split", "id=ZQN", "form=ResNet"], "its names here"),
        (["split", "id=ZQN", "form=ZQN"], "has its id from"),
        (["undo", "number=1"], "no correction 1"),
        (["undo", "number=x"], "'x' is no number"),
        (["set-claim", "claim=claim/none", "field=value", "value=1"], "no claim"),
        (["embellish", "id=ZQN"], "no correction 'embellish'"),
    ],
)
def test_correction_that_does_not_apply_is_refused_and_not_kept(
    graph: Path, arguments: list[str], message: str
) -> None:
    result = kg(graph, "correct", *arguments)
    assert isinstance(result.exception, CorrectionError)
    assert message in str(result.exception)
    assert not GraphDirectory(graph).corrections.exists()
