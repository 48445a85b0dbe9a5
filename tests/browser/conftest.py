"""Debian's chromium, and the page opened in it as a reader opens it: from disk, with nothing else to be had."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from nlc_graph import Graph
from nlc_graph.explorer import render_page

from ..conftest import in_ci

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
DESK = ViewportSize(width=1366, height=768)


class Opened:
    """A page that is ready, and everything that went wrong in it or was asked of the network."""

    def __init__(self, context: BrowserContext, file: Path, address: str = "", seconds: float = 10) -> None:
        self.file = file
        self.page: Page = context.new_page()
        self.trouble: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("console", lambda message: self.trouble.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        self.page.on("dialog", self._interrupted)
        self.page.goto(file.as_uri() + address)
        self.page.wait_for_selector("html[data-ready]", timeout=seconds * 1000)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.file.as_uri(), "blob:", "data:")):
            self.trouble.append(f"request: {request.url}")

    def _interrupted(self, dialog: Any) -> None:
        self.trouble.append("a dialog opened")
        dialog.dismiss()

    def ask(self, script: str) -> Any:
        """Evaluate JavaScript; what the page is made of is at ``explorer``."""
        return self.page.evaluate(script)

    def cell(self, row: str, column: str) -> Any:
        """Return the cell of the map by the labels of its row and column."""
        return self.page.locator(f'td[aria-label^="{row} and {column}:"]')


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None and not in_ci():
        pytest.skip("needs chromium, e.g. apt install chromium; the page was NOT checked in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def bundled_file(bundled: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(render_page(bundled), tmp_path_factory.mktemp("bundled") / "explorer.html")


@pytest.fixture(scope="session")
def tiny_file(tiny: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(render_page(tiny), tmp_path_factory.mktemp("tiny") / "explorer.html")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """Open a file in a browser that knows nothing of earlier visits; no trouble may be left at the end."""
    contexts: list[BrowserContext] = []
    visits: list[Opened] = []

    def open_page(file: Path, address: str = "", **options: Any) -> Opened:
        contexts.append(browser.new_context(**{"viewport": DESK, **options}))
        visits.append(Opened(contexts[-1], file, address))
        return visits[-1]

    yield open_page
    trouble = [line for opened in visits for line in opened.trouble]
    for context in contexts:
        context.close()
    assert trouble == []


def write(html: str, file: Path) -> Path:
    file.write_text(html, encoding="utf-8", newline="\n")
    return file
