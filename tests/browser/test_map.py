"""The evidence map: its numbers equal Python's, what opens, and that gaps are named as gaps."""

from __future__ import annotations

import pytest

from nlc_graph import Graph
from nlc_graph.explorer.builder import build_model
from nlc_graph.explorer.model import MARKS, NONE, Model, count_cells, filter_claims, rank_families

from .conftest import Opened, Show

pytestmark = pytest.mark.slow
Counts = dict[tuple[str, str], int]
CELLS = """(selector) => [...document.querySelectorAll(selector)].map((cell) => {
    const head = cell.closest('table').rows[0].cells[cell.cellIndex].title;
    return [cell.parentNode.cells[0].title, head, Number(cell.dataset.claims)];
})"""


@pytest.fixture(scope="module")
def model(bundled: Graph) -> Model:
    return build_model(bundled)


def shown(opened: Opened, selector: str = "td[data-claims]") -> Counts:
    """Return the labels of row and column of the cells on the screen, and their numbers of claims."""
    return {(row, column): count for row, column, count in opened.ask(CELLS, selector)}


def expected(model: Model, claims: list[int]) -> Counts:
    cells = count_cells(model, claims)
    rows = {family: model.label(family) for family in rank_families(model)} | {NONE: "No practice linked"}
    features = model.of_sort("feature")
    keys = [(row, column) for row in rows for column in features if (row, column) in cells]
    return {(rows[row], model.label(column)): cells[row, column].claims for row, column in keys}


def test_the_first_screen_counts_as_python_does(show: Show, model: Model) -> None:
    opened = show()
    assert opened.page.title() == "Which practices relate to which impacts"
    assert shown(opened) == expected(model, filter_claims(model, {}))
    assert opened.page.locator("thead th").count() == 7
    sentence = opened.text("#sentence")
    assert sentence.startswith(f"{len(model.claims)} claims on ") and sentence.endswith("Nothing is hidden.")
    for mark in range(len(MARKS)):
        amount = opened.text(f'[data-facet="mark"][data-value="{mark}"] .amount')
        assert amount == str(len(filter_claims(model, {"mark": {mark}})))


@pytest.mark.parametrize("facets", [["mark"], ["link"], ["network"], ["mark", "network"], ["feature", "direction"]])
def test_every_view_filters_and_counts_as_python_does(show: Show, model: Model, facets: list[str]) -> None:
    values = {facet: 1 if facet == "mark" else model.of_sort(facet)[0] for facet in facets}
    names = {facet: "1" if facet == "mark" else model.entities[value]["id"] for facet, value in values.items()}
    opened = show("#" + "&".join(f"{facet}={name}" for facet, name in names.items()))
    kept = filter_claims(model, {facet: {value} for facet, value in values.items()})
    assert 0 < len(kept) < len(model.claims)
    assert shown(opened) == expected(model, kept)
    assert opened.ask("() => explorer.state.inView()") == kept
    assert f"{len(model.claims) - len(kept):,} claim" in opened.text("#sentence")
    opened.page.click("#tab-table")
    assert opened.text(".table-bar b") == str(len(kept))
    opened.page.click("#tab-map")
    opened.page.click("#clear")
    assert shown(opened) == expected(model, filter_claims(model, {}))
    assert not opened.page.is_visible("#clear")


def test_a_cell_opens_its_evidence(show: Show) -> None:
    opened = show()
    cell = opened.cell("pupil support", "Achievement")
    cell.click()
    cards = opened.page.locator("#panel .claim")
    assert cards.count() == int(cell.get_attribute("data-claims") or 0)
    assert cell.get_attribute("aria-selected") == "true"
    assert opened.text("#panel h2") == "pupil support and Achievement"
    assert "Stated by" in cards.first.inner_text() and " … " in cards.first.inner_text()
    # Of many claims only the first is open.
    assert opened.page.locator("#panel .claim .body").count() == 1
    opened.page.click("#panel .claims-heading button")
    assert opened.page.locator("#panel .claim[open] .body").count() == cards.count()
    assert opened.page.locator("#panel svg.plot").count() > 0
    show("#on=claim%2Fnlc2005%3Akingsbridge-joint-attendance")
    (text,) = cards.all_inner_texts()
    for part in ("attributed", "improved", "cannot be separated", "Kingsbridge NLC", "Learning mentors"):
        assert part in text


def test_charts_keep_bounds_and_the_signs_of_changes(show: Show) -> None:
    nothing = {"value": None, "start": None, "end": None, "unit": "here", "periods": ["2002", "2004"], "others": []}
    other = {**nothing, "unit": "elsewhere", "value": 0, "bounds": {"value": "at-most"}}
    change = {**nothing, "value": 1.3, "others": [other]}
    levels = {**nothing, "start": 10, "end": 30, "bounds": {"start": "more-than", "end": "approximate"}}
    opened = show()
    script = "(figures) => [...plot.draw(figures, '').querySelectorAll('text')].map((text) => text.textContent)"
    assert opened.ask(script, change) == ["here", "+1.3", "elsewhere", "≤ +0"]
    assert opened.ask(script, levels) == ["> 10", "≈ 30", "2002", "2004"]


def test_a_network_is_outlined_filters_and_has_what_is_not_reported(show: Show, model: Model) -> None:
    penryn = [entity["id"] for entity in model.entities].index("nlc2005:penryn")
    claims = filter_claims(model, {"network": {penryn}})
    opened = show("#view=map&on=nlc2005%3Apenryn")
    assert set(shown(opened, "td.lit")) == set(expected(model, claims))
    fold = opened.page.locator("#panel details.facts", has_text="does not report")
    fold.locator("summary").click()
    not_reported = [model.not_reported[number] for number in model.entities[penryn]["not_reported"]]
    assert fold.locator("li").all_inner_texts() == [" ".join(text.split()) for text in not_reported]
    opened.page.click("#panel .actions button:has-text('Show only this')")
    assert shown(opened) == expected(model, claims)
    assert opened.page.locator("#panel .claim").count() == min(len(claims), 40)


def test_a_gap_is_named_a_gap(show: Show) -> None:
    opened = show()
    gap = opened.page.locator("td.gap").first
    assert gap.inner_text() == "–"
    assert "gap, no claim recorded" in str(gap.get_attribute("aria-label"))
    gap.click()
    assert "A gap." in opened.text("#panel") and "does not mean that there is no effect" in opened.text("#panel")


def test_rows_and_columns_open(show: Show, model: Model) -> None:
    opened = show()
    before = shown(opened)
    opened.page.locator("tbody th", has_text="pupil support").click()
    opened.page.locator("thead th", has_text="Achievement").click()
    after = shown(opened)
    assert {key: after[key] for key in before} == before
    names = [entity["label"] for entity in model.entities]
    cell = count_cells(model, filter_claims(model, {}))[names.index("learning mentors"), names.index("attendance")]
    assert after["learning mentors", "attendance"] == cell.claims


def test_practices_by_key_feature(show: Show, model: Model) -> None:
    opened = show()
    opened.page.select_option("#by", "feature")
    achievement = next(index for index in model.of_sort("feature") if model.label(index) == "Achievement")
    under = filter_claims(model, {"feature": {achievement}})
    cells = count_cells(model, [claim for claim in under if "practices" in model.claims[claim]])
    columns = {model.label(column) for _, column in cells if column in model.of_sort("feature")}
    assert {column for row, column in shown(opened) if row == "Under Achievement"} == columns
    opened.page.locator("tbody th", has_text="Under Achievement").click()
    families = {row for row, _ in cells} & set(rank_families(model))
    assert opened.page.locator("tbody th.inner1").count() == len(families)


def test_what_filters_hide_is_said_and_can_be_brought_back(show: Show) -> None:
    opened = show("#view=map&mark=0&link=link%3Aintended&direction=direction%3Aimproved")
    assert "No claim fits these filters together." in opened.text("#view")
    opened.page.click("#view .act")
    assert "Nothing is hidden." in opened.text("#sentence")
    opened.cell("talk about learning", "Achievement").click()
    opened.page.click('[data-facet="mark"][data-value="0"]')
    assert "hidden by your filters" in opened.text("#panel")
    opened.page.click("#panel .gap button")
    assert opened.page.locator("#panel .claim").count() > 0


def test_the_address_restores_the_view_as_far_as_it_can_be_read(show: Show) -> None:
    opened = show()
    opened.page.click('[data-facet="mark"][data-value="1"]')
    opened.page.locator("thead th", has_text="Well-being").click()
    opened.cell("pupil support", "Well-being").click()
    before = shown(opened), opened.text("#panel h2"), opened.text("#sentence")
    opened.page.go_back()
    opened.page.wait_for_function("() => document.querySelector('#panel h2').innerText === 'Well-being'")
    opened.page.go_forward()
    opened.page.wait_for_function("() => document.querySelector('#panel h2').innerText !== 'Well-being'")
    opened.load(opened.ask("() => location.hash"))
    assert (shown(opened), opened.text("#panel h2"), opened.text("#sentence")) == before
    show("#view=nowhere&on=%E0%A4%A&network=network%3Anobody&sort=%3Cscript%3E&steps=9")
    assert opened.page.get_attribute("#tab-map", "aria-selected") == "true"
    assert "Nothing is hidden." in opened.text("#sentence")
