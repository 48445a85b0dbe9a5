"""Keyboard, accessibility, sizes of screen, print and pictures."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ViewportSize

from .conftest import Opened, Visit

pytestmark = pytest.mark.slow
VIEWS = {
    "map": "#view=map",
    "map opened": "#view=map&open=feature%3Aachievement&open=practice%3Apupil-support&on=practice%3Apupil-support",
    "cell": "#view=map&open=feature%3Aachievement&on=practice%3Apupil-support&on=feature%3Aachievement",
    "gap": "#view=map&on=practice%3Aadult-learning&on=feature%3Awell-being",
    "network": "#view=network",
    "neighbours": "#view=network&on=practice%3Alearning-mentors",
    "table": "#view=table",
    "nothing": "#view=map&mark=0&link=link%3Aintended&direction=direction%3Aimproved",
}
COLOURS = """() => {
    const [canvas] = explorer.picture.make();
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    const colours = {};
    for (let at = 0; at < pixels.length; at += 4) {
        const key = pixels.slice(at, at + 3).join(' ');
        colours[key] = (colours[key] || 0) + 1;
    }
    return colours;
}"""


def serious(opened: Opened) -> list[Any]:
    """Return what axe-core finds that is serious or critical."""
    opened.ask(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = opened.ask("async () => (await axe.run()).violations")
    return [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(visit: Visit, bundled_file: Path, view: str) -> None:
    assert serious(visit(bundled_file, VIEWS[view])) == []


@pytest.mark.parametrize("opener", ["[data-pick=network] summary", "#larger", "#panel .claims-heading button"])
def test_axe_finds_nothing_serious_in_what_opens(visit: Visit, bundled_file: Path, opener: str) -> None:
    opened = visit(bundled_file, VIEWS["cell"])
    opened.page.click(opener)
    opened.page.fill("#search", "att")
    assert opened.page.is_visible("#found")
    assert serious(opened) == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (683, 384), (1024, 768), (1366, 768), (1920, 1080)])
def test_the_page_fits_the_window(visit: Visit, bundled_file: Path, width: int, height: int) -> None:
    for view in ("cell", "network", "neighbours", "table", "map"):
        opened = visit(bundled_file, VIEWS[view], ViewportSize(width=width, height=height))
        assert opened.ask("() => document.documentElement.scrollWidth") <= width, view
        for part in ("h1", "#search", "#tab-map", "#tab-table", "#sentence"):
            box = opened.page.locator(part).bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= width + 1, (view, part)
    last = opened.page.locator("thead th").last.bounding_box()
    assert last and last["x"] + last["width"] <= width  # all columns of the map are visible
    for facet in ("network", "feature", "direction"):
        opened.page.click(f"[data-pick={facet}] summary")
        inside = "list => list.getBoundingClientRect().left >= 0 && list.getBoundingClientRect().right <= innerWidth"
        opened.page.wait_for_function(f"({inside})(document.querySelector('[data-pick={facet}] .options'))")


def test_the_keyboard_alone_leads_to_the_evidence(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, fresh=True)
    keys, active = opened.page.keyboard, "() => document.activeElement"
    keys.press("Tab")
    assert opened.ask(f"{active}.className") == "skip"
    for _ in range(40):  # the whole map is one tab stop
        keys.press("Tab")
        if opened.ask(f"{active}.matches('table.map th, table.map td')"):
            break
    for key in ("Home", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"):
        keys.press(key)
    assert opened.ask(f"{active}.dataset.at") == "2 3" and opened.ask(f"{active}.matches(':focus-visible')")
    keys.press("ArrowUp")
    keys.press("Enter")
    assert opened.ask(f"{active}.id") == "panel"
    assert opened.page.locator("#panel .claim").count() > 0
    keys.press("Escape")
    assert opened.text("#panel h2") == "How to read this"
    assert opened.ask(f"{active}.id") == "view"
    opened.page.focus("#tab-map")
    keys.press("ArrowRight")
    assert opened.page.get_attribute("#tab-network", "aria-selected") == "true"


def test_search_by_keyboard_selects_an_entity(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file)
    keys = opened.page.keyboard
    keys.press("/")
    keys.type("ATTEND")
    assert opened.page.get_attribute("#search", "aria-expanded") == "true"
    first = opened.text("#found [aria-selected=true]")
    keys.press("ArrowDown")
    assert opened.text("#found [aria-selected=true]") != first
    keys.press("ArrowUp")
    keys.press("Enter")
    assert opened.text("#panel h2") == "attendance"
    assert opened.ask("() => document.activeElement.id") == "panel"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("autistic", "claim"),
        ("our attendance is low, what did others do?", "attendance"),
        ("what did Penryn do", "Penryn Partnership Plus NLC"),
        ("zzzz", "Nothing found"),
    ],
)
def test_search_finds_claims_and_whole_questions(visit: Visit, bundled_file: Path, text: str, found: str) -> None:
    opened = visit(bundled_file)
    opened.page.fill("#search", text)
    assert found in opened.text("#found")


def test_without_javascript_there_is_a_table(browser: Browser, bundled_file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(bundled_file.as_uri())
    assert page.locator(".without-script tbody tr").count() > 300
    assert page.locator(".without-script tbody tr").first.is_visible()
    assert not page.locator("#marks").is_visible() and not page.locator("#search").is_visible()
    context.close()


def test_paper_shows_all_claims_and_the_whole_network(visit: Visit, bundled_file: Path) -> None:
    a4 = ViewportSize(width=1000, height=700)  # less margins
    opened = visit(bundled_file, VIEWS["cell"], a4)
    opened.ask("() => dispatchEvent(new Event('beforeprint'))")
    assert opened.page.locator("#panel .claim .body").count() == opened.page.locator("#panel .claim").count() > 1
    opened.page.emulate_media(media="print")
    assert opened.page.is_visible("#panel .claim") and not opened.page.is_visible("#search")
    for view in ("network", "neighbours"):
        box = visit(bundled_file, VIEWS[view], a4).page.locator("#drawing-ground canvas").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 1000 and box["y"] + box["height"] <= 700, view
    opened.page.emulate_media(media="null")


def test_a_picture_shows_what_is_on_the_screen(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, VIEWS["cell"])
    colours = opened.ask(COLOURS)
    # Backgrounds, the four kinds of evidence, and the frame of the chosen cell.
    for colour in ("219 227 238", "238 242 247", "0 114 178", "201 84 0", "69 75 84", "0 128 90", "28 36 48"):
        assert colours.get(colour, 0) > 100, colour
    for view, name in (("map", "evidence-map.png"), ("network", "network.png")):
        visit(bundled_file, VIEWS[view])
        with opened.page.expect_download() as download:
            opened.page.click("#picture")
        assert download.value.suggested_filename == name
        assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    assert visit(bundled_file, VIEWS["table"]).ask("() => explorer.picture.make()") is None
