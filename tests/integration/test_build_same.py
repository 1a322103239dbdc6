"""The same papers give the same graph, byte by byte, however it was built."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from builds import SAMPLE, STORES, content, nquads, sample_papers

from kg.api.build import build

KG = str(Path(sys.executable).with_name("kg"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("same")


@pytest.fixture(scope="module")
def papers(folder: Path) -> Path:
    """More papers than one worker takes at a time."""
    return sample_papers(folder / "papers.jsonl", copies=3)


@pytest.fixture(scope="module")
def once(folder: Path, papers: Path) -> Path:
    build([str(papers)], folder / "once")
    return folder / "once"


def test_workers_do_not_change_a_byte(folder: Path, papers: Path, once: Path) -> None:
    build([str(papers)], folder / "parallel", workers=2)
    assert nquads(folder / "parallel") == nquads(once)


def test_the_order_in_which_sets_are_kept_does_not_change_a_byte(shared: Path) -> None:
    command = [KG, "extract", str(shared / "gold" / "dev.jsonl")]
    environments = [os.environ | {"PYTHONHASHSEED": seed} for seed in "123"]
    first, *others = [subprocess.run(command, env=env, capture_output=True, check=True) for env in environments]
    assert first.stdout.count(b"\n") > 200
    assert all(other.stdout == first.stdout for other in others)


def test_a_graph_built_in_steps_is_the_same(folder: Path, once: Path) -> None:
    # A paper keeps the name of its file, so the files are called alike.
    steps = [sample_papers(folder / str(n) / "papers.jsonl", first=n) for n in range(3)]
    for count in range(1, 4):
        report = build([str(step) for step in steps[:count]], folder / "steps")
        assert (report.extracted, report.unchanged) == (SAMPLE, SAMPLE * (count - 1))
    assert nquads(folder / "steps") == nquads(once)
    assert all(content(folder / "steps", store) == content(once, store) for store in STORES)


def test_building_again_publishes_nothing(papers: Path, once: Path) -> None:
    report = build([str(papers)], once)
    assert (report.published, report.extracted, report.unchanged) == (False, 0, 3 * SAMPLE)


def test_both_embedded_stores_hold_the_same_graph(once: Path) -> None:
    assert content(once, "oxigraph") == content(once, "ladybug")
