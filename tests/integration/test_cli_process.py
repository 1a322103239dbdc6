"""The command as its own process: pipes, interruptions, completion, and no traceback anywhere."""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fixtures.graph import build_fixture_graph

from kg.sample import papers_path

KG = str(Path(sys.executable).with_name("kg"))
PAPER = b'{"id": "sample:1", "title": "OwlNet", "abstract": "OwlNet reaches 95.1% accuracy on CIFAR-10."}\n'


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture records as a published graph."""
    return build_fixture_graph(tmp_path_factory.mktemp("graph"))


def kg(*words: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([KG, *map(str, words)], capture_output=True, timeout=300, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("command", ["export", "export --format records", "sparql 'SELECT * { ?s ?p ?o }'"])
def test_reader_that_leaves_early_causes_no_noise(graph: Path, command: str) -> None:
    line = f"{KG} {command} --graph {graph} | head -1"
    done = subprocess.run(["bash", "-c", line], capture_output=True, timeout=120, check=True)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_extract_reads_stdin_and_writes_stdout(tmp_path: Path) -> None:
    done = kg("extract", "-", input=PAPER, cwd=tmp_path)
    (line,) = done.stdout.splitlines()
    record = json.loads(line)
    assert (done.returncode, done.stderr) == (0, b"1 record\n")
    assert (record["id"], record["source"]["name"]) == ("sample:1", "stdin")
    assert [claim["evidence"]["quote"] for claim in record["claims"]] == ["95.1%"]
    assert list(tmp_path.iterdir()) == []


def test_the_package_runs_as_a_module_with_workers(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "extract", "-", "--workers", "2"]
    done = subprocess.run(command, input=PAPER, capture_output=True, timeout=300, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"1 record\n")
    assert done.stdout == kg("extract", "-", input=PAPER, cwd=tmp_path).stdout


def test_bad_input_among_good_is_named_and_the_rest_built(tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_bytes(PAPER + b"oops\n")
    (tmp_path / "page.html").write_text("<!doctype html><html></html>")
    done = kg("build", "page.html", "good.jsonl", "none.txt", "--graph", "g", cwd=tmp_path)
    assert done.returncode == 1
    assert b"g: 1 papers (1 extracted, 0 unchanged)" in done.stdout
    assert done.stderr.decode().splitlines() == [
        "warning: good.jsonl:2: not valid JSON",
        "warning: 1 entry skipped",
        "error: page.html:1: an HTML page, not a list of papers; save the page as text",
        "error: none.txt: cannot open: No such file or directory",
    ]


def test_only_bad_input_builds_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = kg("build", "empty.txt", "--graph", "g", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"error: empty.txt:1: empty\n")
    assert not (tmp_path / "g" / "graph.toml").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_is_quiet_and_the_next_build_works(tmp_path: Path, workers: int) -> None:
    command = [KG, "build", "-", "--graph", str(tmp_path / "g"), "--workers", str(workers)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # A test run in the background inherits that interrupts are ignored.
    heard = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, start_new_session=True, preexec_fn=heard, **pipes)  # type: ignore[call-overload]
    process.stdin.write(papers_path().read_bytes())
    process.stdin.flush()
    while not (tmp_path / "g" / ".lock").exists():
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert kg("build", "-", "--graph", tmp_path / "g", input=PAPER).returncode == 0


@pytest.mark.parametrize(("shell", "words"), [("bash", "kg bu"), ("zsh", "kg bu"), ("fish", "kg bu")])
def test_completion_knows_the_commands(shell: str, words: str) -> None:
    assert (
        b"_KG_COMPLETE"
        in kg(
            "--show-completion", shell, env={**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
        ).stdout
    )
    asked = {
        "COMP_WORDS": words,
        "COMP_CWORD": "1",
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    assert b"build" in kg(env={**os.environ, **asked, "_KG_COMPLETE": f"complete_{shell}"}).stdout


def test_store_that_cannot_be_reached_is_one_line(graph: Path) -> None:
    done = kg("ask", "papers on CIFAR-10", "--graph", graph, "--store", "http://127.0.0.1:9/ds")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"error: 127.0.0.1:9 cannot be reached")
    assert done.stderr.count(b"\n") == 1
