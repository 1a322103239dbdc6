"""The login of `kg load`: from the environment or a prompt, and never shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fixtures.graph import build_fixture_graph
from typer.testing import CliRunner

from kg.cli.app import app
from kg.errors import StoreError, StoreUnavailableError

NOBODY = "http://127.0.0.1:9/ds"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_fixture_graph(tmp_path_factory.mktemp("login"))


def test_password_is_asked_for_and_not_shown(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KG_STORE_USER", "KG_STORE_PASSWORD"):
        monkeypatch.setenv(name, "before")
    result = CliRunner().invoke(app, ["load", NOBODY, "-g", str(graph), "--user", "owl"], input="mouse-and-vole\n")
    assert "Password" in result.stderr
    assert isinstance(result.exception, StoreUnavailableError)
    assert "mouse" not in result.output + str(result.exception)


@pytest.mark.parametrize("target", ["neo4j://owl:mouse@127.0.0.1:9", "http://owl:mouse@127.0.0.1:9/ds"])
def test_login_in_a_url_is_refused_and_not_repeated(graph: Path, target: str) -> None:
    result = CliRunner().invoke(app, ["load", target, "-g", str(graph)])
    assert isinstance(result.exception, StoreError)
    assert "KG_STORE_PASSWORD" in str(result.exception)
    assert "mouse" not in str(result.exception)


def test_server_that_is_away_is_told_once(graph: Path) -> None:
    line = "from kg.cli.app import main; main()"
    words = ["load", "neo4j://127.0.0.1:1", "--graph", str(graph)]
    done = subprocess.run([sys.executable, "-c", line, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
