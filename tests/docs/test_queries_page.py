"""`docs/queries.md` says what `queries/` holds now."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("make_queries", ROOT / "docs" / "make_queries.py")
assert SPEC is not None
make_queries = importlib.util.module_from_spec(SPEC)
assert SPEC.loader is not None
SPEC.loader.exec_module(make_queries)


def test_page_is_current() -> None:
    assert make_queries.PAGE.read_text("utf-8") == make_queries.page(), "run: python docs/make_queries.py"
