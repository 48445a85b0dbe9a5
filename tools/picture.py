"""Write the picture of the explorer in the README: ``make picture``. Needs Chromium."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from nlc_graph import open_graph
from nlc_graph.explorer import render_page

PICTURE = Path(__file__).parent.parent / "docs" / "explorer.png"
#: Claims of two key features fill one screen.
SIZE = {"width": 1280, "height": 800}


def main() -> None:
    """Open the page of the bundled graph and save what its first screen shows."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "explorer.html"
        page_file.write_text(render_page(open_graph()), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": SIZE["width"], "height": SIZE["height"]})
        page.goto(page_file.as_uri())
        page.wait_for_selector("html[data-ready]")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
