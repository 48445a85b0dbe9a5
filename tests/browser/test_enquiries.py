"""A page of several enquiries: each claim says whose it is, and one enquiry can be seen alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nlc_graph import open_graph
from nlc_graph.explorer import render_page
from nlc_graph.explorer.counts import filtered
from nlc_graph.explorer.model import Model, build_model

from ..conftest import TINY
from .conftest import Opened, write

RIVERSIDE = Path(__file__).parents[1] / "riverside.ttl"
Visit = Callable[..., Opened]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Model, Path]:
    graph = open_graph(TINY)
    return build_model(graph), write(render_page(graph), tmp_path_factory.mktemp("both") / "explorer.html")


def test_every_claim_says_of_which_enquiry_it_is(visit: Visit, both: tuple[Model, Path]) -> None:
    model, file = both
    opened = visit(file, "#on=claim%2Ft%3Abirch-writing")
    card = opened.page.inner_text("#panel .claim")
    assert "Tiny enquiry" in card.split("\n")[2]
    assert "Tiny report" in opened.page.inner_text("#panel .place >> nth=0")
    assert {len(claim["enquiries"]) for claim in model.claims} == {1}
    assert "Tiny report" in opened.page.inner_text("#shows")


def test_one_enquiry_can_be_seen_alone(visit: Visit, both: tuple[Model, Path]) -> None:
    model, file = both
    tiny = next(place for place in model.of_sort("enquiry") if model.things[place]["label"] == "Tiny enquiry")
    opened = visit(file)
    opened.page.click("[data-pick=enquiry] summary")
    opened.page.click(f'[data-facet=enquiry][data-value="{tiny}"]')
    assert opened.ask("() => explorer.state.inView()") == filtered(model, {"enquiry": {tiny}})
    assert opened.page.inner_text("#sentence").startswith("7 claims on ")
    opened.page.keyboard.press("Escape")
    opened.page.click("#tab-table")
    assert opened.page.locator("#view tbody tr").count() == 7


def test_the_enquiry_itself_can_be_looked_at(visit: Visit, both: tuple[Model, Path]) -> None:
    _, file = both
    opened = visit(file)
    opened.page.fill("#search", "tiny enq")
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel .kicker") == "Enquiry"
    assert opened.page.locator("#panel .claim").count() == 7


def test_table_sentence_and_panel_tell_enquiries_apart(visit: Visit, both: tuple[Model, Path]) -> None:
    _, file = both
    opened = visit(file, "#on=outcome%3Awriting")
    assert " of 2 enquiries, " in opened.page.inner_text("#sentence")
    assert "Enquiries" in opened.page.locator("#panel h3").all_inner_texts()
    opened.page.click("#tab-table")
    assert opened.page.locator(".claims-table th").last.inner_text() == "Enquiry"
    assert "Tiny enquiry" in opened.page.locator(".claims-table td:last-child").all_inner_texts()


def test_a_key_feature_of_an_enquirys_own_is_no_column_of_gaps(
    visit: Visit, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = render_page(open_graph(RIVERSIDE))
    opened = visit(write(page, tmp_path_factory.mktemp("riverside") / "explorer.html"))
    assert opened.page.locator(".map thead th", has_text="how pupils get on").count() == 0
    assert opened.page.locator(".map thead th", has_text="Achievement").count() == 1


def test_the_table_shows_the_key_feature_that_a_claim_is_reported_under(
    visit: Visit, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """That of an enquiry's own by its name; not the one that the outcome type belongs to."""
    page = render_page(open_graph(TINY, RIVERSIDE, bundled=False))
    opened = visit(write(page, tmp_path_factory.mktemp("two") / "explorer.html"), "#view=table")
    heads = opened.page.locator(".claims-table th").all_inner_texts()
    rows = opened.page.locator(".claims-table tbody tr").all()
    cells = [row.locator("td").all_inner_texts() for row in rows]
    under = {row[0]: row[heads.index("Key feature")] for row in cells}
    assert under["Stories made writing better."] == "Well-being"  # though writing belongs to attainment
    assert under["Stories harmed writing."] == "how pupils get on"
