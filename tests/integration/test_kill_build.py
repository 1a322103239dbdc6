"""A build that was killed with SIGKILL does no harm: readers keep what they have, the next build finishes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from builds import SAMPLE, STORES, content, kill_build, nquads, revised, sample_papers
from fixtures.bundles import fixture_records
from fixtures.graph import add_records, build_fixture_graph

from kg.api.build import build, rebuild
from kg.api.graph import Graph
from kg.errors import GraphError

RECORDS = fixture_records()
STAGES = [("catalog", 5), ("load rdf", 60), ("load lpg", 60), ("load lpg", -1)]
"""Where the build dies: the stage, and how much of it is done (-1: all)."""


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph after its third paper was revised, never killed."""
    records = [revised(r) if r is RECORDS[2] else r for r in RECORDS]
    return build_fixture_graph(tmp_path_factory.mktemp("wanted"), records)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph before that."""
    return build_fixture_graph(tmp_path_factory.mktemp("old"))


def views(path: Path) -> set[str]:
    """Generations of which something lies on disk."""
    return {entry.name.partition(".")[0] for kind in ("catalog", "rdf", "lpg") for entry in (path / kind).iterdir()}


@pytest.mark.parametrize(("stage", "at"), STAGES)
def test_killed_first_build_is_finished_by_the_next(tmp_path: Path, wanted: Path, stage: str, at: int) -> None:
    add_records(tmp_path, [revised(r) if r is RECORDS[2] else r for r in RECORDS])
    kill_build(tmp_path, stage, at)
    with pytest.raises(GraphError, match="no graph here"):
        Graph(tmp_path)
    assert rebuild(tmp_path).published
    assert nquads(tmp_path) == nquads(wanted)
    assert all(content(tmp_path, store) == content(wanted, store) for store in STORES)
    assert views(tmp_path) == {"1"}


@pytest.mark.parametrize(("stage", "at"), STAGES)
def test_killed_update_leaves_the_old_graph_and_is_finished_by_the_next(
    tmp_path: Path, old: Path, wanted: Path, stage: str, at: int
) -> None:
    path = shutil.copytree(old, tmp_path / "graph")
    add_records(path, [revised(RECORDS[2])])
    kill_build(path, stage, at)
    assert all(content(path, store) == content(old, store) for store in STORES)
    assert rebuild(path).generation == 2
    assert all(content(path, store) == content(wanted, store) for store in STORES)
    assert views(path) == {"1", "2"}


def test_killed_extraction_is_resumed_where_it_was(tmp_path: Path) -> None:
    papers = str(sample_papers(tmp_path / "papers.jsonl"))
    kill_build(tmp_path / "graph", "extract", 12, papers)
    report = build([papers], tmp_path / "graph")
    assert (report.extracted, report.unchanged) == (SAMPLE - 10, 10)
    build([papers], tmp_path / "whole")
    assert nquads(tmp_path / "graph") == nquads(tmp_path / "whole")
