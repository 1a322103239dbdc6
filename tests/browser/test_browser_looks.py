"""Every kind of page on a phone and on a desk, light and dark: it fits, it is accessible, it is drawn."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = {
    "home": "/",
    "search": "/search?q=image",
    "ask": "/ask?q=which+papers+report+results+on+CIFAR-10",
    "paper": "/paper/sample:0001",
    "dataset": "/dataset/cifar-10",
    "method": "/method/resnet-50",
    "metric": "/metric/accuracy",
    "task": "/task/image-classification",
    "list": "/methods",
    "compare": "/compare?paper=sample:0001&paper=sample:0002",
    "explorer": "/explore?id=dataset/cifar-10",
    "query": "/query?q=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+3",
    "api": "/api",
    "error": "/paper/none",
    "claim": "",
}
SCREENS = {
    "desk-light": ({"width": 1280, "height": 900}, "light"),
    "phone-dark": ({"width": 390, "height": 844}, "dark"),
}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", PAGES)
def test_page_fits_and_is_accessible(browser: Any, site: str, name: str, screen: str, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    size, scheme = SCREENS[screen]
    path = PAGES[name] or "/" + httpx.get(f"{site}/api/claims").json()["claims"][0]["claim"]
    context = browser.new_context(base_url=site, viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen"
    found = axe.run(page).response["violations"]
    told = [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in found]
    assert told == []
    folder = Path(os.environ.get("KG_SCREENSHOTS", tmp_path))
    page.screenshot(path=folder / f"{name}-{screen}.png", full_page=True)
    context.close()
