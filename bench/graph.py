"""Times of the graph's stores on a real corpus: build, load, named queries, SHACL, exports.

    python bench/graph.py [STAGE…] [--corpus FILE] [--limit N] [--work DIR] [--out FILE]

Stages, all by default: extract build load queries validate export. Records are kept in the work folder and made
only once. Neo4j, Fuseki and the Oxigraph server are those that the tests start. Results go to `bench/graph.json`,
stage by stage, so that a run that was cut off keeps what it has.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import orjson

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from services import fuseki, neo4j_server, oxigraph_server  # noqa: E402

from kg.api.ask import run_named  # noqa: E402
from kg.api.build import rebuild  # noqa: E402
from kg.api.export import FORMAT_NAMES, export_path  # noqa: E402
from kg.api.extract import ReadingReport, extract, write_records  # noqa: E402
from kg.api.graph import Graph  # noqa: E402
from kg.api.load import load  # noqa: E402
from kg.api.validate import validate  # noqa: E402
from kg.graph import GraphDirectory, Shards  # noqa: E402
from kg.model import EntityType  # noqa: E402
from kg.queries import named_queries, named_query  # noqa: E402
from kg.records import iter_records  # noqa: E402
from kg.stores.base import Limits  # noqa: E402

RUNS = 3
"""Runs of each query after one that warms up; the median counts."""
LIMITS = Limits(seconds=120.0)


class Bench:
    """The work folder and the results."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.work: Path = arguments.work
        self.corpus: Path = arguments.corpus
        self.limit: int | None = arguments.limit
        self.out: Path = arguments.out
        self.graph = self.work / "graph"
        self.records = self.work / f"records-{arguments.limit or 'all'}.jsonl"
        self.results: dict[str, Any] = orjson.loads(self.out.read_bytes()) if self.out.is_file() else {}
        self.work.mkdir(parents=True, exist_ok=True)

    def keep(self, stage: str, result: Any) -> None:
        """Write a stage's result into the file."""
        self.results[stage] = result
        self.results["machine"] = {"cpus": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()}
        self.out.write_bytes(orjson.dumps(self.results, option=orjson.OPT_INDENT_2) + b"\n")
        sys.stderr.write(f"{stage} kept in {self.out}\n")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of wall-clock time, and what came out."""
    start = perf_counter()
    result = work()
    return round(perf_counter() - start, 3), result


def memory() -> int:
    """The most MiB that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def run_extract(bench: Bench) -> None:
    """Records of the corpus, kept in the work folder."""
    if bench.records.is_file():
        return
    part = bench.records.with_suffix(".part")
    records = extract([str(bench.corpus)], report=ReadingReport())
    if bench.limit is not None:
        records = (record for record, _ in zip(records, range(bench.limit), strict=False))
    with part.open("wb") as out:
        seconds, count = timed(lambda: write_records(records, out))
    part.replace(bench.records)
    bench.keep("extract", {"papers": count, "seconds": seconds})


def run_build(bench: Bench) -> None:
    """A new graph directory from the records, with both embedded stores; then a build that changes nothing."""
    run_extract(bench)
    shutil.rmtree(bench.graph, ignore_errors=True)
    Shards(GraphDirectory(bench.graph).records).append(iter_records(bench.records, check=False))
    seconds, report = timed(lambda: rebuild(bench.graph))
    again, _ = timed(lambda: rebuild(bench.graph))
    bench.keep(
        "build",
        {
            "seconds": seconds,
            "stages": {name: value for name, value in report.seconds.items() if name != "extract"},
            "again": again,
            "counts": report.counts,
            "MiB": {kind: size(bench.graph / kind) for kind in ("records", "catalog", "rdf", "lpg")},
            "memory": memory(),
        },
    )


def size(folder: Path) -> float:
    """MiB on disk."""
    return round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20, 1)


@contextmanager
def servers(bench: Bench) -> Iterator[dict[str, str]]:
    """URLs of the three servers."""
    folder = bench.work / "servers"
    shutil.rmtree(folder, ignore_errors=True)
    with ExitStack() as stack:
        neo4j_server.fetch_jars()
        neo4j = stack.enter_context(neo4j_server.running_neo4j(folder / "neo4j"))
        os.environ.update(NEO4J_USERNAME=neo4j.user, NEO4J_PASSWORD=neo4j.password)
        yield {
            "neo4j": neo4j.url,
            "fuseki": stack.enter_context(fuseki.running(folder / "fuseki")),
            "oxigraph-server": stack.enter_context(oxigraph_server.running(folder / "oxigraph")),
        }


def run_load(bench: Bench, urls: dict[str, str]) -> None:
    """Each server filled, then loaded again when nothing has changed."""
    results = {}
    for name, url in urls.items():
        with Graph(bench.graph) as graph:
            first, report = timed(lambda: load(graph, url))  # noqa: B023
            again, _ = timed(lambda: load(graph, url))  # noqa: B023
        results[name] = {"seconds": first, "again": again, "bundles": report.added}
        bench.keep("load", results)


def run_queries(bench: Bench, urls: dict[str, str]) -> None:
    """Every named query on every store, about the most used things of the corpus; rows must be equal."""
    with Graph(bench.graph) as graph:
        given = arguments_of(graph)
        stores = {"oxigraph": "oxigraph", "ladybug": "ladybug", **urls}
        results: dict[str, Any] = {}
        for name in named_queries():
            wanted = {
                p.name: given[p.name if p.name in given else p.type] for p in named_query(name).parameters if p.required
            }
            results[name] = {"parameters": wanted, **time_query(graph, name, wanted, stores)}
            bench.keep("queries", results)


def time_query(graph: Graph, name: str, wanted: dict[str, str], stores: dict[str, str]) -> dict[str, Any]:
    """Rows and milliseconds of one query on each store; whether all gave the same rows."""
    answers: dict[str, Any] = {}
    milliseconds: dict[str, float] = {}
    for store, target in stores.items():
        try:
            answers[store] = run_named(graph, name, wanted, store=target, limits=LIMITS).rows
            times = [timed(lambda: run_named(graph, name, wanted, store=target, limits=LIMITS))[0] for _ in range(RUNS)]  # noqa: B023
        except Exception as exc:  # a store that fails is a result, too
            answers[store] = f"{type(exc).__name__}: {str(exc)[:80]}"
            continue
        milliseconds[store] = round(1000 * statistics.median(times), 1)
    first = answers["oxigraph"]
    return {
        "rows": len(first) if isinstance(first, list) else first,
        "equal": all(answer == first for answer in answers.values()),
        "different": [store for store, answer in answers.items() if answer != first],
        "ms": milliseconds,
    }


def arguments_of(graph: Graph) -> dict[str, str]:
    """A value for each type of parameter, and for those that are texts by name."""
    values = {kind.value: graph.catalog.most_used(kind, 1)[0].id for kind in EntityType}
    authors: Counter[str] = Counter()
    best = next(graph.catalog.records())
    for record in graph.catalog.records():
        authors.update(record.paper.authors or ())
        best = max(best, record, key=lambda one: len(one.claims))
    return {
        **values,
        "entity": values["dataset"],
        "baseline": values["method"],
        "paper": best.paper.id,
        "claim": best.claims[0].id,
        "author": authors.most_common(1)[0][0] if authors else "Nobody",
        "date": "2019",
    }


def run_validate(bench: Bench) -> None:
    """SHACL and quotes over the whole graph."""
    with Graph(bench.graph) as graph:
        seconds, report = timed(lambda: validate(graph))
    counted = Counter(f"{p.shape} {p.path}: {p.message.partition(':')[0]}" for p in report.problems)
    bench.keep(
        "validate",
        {
            "seconds": seconds,
            "nodes": report.nodes,
            "triples": report.triples,
            "problems": report.count,
            "kinds": dict(counted.most_common(10)),
            "memory": memory(),
        },
    )


def run_export(bench: Bench) -> None:
    """Every format, with its size."""
    folder = bench.work / "exports"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    results = {}
    for form in FORMAT_NAMES:
        with Graph(bench.graph) as graph:
            seconds, _ = timed(lambda: export_path(graph, form, folder / form))  # noqa: B023
        path = folder / form
        mib = size(path) if path.is_dir() else round(path.stat().st_size / 2**20, 1)
        results[form] = {"seconds": seconds, "MiB": mib, "memory": memory()}
        bench.keep("export", results)
    shutil.rmtree(folder)


STAGES = ("extract", "build", "validate", "export", "load", "queries")


def main() -> None:
    """Run the stages that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stages", nargs="*", choices=[*STAGES, []], default=[])
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpora" / "arxiv-cs-15k.jsonl.gz")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--work", type=Path, default=ROOT / ".cache" / "bench-graph")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "graph.json")
    arguments = parser.parse_args()
    stages = arguments.stages or STAGES
    bench = Bench(arguments)
    for stage, run in (
        ("extract", run_extract),
        ("build", run_build),
        ("validate", run_validate),
        ("export", run_export),
    ):
        if stage in stages:
            run(bench)
    if {"load", "queries"} & set(stages):
        # Servers start empty, so queries need the load.
        with servers(bench) as urls:
            run_load(bench, urls)
            if "queries" in stages:
                run_queries(bench, urls)


if __name__ == "__main__":
    main()
