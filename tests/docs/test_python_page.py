"""The examples of docs/python.md run as they stand."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

DOC = Path(__file__).parents[2] / "docs" / "python.md"


def test_examples_give_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(DOC), module_relative=False, optionflags=doctest.FAIL_FAST)
    assert result.attempted > 20
    assert result.failed == 0
