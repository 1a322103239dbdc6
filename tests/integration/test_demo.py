"""The demo, and building the sample in every way: the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import textwrap
from pathlib import Path

import pytest
from rich.console import Console

from kg.api.ask import ask
from kg.api.build import build
from kg.api.evaluate import evaluate
from kg.api.extract import ReadingReport, extract
from kg.api.graph import Graph
from kg.cli.demo import demo
from kg.cli.evidence import print_evidence
from kg.records import check_record, dump_record
from kg.sample import gold_path, papers_path

PAPERS = str(papers_path())
README = Path(__file__).parents[2] / "README.md"
FLOORS = {"method": 0.6, "dataset": 0.8, "metric": 0.6, "task": 0.5, "claim": 0.9, "tuple": 0.4}
"""F1 on the sample. The real floors are those on real papers; these only say that the demo is not an embarrassment."""


def records(workers: int) -> list[bytes]:
    return [dump_record(record) for record in extract([PAPERS], workers=workers, report=ReadingReport())]


def files(folder: Path) -> dict[str, str]:
    """Every file but the stores' own, which may write when they are opened."""
    found = [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.parts[len(folder.parts)] in ("records", "graph.toml")
    ]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def test_demo_answers_and_says_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo(tmp_path / "g")
    out = capsys.readouterr().out
    assert "40 papers (40 extracted, 0 unchanged)" in out
    rows = [line.split("\t") for line in out.splitlines() if line.startswith("sample:")]
    assert ["sample:0001", "96.8%"] in [[row[0], row[3]] for row in rows]
    assert "What to do next:" in out


def test_the_answer_in_the_readme_is_what_the_demo_gives(tmp_path: Path) -> None:
    build([PAPERS], tmp_path / "g")
    shown = README.read_text(encoding="utf-8").partition("    $ kg ask ")[2].partition("\n\n")[0]
    question, told, *lines = textwrap.dedent(f"    {shown}").splitlines()
    with Graph(tmp_path / "g") as graph:
        answer = ask(graph, question.split('"')[1])
    out = io.StringIO()
    print_evidence(answer.rows.dicts(), Console(file=out, width=120, highlight=False))
    assert told == answer.understood
    assert lines == [line.rstrip() for line in out.getvalue().splitlines()]


def test_second_build_changes_nothing(tmp_path: Path) -> None:
    first = build([PAPERS], tmp_path / "g")
    before = files(tmp_path / "g")
    second = build([PAPERS], tmp_path / "g")
    assert (first.extracted, first.published, second.extracted, second.unchanged, second.published) == (
        40,
        True,
        0,
        40,
        False,
    )
    assert files(tmp_path / "g") == before
    assert second.generation == first.generation == 1


def test_number_of_workers_does_not_show_in_the_records() -> None:
    assert records(1) == records(2)


def test_sample_records_keep_the_contract() -> None:
    for record in extract([PAPERS], report=ReadingReport()):
        check_record(record.to_dict())
        for claim in record.claims:
            evidence = claim.evidence
            assert record.paper.text_of(evidence.field)[evidence.start : evidence.end] == evidence.quote
        for entity in record.entities:
            assert {record.paper.text_of(m.field)[m.start : m.end] for m in entity.mentions} <= set(entity.forms)


def test_sample_is_extracted_well_enough() -> None:
    tallies = evaluate(gold_path()).tallies
    assert {name: round(tallies[name].f1, 2) for name, floor in FLOORS.items() if tallies[name].f1 < floor} == {}
