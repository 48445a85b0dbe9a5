"""Pages of other data: several enquiries, hostile text, nothing, one claim, very much; and a page in a frame."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from nlc_graph import Graph, open_graph
from nlc_graph.explorer import render_page
from nlc_graph.explorer.builder import build_model
from nlc_graph.explorer.model import filter_claims
from nlc_graph.explorer.page import render_model

from ..benchmarks.large_page import large_model
from ..conftest import TINY
from .conftest import Show, write

pytestmark = pytest.mark.slow
RIVERSIDE = TINY.with_name("riverside.ttl")
TITLE = "Which practices relate to which impacts"
RUN = "document.title='ran'"
PAYLOADS = (
    f'</script><script>{RUN}</script><img src=x onerror="{RUN}">"><svg onload="{RUN}"> javascript:{RUN} href="x"',
    f"`${{{RUN}}}` {{{{7*7}}}} {{% raw %}} <!--<script> \u202eright to left\u2066 \u001b[31m zero",
    "مدرسة 学校 👩‍🏫 " + "long " * 1200,
    "x" * 6000,
)


@pytest.fixture(scope="module")
def two_enquiries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(render_page(open_graph(TINY)), tmp_path_factory.mktemp("both") / "explorer.html")


def test_every_view_names_the_enquiry(show: Show, two_enquiries: Path) -> None:
    opened = show("#on=claim%2Ft%3Abirch-writing", file=two_enquiries)
    assert "Tiny enquiry" in opened.text("#panel .claim .gist")
    assert "Tiny report" in opened.text("#panel .place >> nth=0")
    assert "Tiny report" in opened.text("#shows")
    assert " of 2 enquiries, " in opened.text("#sentence")
    opened = show("#view=table&on=outcome%3Awriting", file=two_enquiries)
    assert "Enquiries" in opened.page.locator("#panel h3").all_inner_texts()
    assert opened.page.locator(".claims-table th").last.inner_text() == "Enquiry"
    assert "Tiny enquiry" in opened.page.locator(".claims-table td:last-child").all_inner_texts()


def test_one_enquiry_can_be_filtered_and_found(show: Show, two_enquiries: Path) -> None:
    model = build_model(open_graph(TINY))
    tiny = next(index for index in model.of_sort("enquiry") if model.label(index) == "Tiny enquiry")
    opened = show(file=two_enquiries)
    opened.page.click("[data-pick=enquiry] summary")
    opened.page.click(f'[data-facet=enquiry][data-value="{tiny}"]')
    assert opened.ask("() => explorer.state.inView()") == filter_claims(model, {"enquiry": {tiny}})
    assert opened.text("#sentence").startswith("7 claims on ")
    opened.page.keyboard.press("Escape")
    opened.page.fill("#search", "tiny enq")
    opened.page.keyboard.press("Enter")
    assert opened.text("#panel .kicker") == "Enquiry"
    assert opened.page.locator("#panel .claim").count() == 7


def test_an_added_key_feature_is_no_column_but_is_in_the_table(show: Show, tmp_path: Path) -> None:
    file = write(render_page(open_graph(TINY, RIVERSIDE, bundled=False)), tmp_path / "x.html")
    opened = show(file=file)
    assert "how pupils get on" not in opened.text(".map thead") and "Achievement" in opened.text(".map thead")
    opened = show("#view=table", file=file)
    head = opened.page.locator(".claims-table th").all_inner_texts().index("Key feature")
    rows = [row.locator("td").all_inner_texts() for row in opened.page.locator(".claims-table tbody tr").all()]
    features = {row[0]: row[head] for row in rows}
    assert features["Stories made writing better."] == "Well-being"  # though writing belongs to attainment
    assert features["Stories harmed writing."] == "how pupils get on"


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_text_from_the_data_never_runs(show: Show, tmp_path: Path, payload: str) -> None:
    hostile = json.dumps(payload, ensure_ascii=False)
    text = TINY.read_text(encoding="utf-8")
    for label in ('"Birch NLC"', '"Stories (Birch)"', '"Stories made writing better."', '"I write more."'):
        assert label in text
        text = text.replace(label, hostile)
    (tmp_path / "x.ttl").write_text(text, encoding="utf-8")
    file = write(render_page(open_graph(tmp_path / "x.ttl", bundled=False), title=payload), tmp_path / "x.html")
    for address in ("#view=network", "#view=table", "#on=claim%2Ft%3Abirch-writing", "#view=network&on=t%3Abirch"):
        opened = show(address, file=file)
        assert opened.page.title() == TITLE
        assert opened.ask("() => document.documentElement.scrollWidth") <= 1366
        view = opened.page.locator("#view").bounding_box()
        assert view and view["y"] < 300 and view["height"] > 300  # nothing pushes the evidence off the screen
    opened.page.fill("#search", "birch")
    assert opened.page.locator("#panel script, #panel img, #view img, #found img").count() == 0


def test_in_a_frame_without_an_address_every_view_works(browser: Browser, two_enquiries: Path) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content("<iframe width=1200 height=700></iframe>")
    page.evaluate("(html) => { document.querySelector('iframe').srcdoc = html }", two_enquiries.read_text("utf-8"))
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    frame.locator("#tab-table").click()
    frame.locator('[data-facet="mark"][data-value="0"]').click()
    frame.locator("tbody .inline").first.click()
    assert frame.locator("#panel h2").inner_text() == "One claim"
    assert frame.locator("#tab-table").get_attribute("aria-selected") == "true"
    frame.locator("#tab-network").click()
    assert frame.locator("#drawing-ground canvas").is_visible()
    assert errors == []
    page.close()


def test_pages_of_nothing_and_of_one_claim(show: Show, tiny: Graph, tmp_path: Path) -> None:
    empty, one, unlinked = (
        write(render_page(tiny, claims), tmp_path / f"{number}.html")
        for number, claims in enumerate(([], [tiny.resolve("t:birch-writing")], [tiny.resolve("t:birch-points")]))
    )
    for view in ("map", "network", "table"):
        assert "There is no evidence on this page." in show(f"#view={view}", file=empty).text("#view")
    assert show(file=one).text("#sentence").startswith("1 claim on 1 practice and 1 outcome type from 1 network")
    assert show("#view=network", file=one).ask("() => explorer.network.boxes().length") == 4 + 4  # headings, boxes
    assert show("#view=table", file=one).page.locator("#view tbody tr").count() == 1
    assert show(file=unlinked).cell("No practice linked", "Attainment").get_attribute("data-claims") == "1"
    assert "nothing to draw" in show("#view=network", file=unlinked).text("#view")


def test_a_very_large_page_says_what_is_not_drawn(show: Show, tmp_path: Path) -> None:
    opened = show(file=write(render_model(large_model()), tmp_path / "large.html"))
    opened.page.locator("thead th").first.click()
    assert "30 outcome types with most claims have a column" in opened.text("#view")
    for _ in range(2):
        opened.page.locator("tbody th[aria-expanded=false]").first.click()
    assert "rows are drawn" in opened.text("#view")
    opened.page.click("#tab-network")
    opened.page.click("#panel .close")
    assert "are not drawn" in opened.text(".network-bar")
    assert opened.ask("() => explorer.network.boxes().length") < 600
    opened.ask("() => explorer.state.select(explorer.counts.entities[100].id)")
    assert opened.ask("() => explorer.network.boxes().length") <= 60 + 4
