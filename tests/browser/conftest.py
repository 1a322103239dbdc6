"""A headless browser and a server that takes corrections."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import Unavailable, find_chromium

sys.path.append(str(Path(__file__).resolve().parents[1] / "server"))
from sites import make_graph, running


def _give_up(message: str) -> None:
    (pytest.fail if os.environ.get("CI") else pytest.skip)(message)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium; skips where there is none, fails under CI."""
    try:
        from playwright.sync_api import sync_playwright

        program = find_chromium()
    except (Unavailable, ImportError) as exc:
        _give_up(str(exc))
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server that takes corrections, on a graph of its own."""
    graph = make_graph(tmp_path_factory.mktemp("browsed") / "graph")
    with running(graph, tmp_path_factory.mktemp("server"), "--write", "--workers", "1") as url:
        yield url


@pytest.fixture
def page(browser: Any, site: str) -> Iterator[Any]:
    """A new page on the site; whatever the browser's console calls an error fails the test."""
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert [one for one in errors if "the server responded with a status of" not in one] == []
