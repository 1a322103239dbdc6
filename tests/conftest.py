"""What all tests share: where the shared real data lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def find_shared() -> Path | None:
    """The folder of shared real data (`KG_SHARED`, else `../shared` beside the checkout), or None."""
    path = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    return path if path.is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data; skips where they are absent, fails under CI."""
    path = find_shared()
    if path is None:
        message = "no shared data: set KG_SHARED or put them at ../shared"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path
