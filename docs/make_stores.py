"""Writes the generated parts of `stores.md` from measured results. Run it from the project's root:

    python docs/make_stores.py           from bench/contract.json and bench/graph.json
    python docs/make_stores.py --suite   runs the behaviour suite first (minutes; it starts the servers)

`bench/graph.json` is written by `python bench/graph.py`. A part stands between `<!-- NAME -->` and `<!-- /NAME -->`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "stores.md"
SUITE = ROOT / "bench" / "contract.json"
GRAPH = ROOT / "bench" / "graph.json"
STORES = ("oxigraph", "ladybug", "neo4j", "fuseki", "oxigraph-server")
_SHOWN = {"passed": "yes", "skipped": "–", "failed": "NO"}


def run_suite(xml: Path | None = None) -> None:
    """Run `tests/contract` (or read a JUnit file of such a run) and keep the outcome of each test on each store."""
    if xml is None:
        with tempfile.TemporaryDirectory() as folder:
            xml = Path(folder) / "suite.xml"
            subprocess.run(
                [sys.executable, "-m", "pytest", "tests/contract", f"--junitxml={xml}"], cwd=ROOT, check=False
            )
            outcomes = read_suite(xml)
    else:
        outcomes = read_suite(xml)
    SUITE.write_text(json.dumps(outcomes, indent=1) + "\n", encoding="utf-8")


def read_suite(xml: Path) -> dict[str, dict[str, str]]:
    """Test → store → passed, skipped or failed; a test with several cases has failed where one of them has."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for case in ElementTree.parse(xml).iter("testcase"):
        name, _, parameters = case.attrib["name"].partition("[")
        store = next((s for s in sorted(STORES, key=len, reverse=True) if s in parameters), None)
        if store is None:
            continue
        tags = {child.tag for child in case}
        outcome = "failed" if tags & {"failure", "error"} else "skipped" if "skipped" in tags else "passed"
        worst = max(found[name].get(store, "skipped"), outcome, key=["skipped", "passed", "failed"].index)
        found[name][store] = worst
    return {name: {store: stores[store] for store in STORES if store in stores} for name, stores in found.items()}


def suite() -> str:
    """The behaviour suite as a table, test × store."""
    outcomes = json.loads(SUITE.read_text(encoding="utf-8"))
    rows = [
        [name.removeprefix("test_").replace("_", " "), *(_SHOWN[stores.get(store, "skipped")] for store in STORES)]
        for name, stores in outcomes.items()
    ]
    return table(("behaviour", *STORES), rows)


def build() -> str:
    """What was built, and how long each step took."""
    data = _results()
    counts, stages = data["build"]["counts"], data["build"]["stages"]
    nodes = ", ".join(f"{count:,} {name}s" for name, count in counts.items())
    read = data.get("extract")
    rows = [["extract", f"{read['seconds']:.0f}", f"{data['build']['MiB']['records']:,.0f}"]] if read else []
    rows += [
        ["resolve names, write the catalog", f"{stages['resolve']:.0f}", f"{data['build']['MiB']['catalog']:,.0f}"]
    ]
    rows += [["load Oxigraph", f"{stages['rdf']:.0f}", f"{data['build']['MiB']['rdf']:,.0f}"]]
    rows += [["load Ladybug", f"{stages['lpg']:.0f}", f"{data['build']['MiB']['lpg']:,.0f}"]]
    rows += [[f"load {name}", f"{r['seconds']:.0f}", ""] for name, r in data.get("load", {}).items()]
    rows += [
        [f"load {name} again, nothing changed", f"{r['again']:.1f}", ""] for name, r in data.get("load", {}).items()
    ]
    rows += [["build again, nothing changed", f"{data['build']['again']:.1f}", ""]]
    return f"The graph: {nodes}.\n\n{table(('step', 'seconds', 'MiB on disk'), rows)}"


def queries() -> str:
    """Milliseconds of each named query on each store."""
    rows = []
    for name, result in _results()["queries"].items():
        times = [_ms(result["ms"].get(store)) for store in STORES]
        rows.append([f"`{name}`", str(result["rows"]), "yes" if result["equal"] else "NO", *times])
    return table(("query", "rows", "equal", *STORES), rows)


def _ms(value: float | None) -> str:
    return "over limit" if value is None else f"{value:,.0f}"


def exports() -> str:
    """Seconds and size of each export."""
    rows = [[f"`{form}`", f"{r['seconds']:.0f}", f"{r['MiB']:,.0f}"] for form, r in _results()["export"].items()]
    return table(("format", "seconds", "MiB"), rows)


def validation() -> str:
    """The SHACL report in one sentence."""
    r = _results()["validate"]
    found = "no problem" if not r["problems"] else f"{r['problems']:,} problems ({', '.join(r['kinds'])})"
    return (
        f"`kg validate` on this graph: {r['nodes']:,} nodes and {r['triples']:,} triples in {r['seconds']:.0f} s, "
        f"with at most {r['memory']:,} MiB in the process; {found}."
    )


def _results() -> Any:
    return json.loads(GRAPH.read_text(encoding="utf-8"))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


PARTS: dict[str, Callable[[], str]] = {
    "suite": suite,
    "build": build,
    "queries": queries,
    "exports": exports,
    "validation": validation,
}


def current(text: str) -> str:
    """The page with every generated part made anew."""
    for name, make in PARTS.items():
        before, after = re.split(rf"<!-- {name} -->\n.*?<!-- /{name} -->", text, maxsplit=1, flags=re.DOTALL)
        text = f"{before}<!-- {name} -->\n{make()}\n<!-- /{name} -->{after}"
    return text


if __name__ == "__main__":
    if "--suite" in sys.argv:
        run_suite(*map(Path, sys.argv[2:3]))
    PAGE.write_text(current(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
