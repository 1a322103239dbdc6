"""Whole-process times of short commands, beside a bare `python -c pass` in the same run.

    python bench/startup.py [--graph DIR] [--runs 15]

Without --graph a graph is built first, from the pages in ../shared/seeds where they are, else from the sample.
Wall-clock time is what people wait; processor time is what a busy machine does not blur. Medians; commands take turns.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SEEDS = Path(os.environ.get("KG_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "seeds"
KG = [str(Path(sys.executable).with_name("kg"))]
QUESTION = "which papers report results on CIFAR-10"
GOALS = {"kg --help": 0.3, "kg ask": 0.7}
"""Seconds of wall-clock time."""


def commands(graph: Path) -> dict[str, list[str]]:
    """What is timed, by the name under which it is printed."""
    where = ["--graph", str(graph)]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "kg --help": [*KG, "--help"],
        "kg ask": [*KG, "ask", QUESTION, *where],
        "kg query": [*KG, "query", "papers-on-dataset", "dataset=CIFAR-10", *where],
        "kg cypher": [*KG, "cypher", "MATCH (p:Paper) RETURN count(p)", *where],
        "kg show": [*KG, "show", "CIFAR-10", *where],
    }


def timed(command: list[str]) -> tuple[float, float]:
    """(wall-clock, processor) seconds of one run."""
    cpu, start = _children(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start, _children() - cpu


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


@contextmanager
def graph_of(given: Path | None) -> Iterator[Path]:
    """The graph to ask."""
    if given is not None:
        yield given
        return
    from kg.sample import papers_path

    inputs = sorted(map(str, SEEDS.glob("*.txt"))) or [str(papers_path())]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*KG, "build", *inputs, "--graph", folder], check=True)
        yield Path(folder)


def main() -> None:
    """Time each command and print the medians."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--graph", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    with graph_of(options.graph) as graph:
        timings: dict[str, list[tuple[float, float]]] = {name: [] for name in commands(graph)}
        for _ in range(options.runs):
            for name, command in commands(graph).items():
                timings[name].append(timed(command))
    print(f"{'command':16} {'wall s':>7} {'cpu s':>7} {'goal s':>7}")
    for name, pairs in timings.items():
        wall, cpu = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{name:16} {wall:7.3f} {cpu:7.3f} {GOALS.get(name, ''):>7}")
    print(f"medians of {options.runs} runs; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
