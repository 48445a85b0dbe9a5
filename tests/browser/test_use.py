"""Keyboard, screen readers, small and large screens, colours, print, and a reader without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from .conftest import Opened

Visit = Callable[..., Opened]
VIEWS = {
    "map": "#view=map",
    "map opened": "#view=map&open=feature%3Aachievement&open=practice%3Apupil-support&on=practice%3Apupil-support",
    "cell": "#view=map&on=practice%3Apupil-support&on=feature%3Aachievement",
    "gap": "#view=map&on=practice%3Aadult-learning&on=feature%3Awell-being",
    "network": "#view=network",
    "focus": "#view=network&on=practice%3Alearning-mentors",
    "table": "#view=table",
    "nothing": "#view=map&mark=0&link=link%3Aintended&direction=direction%3Aimproved",
}


def serious(opened: Opened) -> list[Any]:
    """Return what axe-core finds that is serious or critical."""
    opened.ask(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = opened.ask("async () => (await axe.run()).violations")
    return [
        (v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(visit: Visit, bundled_file: Path, view: str) -> None:
    opened = visit(bundled_file, VIEWS[view])
    assert serious(opened) == []


@pytest.mark.parametrize("open_by", ["[data-pick=network] summary", "[data-pick=direction] summary", "#larger"])
def test_axe_finds_nothing_serious_in_what_opens(visit: Visit, bundled_file: Path, open_by: str) -> None:
    opened = visit(bundled_file, VIEWS["cell"])
    opened.page.fill("#search", "att")
    assert opened.page.is_visible("#found")
    assert serious(opened) == []
    opened.page.keyboard.press("Escape")
    opened.page.click(open_by)
    opened.page.click("#panel .claims-heading button")
    assert serious(opened) == []


@pytest.mark.parametrize("facet", ["network", "feature", "direction"])
@pytest.mark.parametrize("width", [390, 1024, 1366])
def test_an_open_list_of_a_filter_lies_inside_the_window(
    visit: Visit, bundled_file: Path, facet: str, width: int
) -> None:
    opened = visit(bundled_file, viewport={"width": width, "height": 768})
    opened.page.click(f"[data-pick={facet}] summary")
    opened.page.wait_for_timeout(60)  # the event of a fold comes later
    box = opened.page.locator(f"[data-pick={facet}] .options").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width


def test_the_keyboard_alone_leads_to_a_quotation(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file)
    keys = opened.page.keyboard
    keys.press("Tab")
    assert opened.ask("() => document.activeElement.className") == "skip"
    # The grid is one stop of the Tab key.
    for _ in range(40):
        keys.press("Tab")
        if opened.ask(
            "() => document.activeElement.closest('table.map') !== null && document.activeElement.matches('th, td')"
        ):
            break
    for key in ("Home", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"):
        keys.press(key)
    at = opened.ask("() => document.activeElement.dataset.at")
    assert at == "2 3"
    assert opened.ask("() => document.activeElement.matches(':focus-visible')")
    keys.press("ArrowUp")
    keys.press("Enter")
    assert opened.ask("() => document.activeElement.id") == "panel"
    assert opened.page.locator("#panel .claim").count() > 0
    keys.press("Escape")
    assert opened.page.inner_text("#panel h2") == "How to read this"
    assert opened.ask("() => document.activeElement.id") == "view"


def test_search_by_keyboard_lands_on_the_thing(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file)
    keys = opened.page.keyboard
    keys.press("/")
    keys.type("ATTEND")
    field = opened.page.locator("#search")
    assert field.get_attribute("aria-expanded") == "true"
    first = opened.page.locator("#found [aria-selected=true]").inner_text()
    assert first.startswith("attendance")
    keys.press("ArrowDown")
    assert opened.page.locator("#found [aria-selected=true]").inner_text() != first
    keys.press("ArrowUp")
    keys.press("Enter")
    assert opened.page.inner_text("#panel h2") == "attendance"
    assert opened.ask("() => document.activeElement.id") == "panel"


def test_search_finds_claims_by_their_words_and_says_when_nothing_fits(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file)
    opened.page.fill("#search", "autistic")
    assert "claim" in opened.page.locator("#found .sort").all_inner_texts()
    opened.page.fill("#search", "zzzz")
    assert opened.page.inner_text("#found") == "Nothing by these words"
    opened.page.keyboard.press("Escape")
    assert not opened.page.is_visible("#found")


def test_tabs_and_steps_by_keyboard(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file)
    opened.page.focus("#tab-map")
    opened.page.keyboard.press("ArrowRight")
    assert opened.page.get_attribute("#tab-network", "aria-selected") == "true"
    opened.ask("() => explorer.state.select('practice:learning-mentors')")
    before = opened.ask("() => explorer.network.boxes().length")
    opened.page.keyboard.press("2")
    assert opened.ask("() => explorer.network.boxes().length") > before


@pytest.mark.parametrize(("width", "height"), [(390, 844), (683, 384), (1024, 768), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("view", ["map", "cell", "network", "focus", "table"])
def test_the_page_itself_never_scrolls_sideways(
    visit: Visit, bundled_file: Path, width: int, height: int, view: str
) -> None:
    opened = visit(bundled_file, VIEWS[view], viewport={"width": width, "height": height})
    assert opened.ask("() => document.documentElement.scrollWidth") <= width
    for part in ("h1", "#search", "#tab-map", "#tab-table", "#sentence"):
        box = opened.page.locator(part).bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width + 1, part


@pytest.mark.parametrize("width", [390, 1366])
def test_all_columns_of_the_map_are_in_sight(visit: Visit, bundled_file: Path, width: int) -> None:
    for address in ("#view=map", "#view=map&text=larger"):
        opened = visit(bundled_file, address, viewport={"width": width, "height": 800})
        pane = opened.page.locator("#map-scroll").bounding_box()
        last = opened.page.locator("thead th").last.bounding_box()
        if width == 390 and "larger" in address:
            continue  # there the map scrolls inside its pane
        assert pane and last and last["x"] + last["width"] <= pane["x"] + pane["width"] + 1


def test_without_javascript_the_table_is_there(visit: Visit, browser: Any, bundled_file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(bundled_file.as_uri())
    assert page.locator(".without-script tbody tr").count() > 300
    assert page.locator(".without-script tbody tr").first.is_visible()
    assert not page.locator("#marks").is_visible() and not page.locator("#search").is_visible()
    context.close()


def test_print_and_forced_colours_and_reduced_motion_work(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, VIEWS["cell"], forced_colors="active", reduced_motion="reduce")
    assert opened.page.locator("td[data-claims]").first.is_visible()
    assert len(opened.page.pdf()) > 20_000
    opened.page.emulate_media(media="print")
    assert opened.page.is_visible("#panel .claim") and not opened.page.is_visible("#search")


def test_paper_shows_all_claims_and_the_whole_drawing(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, VIEWS["cell"])
    opened.ask("() => dispatchEvent(new Event('beforeprint'))")
    assert opened.page.locator("#panel .claim .body").count() == opened.page.locator("#panel .claim").count() > 1
    for view in ("network", "focus"):
        drawn = visit(
            bundled_file, VIEWS[view], viewport={"width": 1000, "height": 700}
        )  # about A4 across, less margins
        drawn.page.emulate_media(media="print")
        box = drawn.page.locator("#drawing-ground canvas").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 1000 and box["y"] + box["height"] <= 700, view


def test_words_of_a_heading_are_not_broken_on_paper(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, viewport={"width": 1000, "height": 700})
    opened.page.emulate_media(media="print")
    heads = opened.page.locator("thead th .heading-text")
    assert all(head.evaluate("(e) => e.scrollWidth <= e.clientWidth + 1") for head in heads.all())


def test_a_picture_can_be_saved(visit: Visit, bundled_file: Path) -> None:
    for address, name in (("#view=map", "evidence-map.png"), ("#view=network", "network.png")):
        opened = visit(bundled_file, address)
        with opened.page.expect_download() as offered:
            opened.page.click("#picture")
        assert offered.value.suggested_filename == name
        assert Path(offered.value.path()).read_bytes().startswith(b"\x89PNG")


def test_the_picture_holds_what_is_on_the_screen(visit: Visit, bundled_file: Path) -> None:
    opened = visit(
        bundled_file, "#view=map&open=feature%3Aachievement&on=practice%3Apupil-support&on=feature%3Aachievement"
    )
    grid = opened.page.locator("table.map").bounding_box()
    found = opened.ask("""() => {
        const [canvas, name] = explorer.picture.make();
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        const colours = new Map();
        for (let at = 0; at < pixels.length; at += 4) {
            const key = pixels.slice(at, at + 3).join(' ');
            colours.set(key, (colours.get(key) || 0) + 1);
        }
        return { name, width: canvas.width, height: canvas.height, colours: Object.fromEntries(colours) };
    }""")
    assert grid and found["name"] == "evidence-map.png"
    assert found["width"] >= 2 * opened.ask("() => document.querySelector('table.map').offsetWidth")
    # Grounds, the four kinds of evidence, and the frame of the chosen cell.
    for colour in ("219 227 238", "238 242 247", "0 114 178", "201 84 0", "69 75 84", "0 128 90", "28 36 48"):
        assert found["colours"].get(colour, 0) > 100, colour
    drawn = visit(bundled_file, VIEWS["focus"]).ask("() => explorer.picture.make()[0].width")
    assert drawn > 1500
    assert visit(bundled_file, VIEWS["table"]).ask("() => explorer.picture.make()") is None


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("our attendance is low, what did others do?", "attendance"),
        ("what did Penryn do", "Penryn Partnership Plus NLC"),
    ],
)
def test_a_whole_question_finds_the_nearest(visit: Visit, bundled_file: Path, asked: str, first: str) -> None:
    opened = visit(bundled_file)
    opened.page.fill("#search", asked)
    assert opened.page.locator("#found [aria-selected=true] .what").inner_text() == first
    assert "Nothing has all these words" in opened.page.inner_text("#found")
