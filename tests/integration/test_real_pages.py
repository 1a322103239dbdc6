"""The real pages from end to end, and the measure against the one that ships with the gold sets."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.api.build import build
from kg.api.evaluate import evaluate
from kg.api.extract import ReadingReport, extract
from kg.api.graph import Graph
from kg.model import Record
from kg.records import check_record, write_records

CIFAR_10 = re.compile(r"CIFAR-?10\b(?!-?C)", re.I)


def test_five_pages_become_a_graph_and_building_again_changes_nothing(shared: Path, tmp_path: Path) -> None:
    pages = sorted(map(str, (shared / "seeds").glob("*.txt")))
    report = build(pages, tmp_path / "g")
    assert (report.papers, report.reading.warnings, report.reading.failures) == (398, [], [])
    with Graph(tmp_path / "g") as graph:
        on_cifar = graph.catalog.find("CIFAR10")[0]
        naming = [r for r in graph.catalog.records() if CIFAR_10.search(f"{r.paper.title} {r.paper.abstract}")]
        assert (on_cifar.id, on_cifar.papers, len(naming)) == ("dataset/cifar-10", 19, 19)
        for record in graph.catalog.records():
            check_record(record.to_dict())
            _check_quotes(record)
    again = build(pages, tmp_path / "g")
    assert (again.extracted, again.published, again.generation) == (0, False, report.generation)


def _check_quotes(record: Record) -> None:
    for claim in record.claims:
        evidence = claim.evidence
        assert record.paper.text_of(evidence.field)[evidence.start : evidence.end] == evidence.quote
        assert any(character.isdigit() for character in evidence.quote) or evidence.quote.isascii()


@pytest.mark.parametrize("name", ["dev", "dev-2025"])
def test_measure_agrees_with_the_shared_one(shared: Path, tmp_path: Path, name: str) -> None:
    gold, found = shared / "gold" / f"{name}.jsonl", tmp_path / "records.jsonl"
    with found.open("wb") as out:
        write_records(extract([str(gold)], report=ReadingReport()), out)
    command = [sys.executable, str(shared / "eval" / "score.py"), str(gold), str(found), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=120).stdout)
    ours = evaluate(gold, found)
    wanted = {**theirs["entities"], "claim": theirs["claims"], "tuple": theirs["claim_tuples"]}
    assert {what: _row(ours.tallies[what]) for what in wanted} == wanted
    assert round(ours.introduced_accuracy, 4) == theirs["introduced_accuracy"]
    assert {field: round(ours.field_accuracy(field), 4) for field in theirs["claim_fields"]} == theirs["claim_fields"]
    assert (ours.papers, ours.not_extracted) == (theirs["papers"], theirs["papers_missing"])


def _row(tally) -> dict[str, float]:  # type: ignore[no-untyped-def]
    figures = {"p": round(tally.precision, 4), "r": round(tally.recall, 4), "f1": round(tally.f1, 4)}
    return {**figures, "tp": tally.right, "fp": tally.extra, "fn": tally.missed}
