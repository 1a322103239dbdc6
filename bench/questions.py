"""Accuracy of answers on a question set, against what plain Python finds in the records.

    python bench/questions.py GRAPH [--wrong] [FILE]
    python bench/questions.py --heldout [--wrong]

The second form asks what stands in `tests/queries/heldout.txt`, written before the parser and kept apart from the
questions it was made with, on the invented graph of the tests.

A line `=` of the file says what is expected: a target, then conditions that must all hold.

    papers|methods|datasets|metrics|tasks|claims   ids, in any order
    count TARGET, years                            a number; papers of each year
    best                                           claims; each lane of exact values must begin with its best one,
                                                   and the lanes of the asked metric must stand first
    compare A B, similar TITLE, nothing            claims of one method against the other; any rows; no rows
    dataset=A|B method= task= metric=              the paper names one of them; `-dataset=A`: it does not
    proposes= introduces=                          as above, of what the paper presents; `*`: anything
    c.dataset= c.metric= c.baseline= c.kind= …     one claim meets all of these (`c.min c.over c.max c.under`: bounds)
    since= before= authors.over= authors.under= paper= introduced top=N other baselines
"""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.api.ask import ask
from kg.api.graph import Graph
from kg.errors import KgError, NotFoundError, QuestionError
from kg.model import Claim, EntityType, Record, Rows
from kg.vocabulary.directions import higher_is_better

FILE = Path(__file__).with_name("questions.txt")
_TYPES = {kind.value: kind for kind in EntityType}
_SHOWN = {f"{kind}s": kind for kind in (*_TYPES, "paper", "claim")}


@dataclass
class Expected:
    """One line `=`: what is asked for and the conditions, `(key, values, negated)`."""

    target: str
    conditions: list[tuple[str, list[str], bool]] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    counted: bool = False

    @classmethod
    def read(cls, line: str) -> Expected:
        """Parse a line."""
        words = shlex.split(line)
        counted = words[0] == "count"
        made = cls(words[1] if counted else words[0], counted=counted)
        for word in words[2 if counted else 1 :]:
            key, equals, value = word.partition("=")
            if equals:
                made.conditions.append((key.lstrip("-"), value.split("|"), key.startswith("-")))
            elif word in ("introduced", "other", "baselines"):
                made.flags.add(word)
            else:
                made.words.append(word)
        return made

    def first(self, key: str) -> list[str] | None:
        """The values of a condition."""
        return next((values for name, values, _ in self.conditions if name == key), None)


class Oracle:
    """Answers expectations from the records."""

    def __init__(self, graph: Graph) -> None:
        self.catalog = graph.catalog
        self.records = list(graph.catalog.records())

    def ids(self, kind: str, values: list[str]) -> set[str]:
        """Ids of the entities with these names."""
        found = {hit.id for value in values for hit in self.catalog.find(value, types=[_TYPES[kind]])[:1]}
        if not found and values != ["*"]:
            raise NotFoundError(f"the graph has no {kind} {values}")
        return found | self._kinds(found) if kind == "metric" else found

    def _kinds(self, wanted: set[str]) -> set[str]:
        """Metrics that are kinds of these: whoever asks for accuracy means top-1 accuracy too."""
        found: set[str] = set()
        while (
            more := {e.id for e in self.catalog.entities(EntityType.METRIC) if set(e.broader) & (wanted | found)}
            - found
        ):
            found |= more
        return found

    def knows(self, wanted: Expected) -> bool:
        """Whether the graph has all names of an expectation; where it has not, refusing is right."""
        try:
            for key, values, _ in wanted.conditions:
                kind = {"proposes": "method", "introduces": "dataset", "c.baseline": "method"}.get(key, key)
                if kind.removeprefix("c.") in _TYPES and values != ["*"]:
                    self.ids(kind.removeprefix("c."), values)
        except NotFoundError:
            return False
        return True

    def matches(self, record: Record, wanted: Expected) -> bool:
        """Whether a paper meets the conditions on papers."""
        return all(
            self._paper(record, key, values) != negated
            for key, values, negated in wanted.conditions
            if not key.startswith("c.")
        )

    def _paper(self, record: Record, key: str, values: list[str]) -> bool:
        paper = record.paper
        year = int(paper.published[:4]) if paper.published else paper.year
        count = paper.author_count if paper.author_count is not None else len(paper.authors or ()) or None
        if key in ("proposes", "introduces"):
            kind = "method" if key == "proposes" else "dataset"
            own = {e.id for e in record.entities if e.introduced and e.type.value == kind}
            return bool(own) if values == ["*"] else bool(own & self.ids(kind, values))
        tests: dict[str, Callable[[], bool]] = {
            "since": lambda: year is not None and year >= int(values[0]),
            "before": lambda: year is not None and year < int(values[0]),
            "authors.over": lambda: count is not None and count > int(values[0]),
            "authors.under": lambda: count is not None and count < int(values[0]),
            "paper": lambda: paper.title == values[0],
            "top": lambda: True,
        }
        if key in tests:
            return tests[key]()
        return bool({e.id for e in record.entities} & self.ids(key, values))

    def claims(self, record: Record, wanted: Expected) -> list[Claim]:
        """The paper's claims that meet all conditions on claims."""
        tests = [(key[2:], values) for key, values, _ in wanted.conditions if key.startswith("c.")]
        return [claim for claim in record.claims if all(self._claim(claim, *test) for test in tests)]

    def _claim(self, claim: Claim, key: str, values: list[str]) -> bool:
        if key in ("kind", "unit", "bound"):
            return str(getattr(claim, key)) in values
        if key in ("min", "over", "max", "under"):
            bound, high = float(values[0]), claim.value if claim.value_high is None else claim.value_high
            return {
                "min": claim.value >= bound,
                "over": claim.value > bound,
                "max": high <= bound,
                "under": high < bound,
            }[key]
        if key == "dataset":
            return bool(set(claim.dataset_ids) & self.ids(key, values))
        own = getattr(claim, f"{key}_id")
        return own is not None if values == ["*"] else own in self.ids("method" if key == "baseline" else key, values)

    def entities(self, wanted: Expected) -> Iterator[tuple[str, str]]:
        """(entity, paper) of each paper that meets the conditions; of its claims where they are conditions on claims."""
        kind = _SHOWN[wanted.target]
        by_claim = any(key.startswith("c.") for key, _, _ in wanted.conditions)
        named = {key for key, _, _ in wanted.conditions}
        skip = self.ids(kind, wanted.first(kind) or []) if kind in named else set()
        for record in filter(lambda r: self.matches(r, wanted), self.records):
            if by_claim:
                found = {one for claim in self.claims(record, wanted) for one in self._of(claim, kind, wanted)}
            else:
                found = {
                    e.id
                    for e in record.entities
                    if e.type.value == kind and (e.introduced or "introduced" not in wanted.flags)
                }
            yield from ((one, record.paper.id) for one in found - skip)

    @staticmethod
    def _of(claim: Claim, kind: str, wanted: Expected) -> tuple[str | None, ...]:
        if kind == "dataset":
            return claim.dataset_ids
        one = getattr(claim, "baseline_id" if "baselines" in wanted.flags else f"{kind}_id")
        return () if one is None else (one,)


def answered(oracle: Oracle, wanted: Expected, rows: Rows) -> bool:
    """Whether rows are what is expected."""
    got = rows.dicts()
    special = _SPECIAL.get(wanted.target)
    if special is not None:
        return special(oracle, wanted, got)
    found = _expected(oracle, wanted)
    if wanted.counted:
        return len(got) == 1 and got[0].get("count") == len(set(found))
    column = _SHOWN[wanted.target]
    if got and column not in got[0]:
        return False
    if column == "paper" and any("claim" in row and row["claim"] is None for row in got) and not wanted.conditions:
        return False
    ids = list(dict.fromkeys(row[column] for row in got if row[column] is not None))
    top = wanted.first("top")
    return ids == found[: int(top[0])] if top else set(ids) == set(found)


def _expected(oracle: Oracle, wanted: Expected) -> list[str]:
    papers = [record for record in oracle.records if oracle.matches(record, wanted)]
    if wanted.target == "claims":
        return [claim.id for record in papers for claim in oracle.claims(record, wanted)]
    if wanted.target == "papers":
        need = any(key.startswith("c.") for key, _, _ in wanted.conditions)
        return [record.paper.id for record in papers if not need or oracle.claims(record, wanted)]
    counts = Counter(entity for entity, _ in oracle.entities(wanted))
    return sorted(counts, key=lambda one: (-counts[one], one))


def _best(oracle: Oracle, wanted: Expected, got: list[dict]) -> bool:
    """Whether each lane (metric, unit, kind) of exact values begins with its best, the asked metric's lanes first."""
    claims = [c for r in oracle.records if oracle.matches(r, wanted) for c in oracle.claims(r, wanted)]
    if wanted.first("c.kind") is None:
        claims = [claim for claim in claims if claim.kind == "absolute"]
    lanes: dict[tuple[object, ...], list[float]] = defaultdict(list)
    for claim in claims:
        metric = oracle.catalog.entity(claim.metric_id or "")
        if metric is not None and claim.bound in ("exact", "approx"):
            lanes[metric.name, claim.unit, claim.kind].append(claim.value)
    first: dict[tuple[object, ...], float] = {}
    for row in got:
        if row["bound"] in ("exact", "approx"):
            first.setdefault((row["metric"], row["unit"], row["kind"]), row["value"])
    asked = [lane for lane in lanes if lane[0] in _names(oracle, wanted.first("c.metric"))]
    most = [lane for lane in asked if len(lanes[lane]) == max(len(lanes[one]) for one in asked)]
    return (
        bool(first or not lanes)
        and all(lane in lanes and value == _top(oracle, lane, lanes[lane]) for lane, value in first.items())
        and (not asked or (next(iter(first)) in asked and any(lane in first for lane in most)))
    )


def _names(oracle: Oracle, words: list[str] | None) -> set[str]:
    found = (oracle.catalog.find(word, types=[EntityType.METRIC])[:1] for word in words or ())
    return {hit.name for hits in found for hit in hits}


def _top(oracle: Oracle, lane: tuple[object, ...], values: list[float]) -> float:
    name, unit, kind = map(str, lane)
    (hit, *_) = oracle.catalog.find(name, types=[EntityType.METRIC])
    metric = oracle.catalog.entity(hit.id)
    higher = higher_is_better(name, metric.direction if metric else None, kind, unit)
    return max(values) if higher else min(values)


def _compare(oracle: Oracle, wanted: Expected, got: list[dict]) -> bool:
    first, second = (oracle.ids("method", [word]) for word in wanted.words)
    found = {
        claim.id
        for record in oracle.records
        for claim in record.claims
        if (claim.method_id in first and claim.baseline_id in second)
        or (claim.method_id in second and claim.baseline_id in first)
    }
    return found <= {row.get("claim") for row in got}


def _years(oracle: Oracle, wanted: Expected, got: list[dict]) -> bool:
    papers = [record.paper for record in oracle.records if oracle.matches(record, wanted)]
    years = [int(paper.published[:4]) if paper.published else paper.year for paper in papers]
    return {row.get("year"): row.get("papers") for row in got} == Counter(year for year in years if year)


_SPECIAL: dict[str, Callable[[Oracle, Expected, list[dict]], bool]] = {
    "best": _best,
    "compare": _compare,
    "years": _years,
    "similar": lambda _oracle, _wanted, got: bool(got) and "shared" in got[0],
    "nothing": lambda _oracle, _wanted, got: not got,
}


def judge(graph: Graph, oracle: Oracle, question: str, lines: list[str]) -> tuple[str, str]:
    """ "right", "wrong" or "not understood" (refused, though it has an answer), with what was answered."""
    wanted = [Expected.read(line[2:]) for line in lines if line.startswith("=")]
    wanted = [one for one in wanted if oracle.knows(one)]
    refusable = "!" in lines or not wanted
    try:
        answer = ask(graph, question)
    except QuestionError as exc:
        return ("right" if refusable else "not understood"), f"! {exc}"
    said = f"{answer.understood} ({len(answer.rows.rows)} rows)"
    right = any(answered(oracle, one, answer.rows) for one in wanted)
    return ("right" if right else "wrong"), said


def ask_heldout() -> Iterator[tuple[str, str, str]]:
    """(verdict, question, answer) of each held-out question, on the invented graph."""
    sys.path.insert(0, str(FILE.resolve().parents[1] / "tests" / "queries"))
    import question_files
    import world

    from kg.catalog import Catalog
    from kg.stores import open_store
    from kg.stores.sync import sync

    with tempfile.TemporaryDirectory() as folder:
        world.write_world_catalog(Path(folder) / "catalog.db")
        catalog = Catalog(Path(folder) / "catalog.db")
        store = open_store("memory:", mode="write")
        sync(store, world.bundles())
        for example in question_files.read_examples(Path(question_files.__file__).with_name("heldout.txt")):
            try:
                said = question_files.digest(question_files.answer(example.question, catalog, store))
                verdict = "right" if said == example.rows and not example.refusal else "wrong"
            except QuestionError as exc:
                verdict, said = "right" if example.refusal else "not understood", str(exc)
            yield verdict, example.question, said


def ask_graph(path: Path, file: Path) -> Iterator[tuple[str, str, str]]:
    """(verdict, question, answer) of each question of a file, on a graph."""
    with Graph(path) as graph:
        oracle = Oracle(graph)
        for block in file.read_text("utf-8").split("\n\n"):
            question, *lines = [line for line in block.strip().splitlines() if not line.startswith("#")] or [""]
            if question:
                verdict, said = judge(graph, oracle, question, lines)
                yield verdict, question, said


def main() -> None:
    """Print the share of right answers, and with --wrong what was answered otherwise."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graph", type=Path, nargs="?")
    parser.add_argument("file", type=Path, nargs="?", default=FILE)
    parser.add_argument("--heldout", action="store_true", help="ask tests/queries/heldout.txt on the invented graph")
    parser.add_argument("--wrong", action="store_true", help="show each question that was not answered rightly")
    options = parser.parse_args()
    if (options.graph is None) != options.heldout:
        parser.error("give a graph, or --heldout")
    verdicts: Counter[str] = Counter()
    for verdict, question, said in ask_heldout() if options.heldout else ask_graph(options.graph, options.file):
        verdicts[verdict] += 1
        if options.wrong and verdict != "right":
            sys.stdout.write(f"{verdict}: {question}\n    {said}\n")
    total = sum(verdicts.values())
    shares = ", ".join(f"{name} {verdicts[name]}" for name in ("right", "wrong", "not understood"))
    sys.stdout.write(f"{total} questions: {shares}; {100 * verdicts['right'] / total:.0f}% right\n")


if __name__ == "__main__":
    try:
        main()
    except KgError as exc:
        raise SystemExit(f"error: {exc}") from exc
