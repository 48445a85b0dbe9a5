"""The evidence map, used with the mouse: what is counted, what opens, and that gaps are gaps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nlc_graph import Graph
from nlc_graph.explorer.counts import NONE, cells, families, filtered
from nlc_graph.explorer.model import MARKS, Model, build_model

from .conftest import Opened

Visit = Callable[..., Opened]


@pytest.fixture(scope="module")
def model(bundled: Graph) -> Model:
    return build_model(bundled)


def shown(opened: Opened) -> dict[tuple[str, str], int]:
    """Return what the cells say: labels of row and column to number of claims."""
    script = """() => [...document.querySelectorAll('td[data-claims]')].map((cell) => {
        const head = cell.closest('table').rows[0].cells[cell.cellIndex].title;
        return [cell.parentNode.cells[0].title, head, Number(cell.dataset.claims)];
    })"""
    return {(row, column): count for row, column, count in opened.ask(script)}


def expected(model: Model, claims: list[int]) -> dict[tuple[str, str], int]:
    rows = [*families(model), NONE]
    labels = {NONE: "No practice tied"} | {place: thing["label"] for place, thing in enumerate(model.things)}
    found = cells(model, claims)
    return {
        (labels[row], labels[column]): found[row, column].claims
        for row in rows
        for column in model.of_sort("feature")
        if (row, column) in found
    }


def test_the_first_screen_shows_every_key_feature_and_counts_as_python_does(
    visit: Visit, bundled_file: Path, model: Model
) -> None:
    opened = visit(bundled_file)
    assert opened.page.title() == "Which practices relate to which impacts"
    assert shown(opened) == expected(model, filtered(model, {}))
    pane = opened.page.locator("#map-scroll").bounding_box()
    heads = [head.bounding_box() for head in opened.page.locator("thead th").all()]
    assert pane and len(heads) == 7
    assert all(head and head["x"] + head["width"] <= pane["x"] + pane["width"] + 1 for head in heads)
    sentence = opened.page.inner_text("#sentence")
    assert sentence.startswith(f"{len(model.claims)} claims on ") and sentence.endswith("Nothing is hidden.")


@pytest.mark.parametrize("facets", [["mark"], ["link"], ["network"], ["mark", "network"], ["feature", "direction"]])
def test_every_filter_counts_as_python_does(visit: Visit, bundled_file: Path, model: Model, facets: list[str]) -> None:
    values = {facet: 1 if facet == "mark" else model.of_sort(facet)[1 if facet != "network" else 0] for facet in facets}
    names = {facet: str(value) if facet == "mark" else model.things[value]["id"] for facet, value in values.items()}
    address = "&".join(f"{facet}={name.replace(':', '%3A')}" for facet, name in names.items())
    opened = visit(bundled_file, f"#view=map&{address}")
    kept = filtered(model, {facet: {value} for facet, value in values.items()})
    assert shown(opened) == expected(model, kept)
    assert 0 < len(kept) < len(model.claims)
    hidden = len(model.claims) - len(kept)
    assert f"{hidden:,} claim" in opened.page.inner_text("#sentence")
    opened.page.click("#clear")
    assert shown(opened) == expected(model, filtered(model, {}))
    assert not opened.page.is_visible("#clear")


def test_the_legend_is_the_filter_and_says_how_many(visit: Visit, bundled_file: Path, model: Model) -> None:
    opened = visit(bundled_file)
    for value in range(len(MARKS)):
        button = opened.page.locator(f'[data-facet="mark"][data-value="{value}"]')
        assert button.locator(".amount").inner_text() == f"{len(filtered(model, {'mark': {value}})):,}"
    opened.page.click('[data-facet="mark"][data-value="0"]')
    assert opened.page.get_attribute('[data-facet="mark"][data-value="0"]', "aria-pressed") == "true"
    assert shown(opened) == expected(model, filtered(model, {"mark": {0}}))
    opened.page.click("#tab-table")
    assert opened.page.inner_text(".table-bar b") == str(len(filtered(model, {"mark": {0}})))


def test_a_cell_opens_its_evidence(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file)
    cell = opened.cell("pupil support", "Achievement")
    cell.click()
    cards = opened.page.locator("#panel .claim")
    assert cards.count() == int(cell.get_attribute("data-claims"))
    assert cell.get_attribute("aria-selected") == "true"
    assert opened.page.inner_text("#panel h2") == "pupil support and Achievement"
    first = cards.first.inner_text()
    assert "Says who" in first and " … " in first
    # Of more than a few claims only the first is unfolded.
    assert opened.page.locator("#panel .claim .body").count() == 1
    opened.page.click("#panel .claims-heading button")
    assert opened.page.locator("#panel .claim[open] .body").count() == cards.count()
    assert opened.page.locator("#panel svg.plot").count() > 0


def test_a_drawing_keeps_bounds_and_the_signs_of_changes(visit: Visit, bundled_file: Path) -> None:
    nothing = {"value": None, "start": None, "end": None}
    other = {**nothing, "unit": "elsewhere", "value": 0, "bounds": {"value": "at-most"}}
    change = {**nothing, "unit": "here", "value": 1.3, "periods": ["2002", "2004"], "others": [other]}
    bounds = {"start": "more-than", "end": "approximate"}
    levels = {
        **nothing,
        "unit": "here",
        "start": 10,
        "end": 30,
        "periods": ["2002", "2004"],
        "bounds": bounds,
        "others": [],
    }
    opened = visit(bundled_file)
    script = "(figures) => [...plot.draw(figures, '').querySelectorAll('text')].map((text) => text.textContent)"
    assert [opened.page.evaluate(script, each) for each in (change, levels)] == [
        ["here", "+1.3", "elsewhere", "≤ +0"],
        ["> 10", "≈ 30", "2002", "2004"],
    ]


def test_cells_of_a_selection_are_outlined(visit: Visit, bundled_file: Path, model: Model) -> None:
    opened = visit(bundled_file, "#view=map&on=nlc2005%3Apenryn")
    place = next(number for number, thing in enumerate(model.things) if thing["id"] == "nlc2005:penryn")
    mine = expected(model, filtered(model, {"network": {place}}))
    script = """() => [...document.querySelectorAll('td.lit')].map((cell) =>
        [cell.parentNode.cells[0].title, cell.closest('table').rows[0].cells[cell.cellIndex].title])"""
    assert {(row, column) for row, column in opened.ask(script)} == set(mine)
    opened.page.click("#panel .actions button:has-text('Show only this')")
    assert shown(opened) == mine
    assert opened.page.locator("#panel .claim").count() == min(len(filtered(model, {"network": {place}})), 40)


def test_the_panel_tells_what_the_source_does_not_say(visit: Visit, bundled_file: Path, model: Model) -> None:
    opened = visit(bundled_file, "#on=nlc2005%3Apenryn")
    penryn = next(thing for thing in model.things if thing["id"] == "nlc2005:penryn")
    fold = opened.page.locator("#panel details.facts", has_text="does not say")
    fold.locator("summary").click()
    texts = fold.locator("li").all_inner_texts()
    assert texts == [" ".join(model.silences[number].split()) for number in penryn["silent"]]


def test_directions_of_a_selection_add_up(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, "#on=practice%3Apupil-support")
    total, parts = opened.page.inner_text("#panel .tally p").rstrip(".").split(" claims: ")
    assert sum(int(part.split()[0]) for part in parts.split("; ")) == int(total)


def test_a_gap_is_named_a_gap(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file)
    gap = opened.page.locator("td.gap").first
    assert gap.inner_text() == "–"
    assert "gap, no claim recorded" in str(gap.get_attribute("aria-label"))
    gap.click()
    assert "A gap." in opened.page.inner_text("#panel")
    assert "not to say that there is no effect" in opened.page.inner_text("#panel")


def test_rows_and_columns_open_and_their_headings_stay(visit: Visit, bundled_file: Path, model: Model) -> None:
    opened = visit(bundled_file)
    before = shown(opened)
    opened.page.locator("tbody th", has_text="pupil support").click()
    opened.page.locator("thead th", has_text="Achievement").click()
    after = shown(opened)
    assert {key: after[key] for key in before} == before
    labels = [thing["label"] for thing in model.things]
    place = {label: number for number, label in enumerate(labels)}
    found = cells(model, filtered(model, {}))
    assert after["learning mentors", "attendance"] == found[place["learning mentors"], place["attendance"]].claims
    opened.ask("() => document.getElementById('map-scroll').scrollTo(200, 200)")
    pane = opened.page.locator("#map-scroll").bounding_box()
    corner = opened.page.locator(".corner").bounding_box()
    assert pane and corner and (round(corner["x"]), round(corner["y"])) == (round(pane["x"]), round(pane["y"]))


def test_practices_by_key_feature(visit: Visit, bundled_file: Path, model: Model) -> None:
    opened = visit(bundled_file)
    opened.page.select_option("#by", "feature")
    achievement = next(p for p in model.of_sort("feature") if model.things[p]["label"] == "Achievement")
    under = filtered(model, {"feature": {achievement}})
    tied = [place for place in under if model.claims[place].get("practices")]
    found = cells(model, tied)
    columns = {column for _, column in found} & set(model.of_sort("feature"))
    mine = {column for row, column in shown(opened) if row == "Under Achievement"}
    assert mine == {model.things[column]["label"] for column in columns}
    opened.page.locator("tbody th", has_text="Under Achievement").click()
    tops = {row for row, _ in found} & set(families(model))
    assert opened.page.locator("tbody th.inner1").count() == len(tops)


def test_filters_that_leave_nothing_lead_back(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, "#view=map&mark=0&link=link%3Aintended&direction=direction%3Aimproved")
    assert "No claim fits these filters together." in opened.page.inner_text("#view")
    opened.page.click("#view .act")
    assert "Nothing is hidden." in opened.page.inner_text("#sentence")


def test_a_selection_that_filters_hide_says_so(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file)
    opened.cell("talk about learning", "Achievement").click()
    opened.page.click('[data-facet="mark"][data-value="0"]')
    assert "hidden by your filters" in opened.page.inner_text("#panel")
    opened.page.click("#panel .gap button")
    assert opened.page.locator("#panel .claim").count() > 0


def test_the_address_brings_the_view_back(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file)
    opened.page.click('[data-facet="mark"][data-value="1"]')
    opened.page.locator("thead th", has_text="Well-being").click()
    opened.cell("pupil support", "Well-being").click()
    again = visit(bundled_file, opened.ask("() => location.hash"))
    assert shown(again) == shown(opened)
    for where in ("#panel h2", "#sentence"):
        assert again.page.inner_text(where) == opened.page.inner_text(where)
    opened.page.go_back()
    opened.page.wait_for_function("() => document.querySelector('#panel h2').innerText === 'Well-being'")


def test_an_address_that_makes_no_sense_shows_the_map(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, "#view=nowhere&on=%E0%A4%A&network=network%3Anobody&sort=%3Cscript%3E&steps=9")
    assert opened.page.get_attribute("#tab-map", "aria-selected") == "true"
    assert "Nothing is hidden." in opened.page.inner_text("#sentence")


def read_cards(opened: Opened) -> list[Any]:
    return opened.page.locator("#panel .claim").all_inner_texts()


def test_a_claim_tells_link_direction_and_caution(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, "#on=claim%2Fnlc2005%3Akingsbridge-joint-attendance")
    (text,) = read_cards(opened)
    for words in ("attributed", "improved", "their parts cannot be told apart", "Kingsbridge NLC", "Learning mentors"):
        assert words in text
