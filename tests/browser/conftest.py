"""Chromium with one page for each module of tests, opened from disk as a reader opens it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

from nlc_graph import Graph
from nlc_graph.explorer import render_page

from ..conftest import in_ci

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
DESK = ViewportSize(width=1366, height=768)
#: Show another address of the page that is open, with lists closed, the search empty and nothing focused.
RESET = """(hash) => {
  document.querySelectorAll('#picks details[open]').forEach((list) => (list.open = false));
  document.getElementById('search').value = '';
  document.getElementById('found').hidden = true;
  document.activeElement.blur();
  history.replaceState(null, '', hash || '#');
  explorer.state.restore();
}"""


class Opened:
    """The page of a module of tests, and a record of its errors and requests."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.file = Path()
        self.size = DESK
        self.trouble: list[str] = []
        page.on("request", self._check_request)
        page.on("console", lambda message: self.trouble.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))

    def _check_request(self, request: Any) -> None:
        if not request.url.startswith((self.file.as_uri(), "about:", "blob:", "data:")):
            self.trouble.append(f"request: {request.url}")

    def show(self, file: Path, address: str, size: ViewportSize) -> Opened:
        """Show an address of a file; the page is loaded only if the file or the size of the window is another."""
        if (file, size) == (self.file, self.size):
            self.page.evaluate(RESET, address)
            return self
        self.file, self.size = file, size
        self.load(address)
        return self

    def load(self, address: str) -> None:
        """Load the page anew."""
        self.page.goto("about:blank")
        self.page.set_viewport_size(self.size)
        self.page.goto(self.file.as_uri() + address)
        self.page.wait_for_selector("html[data-ready]")

    def ask(self, script: str, argument: object = None) -> Any:
        """Evaluate JavaScript; the modules of the page are in ``explorer``."""
        return self.page.evaluate(script, argument)

    def cell(self, row: str, column: str) -> Locator:
        """Return the cell of the map by the labels of its row and column."""
        return self.page.locator(f'td[aria-label^="{row} and {column}:"]')

    def text(self, selector: str) -> str:
        return self.page.inner_text(selector)


#: Takes an address of the page, the size of the window, and the file if it is not the bundled page.
Show = Callable[..., Opened]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None and not in_ci():
        pytest.skip("needs chromium, e.g. apt install chromium; the page was NOT checked in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def module_page(browser: Browser) -> Iterator[Opened]:
    context = browser.new_context(viewport=DESK)
    yield Opened(context.new_page())
    context.close()


@pytest.fixture(scope="session")
def bundled_file(bundled: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(render_page(bundled), tmp_path_factory.mktemp("bundled") / "explorer.html")


@pytest.fixture
def show(module_page: Opened, bundled_file: Path) -> Iterator[Show]:
    """Return a function that shows a page in the module's tab; the page must not log an error or request anything."""
    yield lambda address="", size=DESK, file=bundled_file: module_page.show(file, address, size)
    trouble, module_page.trouble = module_page.trouble, []
    assert trouble == []


def write(html: str, file: Path) -> Path:
    file.write_text(html, encoding="utf-8", newline="\n")
    return file
