"""Data that is hostile, missing or very large."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.explorer import render_page
from nlc_graph.explorer.page import render_model

from ..conftest import TINY
from .conftest import Opened, write
from .large import large_model

Visit = Callable[..., Opened]
PAYLOADS = (
    "<script>document.title='ran'</script>",
    "</script><script>document.title='ran'</script>",
    "<img src=x onerror=\"document.title='ran'\">",
    '"><svg onload="document.title=\'ran\'">',
    "javascript:document.title='ran' href=\"x\"",
    "`${document.title='ran'}` {{7*7}} {% raw %} <!--<script>",
    "\u202eright to left\u2066 \u0000\u001b[31m zero",
    "مدرسة 学校 👩‍🏫 " + "long " * 1200,
    "x" * 6000,
)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_nothing_from_the_data_runs(visit: Visit, tmp_path: Path, payload: str) -> None:
    hostile = json.dumps(payload, ensure_ascii=False).replace("\\u0000", "")
    text = TINY.read_text(encoding="utf-8")
    for label in (
        '"Birch NLC"',
        '"Stories (Birch)"',
        '"Stories made writing better."@en',
        '"Year 4 pupil"',
        '"I write more."@en',
    ):
        assert label in text
        text = text.replace(label, hostile + ("@en" if label.endswith("@en") else ""))
    (tmp_path / "x.ttl").write_text(text, encoding="utf-8")
    file = write(render_page(open_graph(tmp_path / "x.ttl", bundled=False), title=payload), tmp_path / "x.html")
    opened = visit(file)
    for address in (
        "#view=network",
        "#view=table",
        "#view=map&on=claim%2Ft%3Abirch-writing",
        "#view=network&on=t%3Abirch",
    ):
        opened.ask(f"() => {{ location.hash = '{address}' }}")
        opened.page.wait_for_timeout(60)
        assert opened.page.title() == "Which practices relate to which impacts"
        assert opened.ask("() => document.documentElement.scrollWidth") <= 1366
        view = opened.page.locator("#view").bounding_box()
        assert view and view["y"] < 300 and view["height"] > 300  # nothing pushes the evidence off the screen
    opened.page.fill("#search", "birch")
    assert opened.page.locator("#panel script, #panel img, #view img, #found img").count() == 0


def test_a_script_put_into_the_file_is_refused(browser: object, tiny_file: Path, tmp_path: Path) -> None:
    html = tiny_file.read_text(encoding="utf-8").replace("</main>", "</main><script>document.title = 'ran'</script>")
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(write(html, tmp_path / "x.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    assert page.title() == "Which practices relate to which impacts"
    page.close()


def test_no_evidence_says_so_in_every_view(visit: Visit, tiny: Graph, tmp_path: Path) -> None:
    file = write(render_page(tiny, []), tmp_path / "x.html")
    for view in ("map", "network", "table"):
        assert "There is no evidence on this page." in visit(file, f"#view={view}").page.inner_text("#view")


def test_one_claim_is_enough_for_every_view(visit: Visit, tiny: Graph, tmp_path: Path) -> None:
    claim = tiny.resolve("t:birch-writing")
    file = write(render_page(tiny, [claim]), tmp_path / "x.html")
    assert (
        visit(file).page.inner_text("#sentence").startswith("1 claim on 1 practice and 1 outcome type from 1 network")
    )
    assert visit(file, "#view=network").ask("() => explorer.network.boxes().length") == 4 + 4  # headings, boxes
    assert visit(file, "#view=table").page.locator("#view tbody tr").count() == 1


def test_outcomes_that_no_practice_is_tied_to_are_there(visit: Visit, tiny: Graph, tmp_path: Path) -> None:
    file = write(render_page(tiny, [tiny.resolve("t:birch-points")]), tmp_path / "x.html")
    assert visit(file).cell("No practice tied", "Attainment").get_attribute("data-claims") == "1"
    assert "nothing to draw" in visit(file, "#view=network").page.inner_text("#view")


def test_the_copy_of_the_reader_is_shown_in_the_panel(visit: Visit, tiny: Graph, tmp_path: Path) -> None:
    from nlc_graph.passages.document import Document
    from nlc_graph.passages.locate import open_copy

    from ..explorer.test_model import REPORT

    copy, _ = open_copy(tiny, Document(REPORT))
    file = write(render_page(tiny, copy=copy), tmp_path / "x.html")
    opened = visit(file, "#on=claim%2Ft%3Abirch-writing")
    assert "Birch is a network that has walls as well" in opened.page.inner_text("#panel .copy >> nth=0")


def test_ten_thousand_things_are_honest_about_what_is_not_drawn(visit: Visit, tmp_path: Path) -> None:
    file = write(render_model(large_model()), tmp_path / "large.html")
    opened = visit(file)
    opened.page.locator("thead th").first.click()
    assert "30 outcome types with most claims have a column" in opened.page.inner_text("#view")
    for _ in range(2):
        opened.page.locator("tbody th[aria-expanded=false]").first.click()
    assert "rows are drawn" in opened.page.inner_text("#view")
    opened.page.click("#tab-network")
    opened.page.click("#panel .close")
    assert "are not drawn" in opened.page.inner_text(".network-bar")
    assert opened.ask("() => explorer.network.boxes().length") < 600
    opened.ask("() => explorer.state.select(explorer.counts.things[100].id)")
    assert opened.ask("() => explorer.network.boxes().length") <= 60 + 4
