"""Time of `kg ask` as a whole process, question by question, on one or more graphs.

    python bench/ask.py GRAPH [GRAPH …] [--runs 5] [--store ladybug]

Prints the least and the median wall-clock time and the median processor time: on a machine that does other work as
well, the processor time tells more.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

QUESTIONS = (
    "which papers report results on CIFAR-10",
    "papers that use BERT but not ResNet since 2019",
    "speedups of at least 10x",
    "what is the best accuracy on CIFAR-10",
    "what beats BERT",
    "top 10 methods for image classification",
    "how many papers are on ImageNet",
    "papers using Trnasformer",
    "papers on foobarium",
)


@dataclass(frozen=True)
class Run:
    """One process: seconds of wall-clock and of processor time, rows printed (-1: refused)."""

    wall: float
    cpu: float
    rows: int


def ask(question: str, graph: Path, store: str) -> Run:
    """Run `kg ask` once."""
    command = [str(Path(sys.executable).with_name("kg")), "ask", question, "-g", str(graph), "-s", store, "-f", "json"]
    start = time.perf_counter()
    process = Popen(command, stdout=PIPE, stderr=DEVNULL)
    assert process.stdout is not None
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    rows = len(json.loads(out)) if process.returncode == 0 else -1
    return Run(wall, usage.ru_utime + usage.ru_stime, rows)


def measure(graph: Path, store: str, runs: int) -> None:
    """Print a line a question."""
    sys.stdout.write(
        f"\n{graph}, {store}, {runs} runs\n{'least s':>8} {'median s':>8} {'cpu s':>8} {'rows':>6}  question\n"
    )
    medians = []
    for question in QUESTIONS:
        done = [ask(question, graph, store) for _ in range(runs)]
        wall, cpu = (statistics.median(values) for values in ([r.wall for r in done], [r.cpu for r in done]))
        medians.append((wall, cpu))
        rows = "refused" if done[0].rows < 0 else done[0].rows
        sys.stdout.write(f"{min(r.wall for r in done):8.2f} {wall:8.2f} {cpu:8.2f} {rows:>7} {question}\n")
    sys.stdout.write(
        f"all: median {statistics.median(m[0] for m in medians):.2f} s, cpu {statistics.median(m[1] for m in medians):.2f} s\n"
    )


def main() -> None:
    """Measure each graph."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graphs", type=Path, nargs="+", metavar="GRAPH")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--store", default="oxigraph", choices=("oxigraph", "ladybug"))
    options = parser.parse_args()
    for graph in options.graphs:
        measure(graph, options.store, options.runs)


if __name__ == "__main__":
    main()
