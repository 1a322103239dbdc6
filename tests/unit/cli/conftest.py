"""The command line run in this process, and a graph to ask."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from fixtures.graph import build_fixture_graph

from kg.cli.app import main


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Kg = Callable[..., Done]


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture records as a published graph; only read."""
    return build_fixture_graph(tmp_path_factory.mktemp("graph"))


@pytest.fixture
def kg(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Runs `kg` with some words."""

    def run(*words: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, words)])
        capfd.readouterr()
        try:
            main()
            code = 0
        except SystemExit as exc:
            code = exc.code if isinstance(exc.code, int) else int(exc.code is not None)
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return Done(code, out, err)

    return run
