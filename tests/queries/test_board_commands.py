"""`kg leaderboard`, `kg compare`, `kg watch`, `kg query` as commands: formats, exit codes, what they import."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli.app import main

COMMANDS = {
    "leaderboard": ["leaderboard", "CIFAR-10"],
    "compare": ["compare", "arxiv:2203.00003", "arxiv:2103.00002"],
    "watch": ["watch", "CIFAR-10", "--since", "2022"],
    "query": ["query", "contradictions"],
}


Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, world_graph: Path) -> Kg:
    """Runs `kg` in this process on the invented graph: exit code, standard output, standard error."""

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kg", *words, "--graph", str(world_graph)])
        capfd.readouterr()
        try:
            main()
            code = 0
        except SystemExit as exc:
            code = int(exc.code or 0)
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return code, out, err

    return run


@pytest.mark.parametrize("name", COMMANDS)
def test_every_format_holds_the_same_rows(name: str, kg: Kg) -> None:
    printed = {form: kg(*COMMANDS[name], "-f", form) for form in ("json", "jsonl", "csv", "md", "table")}
    assert [code for code, _, _ in printed.values()] == [0] * 5
    rows = json.loads(printed["json"][1])
    assert rows
    assert [json.loads(line) for line in printed["jsonl"][1].splitlines()] == rows
    assert len(list(csv.DictReader(io.StringIO(printed["csv"][1])))) == len(rows)
    assert len(printed["md"][1].splitlines()) == len(rows) + 2
    assert len(printed["table"][1].splitlines()) == len(rows) + 1


@pytest.mark.parametrize("name", COMMANDS)
def test_querying_imports_nothing_heavy(name: str, world_graph: Path) -> None:
    code = (
        "import sys; from kg.cli.app import app; app(sys.argv[1:], standalone_mode=False);"
        "sys.exit(str(sorted({'spacy', 'numpy', 'matplotlib', 'pyarrow', 'neo4j'} & set(sys.modules)) or 0))"
    )
    command = [sys.executable, "-c", code, *COMMANDS[name], "--graph", str(world_graph), "-f", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    said = done.stderr.strip().splitlines()[-1:]
    assert said in ([], ["0"]) or said[0].startswith("this graph has no journal yet"), done.stderr


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["leaderboard", "CIFRA-10"], 1, "error: no dataset named 'CIFRA-10'; did you mean CIFAR-10, CIFAR-100?"),
        (["leaderboard", "CIFAR-10", "--plot", "a.pdf"], 1, "error: a.pdf: write the plot to a file that ends in"),
        (["compare", "arxiv:2203.00003"], 1, "error: give 2 to 20 papers to compare"),
        (["watch", "CIFAR-10", "--since", "soon"], 1, "error: since: 'soon' is not a date"),
        (["watch", "CIFAR-10"], 2, "Missing option '--since'"),
        (["query", "papers-on-dataset"], 1, "error: query papers-on-dataset needs dataset=… (dataset)"),
        (["query", "nothing-like-it"], 1, "error: no query is called 'nothing-like-it'"),
    ],
)
def test_errors_are_one_line(words: list[str], code: int, message: str, kg: Kg) -> None:
    exit_code, out, err = kg(*words)
    assert (exit_code, out) == (code, "")
    assert message in err
    assert "Traceback" not in err
