"""The explorer page in Debian's chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from nlc_graph import Graph, find_links
from nlc_graph.explorer import render_page

from ..conftest import in_ci

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)

pytestmark = pytest.mark.skipif(CHROMIUM is None and not in_ci(), reason="needs chromium, e.g. apt install chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def opened(browser: Browser, bundled: Graph, tmp_path_factory: pytest.TempPathFactory) -> tuple[Page, list[str]]:
    """Return the page of the bundled graph, ready, and everything that went wrong or was asked of the network."""
    file = tmp_path_factory.mktemp("page") / "explorer.html"
    file.write_text(render_page(bundled, find_links(bundled).links), encoding="utf-8", newline="\n")
    page, trouble = browser.new_page(viewport={"width": 1366, "height": 768}), list[str]()
    page.on("request", lambda request: trouble.append(request.url) if request.url != file.as_uri() else None)
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=10_000)
    return page, trouble


def test_opens_without_a_request_or_an_error_and_shows_every_link(
    opened: tuple[Page, list[str]], bundled: Graph
) -> None:
    page, trouble = opened
    assert trouble == []
    assert page.locator("#rows tr:visible").count() == len(find_links(bundled).links)
    drawn = page.evaluate(
        "document.querySelector('#drawing canvas').getContext('2d').getImageData(0,0,900,600).data.some(v => v)"
    )
    assert drawn


def test_search_narrows_the_table_and_show_all_brings_it_back(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    everything = page.locator("#rows tr:visible").count()
    page.fill("#search", "learning mentors attendance")
    narrowed = page.locator("#rows tr:visible")
    assert 0 < narrowed.count() < everything
    assert all("learning mentors" in text for text in narrowed.all_inner_texts())
    assert "hidden by your choice" in page.inner_text("#count")
    page.click("#clear")
    assert page.locator("#rows tr:visible").count() == everything


def test_evidence_opens_by_keyboard(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    summary = page.locator("#rows summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#rows details[open] .place").first.is_visible()


def test_a_script_put_into_the_file_is_refused(browser: Browser, tiny: Graph, tmp_path: Path) -> None:
    html = render_page(tiny, find_links(tiny).links).replace(
        "</main>", "</main><script>document.title = 'ran'</script>"
    )
    (tmp_path / "x.html").write_text(html, encoding="utf-8", newline="\n")
    page = browser.new_page()
    page.goto((tmp_path / "x.html").as_uri())
    assert page.title() == "Which practices relate to which impacts"
