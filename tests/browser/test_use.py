"""Keyboard, accessibility, sizes of screen, print, pictures and Firefox."""

from __future__ import annotations

import io
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import ViewportSize

from ..conftest import in_ci
from .conftest import Opened, Show

pytestmark = pytest.mark.slow
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
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


def serious(opened: Opened) -> list[Any]:
    """Return what axe-core finds that is serious or critical."""
    opened.ask(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = opened.ask("async () => (await axe.run()).violations")
    return [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(show: Show, view: str) -> None:
    assert serious(show(VIEWS[view])) == []


@pytest.mark.parametrize("opener", ["[data-pick=network] summary", "#larger", "#panel .claims-heading button"])
def test_axe_finds_nothing_serious_in_what_opens(show: Show, opener: str) -> None:
    opened = show(VIEWS["cell"])
    opened.page.click(opener)
    opened.page.fill("#search", "att")
    assert opened.page.is_visible("#found")
    assert serious(opened) == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (683, 384), (1024, 768), (1366, 768), (1920, 1080)])
def test_the_page_fits_the_window(show: Show, width: int, height: int) -> None:
    for view in ("cell", "network", "neighbours", "table", "map"):
        opened = show(VIEWS[view], ViewportSize(width=width, height=height))
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


def test_the_keyboard_alone_leads_to_the_evidence(show: Show) -> None:
    opened = show()
    opened.load("")
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


def test_search_selects_entities_and_finds_claims_and_questions(show: Show) -> None:
    opened = show()
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
    questions = {"autistic": "claim", "what did Penryn do": "Penryn Partnership Plus", "zzzz": "Nothing found"}
    for text, found in questions.items():
        opened.page.fill("#search", text)
        assert found in opened.text("#found")


def test_paper_shows_all_claims_and_the_whole_network(show: Show) -> None:
    a4 = ViewportSize(width=1000, height=700)  # less margins
    opened = show(VIEWS["cell"], a4)
    opened.ask("() => dispatchEvent(new Event('beforeprint'))")
    assert opened.page.locator("#panel .claim .body").count() == opened.page.locator("#panel .claim").count() > 1
    opened.page.emulate_media(media="print")
    assert opened.page.is_visible("#panel .claim") and not opened.page.is_visible("#search")
    for view in ("network", "neighbours"):
        box = show(VIEWS[view], a4).page.locator("#drawing-ground canvas").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 1000 and box["y"] + box["height"] <= 700, view
    opened.page.emulate_media(media="null")


@pytest.mark.parametrize(("view", "name"), [("map", "evidence-map.png"), ("network", "network.png")])
def test_a_picture_can_be_saved(show: Show, view: str, name: str) -> None:
    opened = show(VIEWS[view])
    with opened.page.expect_download() as download:
        opened.page.click("#picture")
    assert download.value.suggested_filename == name
    picture = Image.open(download.value.path()).convert("RGB")
    assert len(picture.getcolors(picture.width * picture.height) or ()) > 20  # not blank


def coarse(picture: bytes) -> Image.Image:
    """Return a picture in grey on a coarse grid, where the edges of letters do not count."""
    return Image.open(io.BytesIO(picture)).convert("L").resize((96, 54))


@pytest.mark.parametrize("address", ["#view=map", "#view=network&on=practice%3Alearning-mentors", "#view=table"])
def test_firefox_shows_the_same_as_chromium(show: Show, bundled_file: Path, tmp_path: Path, address: str) -> None:
    if FIREFOX is None and not in_ci():
        pytest.skip("needs Firefox, e.g. apt install firefox-esr; the page was NOT checked in it")
    picture, profile = tmp_path / "firefox.png", tmp_path / "profile"
    profile.mkdir()
    options = ["--headless", "--no-remote", "--profile", str(profile), "--window-size=1366,768"]
    command = [str(FIREFOX), *options, "--screenshot", str(picture), bundled_file.as_uri() + address]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    firefox, chromium = coarse(picture.read_bytes()), coarse(show(address).page.screenshot())
    assert ImageStat.Stat(ImageChops.difference(firefox, chromium)).mean[0] < 8  # of 255
    assert ImageStat.Stat(ImageChops.invert(firefox)).mean[0] > 8  # not blank
