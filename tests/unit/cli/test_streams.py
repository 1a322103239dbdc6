"""Output to closed streams and in locales that are not UTF-8."""

import os
import subprocess
import sys

import pytest

CALL = "from kg.cli.app import main; main()"
LATIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def run(words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    line = f"exec {sys.executable} -c '{CALL}' {words}"
    return subprocess.run(["sh", "-c", line], capture_output=True, check=False, env=os.environ | more)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_fault(closed: str) -> None:
    done = run(f"vocabulary find BERT {closed}")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_data_in_a_pipe_is_utf8_in_every_locale(form: str) -> None:
    words = f"vocabulary find InfiniteBench --format {form}"
    done = run(words, **LATIN)
    assert (done.returncode, done.stdout) == (0, run(words).stdout)
    assert "∞Bench" in done.stdout.decode()
