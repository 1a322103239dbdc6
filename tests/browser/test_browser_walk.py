"""A person's way through the site, in a browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sites import TOKEN

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_from_question_to_correction(page: Any) -> None:
    page.goto("/")
    page.get_by_label("Your question").fill("which papers report results on CIFAR-100")
    page.get_by_role("button", name="Ask").click()
    assert "CIFAR-100" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name=re.compile("TideNet: Ebb-and-Flow")).first.click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("TideNet")
    page.locator(".text a.claim", has_text="2.1x").click()
    assert page.locator("mark").inner_text() == "2.1x"
    page.get_by_label("Which part").select_option("unit")
    page.get_by_label("What is right").fill("points")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Send the correction").click()
    page.wait_for_load_state()
    assert "2.1 points" in page.get_by_role("heading", level=1).inner_text()


def test_wrong_token_is_told(page: Any) -> None:
    page.goto("/metric/accuracy")
    page.locator("td.value a").first.click()
    page.get_by_label("Token").fill("a guess that is wrong")
    page.get_by_role("button", name="Send the correction").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Unauthorized"


def _write(page: Any, query: str) -> None:
    """Type a query into the form's field, or into the editor that stands in its place."""
    editor = page.locator(".CodeMirror")
    if editor.count() and editor.is_visible():
        editor.click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(query)
    else:
        page.get_by_label("Query", exact=True).fill(query)


def _is_shown(found: Any) -> bool:
    """Whether it is there to see once the page has come: a click does not wait for the page that it leads to."""
    found.wait_for()
    return bool(found.is_visible())


def test_query_form_runs_sparql_and_cypher(page: Any) -> None:
    page.goto("/query")
    page.get_by_role("button", name="Run").click()
    assert _is_shown(page.get_by_role("heading", name=re.compile(r"\d+ rows")))
    page.get_by_label("Cypher").check()
    _write(page, "MATCH (d:Dataset) RETURN count(d) AS datasets")
    page.get_by_role("button", name="Run").click()
    assert _is_shown(page.get_by_role("columnheader", name="datasets"))
    _write(page, "MATCH (d:Dataset) DELETE d")
    page.get_by_role("button", name="Run").click()
    assert "only reading" in page.get_by_role("alert").inner_text()


def test_example_query_fills_the_form(page: Any) -> None:
    page.goto("/query")
    page.get_by_role("link", name="Best results on a dataset").click()
    assert "kg:onDataset" in page.locator("textarea[name=q]").input_value()
    page.get_by_role("button", name="Run").click()
    assert _is_shown(page.get_by_role("heading", name=re.compile(r"\d+ row")))


def test_facets_narrow_a_search_and_stay_in_the_url(page: Any) -> None:
    page.goto("/search")
    page.get_by_role("complementary").get_by_role("link", name="CIFAR-10", exact=True).click()
    assert "dataset=dataset%2Fcifar-10" in page.url
    page.get_by_label("Words in title").fill("gates")
    page.get_by_role("button", name="Search").click()
    assert "dataset=dataset%2Fcifar-10" in page.url
    page.get_by_role("link", name="Remove CIFAR-10").click()
    assert "dataset" not in page.url


def test_explorer_expands_zooms_and_reaches_pages(page: Any) -> None:
    page.goto("/explore?id=dataset/cifar-10")
    dots = page.locator("#explorer g[role=button]")
    dots.nth(3).wait_for()
    page.get_by_text("Select a node to expand it").wait_for()
    before = dots.count()
    page.locator("#explorer g.paper").first.press("Enter")
    dots.nth(before).wait_for()
    page.get_by_role("button", name="Closer").click()
    assert "scale(" in page.locator("#explorer svg > g").get_attribute("transform")
    page.get_by_role("table").get_by_role("link", name="explore").first.click()
    assert "/explore?id=" in page.url


def test_site_works_without_script(browser: Any, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/explore?id=dataset/cifar-10")
    assert not page.locator("#explorer").is_visible()
    assert page.get_by_role("table").get_by_role("row").count() > 3
    page.goto("/")
    page.get_by_label("Your question").fill("best results on CIFAR-10")
    page.get_by_role("button", name="Ask").click()
    assert _is_shown(page.get_by_role("table"))
    context.close()


def test_editor_completes_terms_of_the_graph(page: Any) -> None:
    page.goto("/query")
    if page.locator(".CodeMirror").count() == 0:
        pytest.skip("the editor is not there: make editor")
    _write(page, "SELECT ?c { ?c kg:onDa")
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hints").get_by_text("kg:onDataset").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.insert_text(" ?d }")
    page.locator(".CodeMirror-code").get_by_text("PREFIX").wait_for()
    page.locator(".parseErrorIcon").wait_for(state="detached")
    page.get_by_role("button", name="Run").click()
    assert _is_shown(page.get_by_role("heading", name=re.compile(r"\d+ rows")))
