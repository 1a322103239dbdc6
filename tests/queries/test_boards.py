"""Leaderboards, comparisons and watches of the invented graph, from both embedded stores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.api.compare import compare, comparison_rows
from kg.api.graph import Graph
from kg.api.leaderboard import Board, board_rows, draw, leaderboard
from kg.api.watch import watch
from kg.errors import KgError, NotFoundError, PlotError

STORES = ["oxigraph", "ladybug"]


@pytest.fixture
def graph(world_graph: Path) -> Iterator[Graph]:
    """The invented graph, opened."""
    with Graph(world_graph) as opened:
        yield opened


def shown(board: Board) -> list[str]:
    """A board as text: a line a lane, a line a result."""
    lines = []
    for lane in board.lanes:
        lines.append(f"{lane.title}; {lane.better}")
        for result in (*lane.own, *lane.quoted):
            rank = "quoted" if result.quoted else f"{result.rank or '-'}{'=' if result.tied else ''}"
            conflict = f" but {'; '.join(result.conflicts)}" if result.conflicts else ""
            others = f" with {', '.join(result.other_datasets)}" if result.other_datasets else ""
            lines.append(f"  {rank} {result.value:g} {result.method_name} {result.paper}{others}{conflict}")
    return lines


CIFAR_10 = """\
accuracy (%), level; higher is better
  1= 98.1 ViT arxiv:2103.00002
  1= 98.1 SLAB arxiv:2203.00003
  3 95.2 ResNet-50 arxiv:2206.00004
  4 94.1 TurboNet arxiv:2101.00001 but arxiv:2206.00004: 93.5
  5 93.5 TurboNet arxiv:2206.00004 but arxiv:2101.00001: 94.1
FID, level; lower is better
  1 2.4 DiffuseLite arxiv:2301.00005
  quoted 3.2 DDPM arxiv:2301.00005
calibration, level; assumed: higher is better
  1 0.9 ResNet-50 arxiv:2206.00004 with CIFAR-100
error rate (%), level; lower is better
  1 4.8 ResNet-50 arxiv:2206.00004
latency (ms), level; lower is better
  1 3.2 TurboNet arxiv:2101.00001
accuracy (%), level, up to; higher is better
  - 99 ResNet-50 arxiv:2206.00004
accuracy (points), increase; larger is better
  1 1.2 TurboNet arxiv:2101.00001
speed-up (x), increase; larger is better
  1 2 DiffuseLite arxiv:2301.00005
speed-up (x), increase, up to; larger is better
  - 2.33 SLAB arxiv:2203.00003"""


@pytest.mark.parametrize("store", STORES)
def test_lanes_of_a_dataset(graph: Graph, store: str) -> None:
    assert shown(leaderboard(graph, "CIFAR10", store=store)) == CIFAR_10.splitlines()


def test_one_metric_leaves_its_lanes(graph: Graph) -> None:
    board = leaderboard(graph, "CIFAR-10", metric="top-1 accuracy")
    assert [lane.title for lane in board.lanes] == [
        "accuracy (%), level",
        "accuracy (%), level, up to",
        "accuracy (points), increase",
    ]


def test_task_is_that_of_the_claim_or_of_the_paper(graph: Graph) -> None:
    board = leaderboard(graph, "CIFAR-10", task="image generation")
    assert {result.paper for lane in board.lanes for result in (*lane.own, *lane.quoted)} == {"arxiv:2301.00005"}


def test_rows_tell_what_was_best_when_it_came(graph: Graph) -> None:
    rows = board_rows(leaderboard(graph, "CIFAR-10", metric="accuracy")).dicts()
    best = [row["paper"] for row in rows if row["best_then"] and row["kind"] == "absolute"]
    # SLAB ties with ViT, which came first.
    assert best == ["arxiv:2103.00002", "arxiv:2101.00001"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"dataset": "CIFRA-10"}, "no dataset named 'CIFRA-10'; did you mean CIFAR-10, CIFAR-100?"),
        ({"dataset": "CIFAR-10", "metric": "BERT"}, "no metric named 'BERT'"),
        ({"dataset": "CIFAR-10", "task": "cooking"}, "no task named 'cooking'"),
    ],
)
def test_unknown_names_are_refused(graph: Graph, given: dict[str, str], message: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        leaderboard(graph, **given)
    assert str(caught.value) == message


@pytest.mark.parametrize("ending", ["svg", "png", "html"])
def test_plot_is_the_same_every_time(graph: Graph, tmp_path: Path, ending: str) -> None:
    pytest.importorskip("matplotlib")
    board = leaderboard(graph, "CIFAR-10")
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    assert [lane.title for lane in draw(board, first)] == ["accuracy (%), level"]
    draw(board, second)
    assert first.read_bytes() == second.read_bytes()


def test_svg_names_the_best_results(graph: Graph, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    draw(leaderboard(graph, "CIFAR-10"), tmp_path / "a.svg")
    text = (tmp_path / "a.svg").read_text()
    assert all(name in text for name in ("TurboNet", "ViT", "best so far", "Results on CIFAR-10 over time"))


@pytest.mark.parametrize(
    ("dataset", "file", "message"),
    [("CIFAR-10", "a.pdf", "ends in .svg, .png, .html"), ("FieldQA", "a.svg", None), ("GLUE", "a.svg", None)],
)
def test_what_cannot_be_drawn_is_refused(
    graph: Graph, tmp_path: Path, dataset: str, file: str, message: str | None
) -> None:
    board = leaderboard(graph, dataset)
    if message is None:
        pytest.importorskip("matplotlib")
        draw(board, tmp_path / file)  # one dated result, or one of which only the year is known
        return
    with pytest.raises(PlotError, match=message):
        draw(board, tmp_path / file)


def test_a_board_without_dates_is_not_drawn(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(PlotError, match="Pascal VOC 2007 has no ranked result with a date"):
        draw(leaderboard(graph, "Pascal VOC 2007"), tmp_path / "a.svg")


@pytest.mark.parametrize("store", STORES)
def test_papers_side_by_side(graph: Graph, store: str) -> None:
    found = compare(graph, ["arxiv:2203.00003", "An Image Transformer at Scale"], store=store)
    assert dict(found.facts)["proposes"] == (("SLAB",), ("ViT",))
    shared = [(lane.metric, lane.datasets) for lane, cells in found.claims if all(cells)]
    assert shared == [("accuracy", "CIFAR-10"), ("accuracy", "ImageNet-1K")]
    assert len(comparison_rows(found).rows) == 7
    assert found == compare(graph, ["arxiv:2203.00003", "An Image Transformer at Scale"])


def test_paper_without_claims_stays_in_the_rows(graph: Graph) -> None:
    found = compare(graph, ["title:aaaaaaaaaa", "arxiv:2309.00007"])
    rows = comparison_rows(found).dicts()
    assert [(row["paper"], row["claim"]) for row in rows] == [
        ("title:aaaaaaaaaa", None),
        ("arxiv:2309.00007", "claim/arxiv-2309.00007-0"),
    ]


@pytest.mark.parametrize(
    ("papers", "message"),
    [
        (["arxiv:2203.00003"], "give 2 to 20 papers to compare"),
        (["arxiv:2203.00003", "SLAB: Simplified Linear Attention Blocks"], "2 names of the same paper"),
        (["arxiv:2203.00003", "nonsense"], "no paper 'nonsense'"),
    ],
)
def test_what_cannot_be_compared_is_refused(graph: Graph, papers: list[str], message: str) -> None:
    with pytest.raises(KgError, match=message):
        compare(graph, papers)


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize(
    ("name", "since", "rows"),
    [
        ("CIFAR-10", "2022-03-11", "first result 2.4, first result 2-3x, new result 93.5%, new result 95.2%, "
         "first result 4.8%, new result up to 99%, first result 0.9, new result 2.33x, new result 98.1%"),
        ("accuracy", "2021-03", "first result 89.5%, new result 93.5%, new result 95.2%, new result up to 99%, "
         "new result 98.1%, new result 80.0%, new best 98.1%, first result 85.3%"),
        ("Swin", "2023", "first result 42.0, new result 9.5 ms, first result 31.7"),
        ("BERT", "2023", "new paper None, new paper None"),
        ("ImageNet", "2021", ""),
    ],
)  # fmt: skip
def test_watch_tells_what_is_new(graph: Graph, store: str, name: str, since: str, rows: str) -> None:
    found = watch(graph, name, since, store=store).rows.dicts()
    assert ", ".join(f"{row['change']} {row['quote']}" for row in found) == rows
    assert {row["part"] for row in found} <= {"published"}


def test_watch_refuses_what_is_no_date(graph: Graph) -> None:
    with pytest.raises(KgError, match="since: 'yesterday' is not a date"):
        watch(graph, "CIFAR-10", "yesterday")


def test_expected_rows_are_json() -> None:
    files = sorted((Path(__file__).resolve().parents[2] / "queries").glob("*/expected.json"))
    assert all(json.loads(file.read_text("utf-8")) for file in files)
