"""The network: readable, still, without arrowheads. The table: sorted, paged and saved as it is shown."""

from __future__ import annotations

import csv
import io
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from .conftest import Opened, Show

pytestmark = pytest.mark.slow
NETWORK = "#view=network"
MENTORS = NETWORK + "&on=practice%3Alearning-mentors"


def boxes(opened: Opened) -> list[str]:
    """Return the labels of the boxes that are drawn."""
    script = "() => explorer.network.boxes().filter((box) => box.shape === 'box').map((box) => box.label)"
    labels: list[str] = opened.ask(script)
    return labels


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    across = one["left"] + 1 < other["right"] and other["left"] + 1 < one["right"]
    return bool(across and one["top"] + 1 < other["bottom"] and other["top"] + 1 < one["bottom"])


def test_the_whole_network_is_drawn_and_does_not_move(show: Show) -> None:
    opened = show(NETWORK)
    assert len(boxes(opened)) > 100
    picture = "document.querySelector('#drawing-ground canvas').toDataURL()"
    frames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    assert opened.ask(f"async () => {{ const first = {picture}; await {frames}; return first === {picture} }}")
    inked = "(canvas) => canvas.getContext('2d').getImageData(0, 0, 900, 500).data.some((value) => value)"
    assert opened.page.locator("#drawing-ground canvas").evaluate(inked)


def test_a_click_on_a_box_shows_its_neighbours_and_one_beside_it_the_whole(show: Show) -> None:
    opened = show(NETWORK)
    at = opened.ask("() => explorer.network.where('practice:story-making')")
    opened.page.mouse.click(at["x"], at["y"])
    assert opened.text("#panel h2") == "story-making"
    assert "story-making" in boxes(opened) and "learning mentors" not in boxes(opened)
    ground = opened.page.locator("#drawing-ground").bounding_box()
    assert ground
    opened.page.mouse.click(ground["x"] + 4, ground["y"] + 4)
    assert len(boxes(opened)) > 100
    assert not opened.page.is_visible("#panel")


@pytest.mark.parametrize(
    "entity", ["practice:story-making", "outcome:attendance", "nlc2005:penryn", "feature:well-being"]
)
def test_neighbours_are_readable_and_do_not_overlap(show: Show, entity: str) -> None:
    opened = show(f"{NETWORK}&on={entity}")
    at = opened.ask("(entity) => explorer.network.where(entity)", entity)
    assert at["scale"] * at["size"] >= 12
    drawn = opened.ask("() => explorer.network.measured()")
    assert not [(one["label"], other["label"]) for one, other in combinations(drawn, 2) if overlap(one, other)]
    ground = opened.page.locator("#drawing-ground").bounding_box()
    assert ground and all(0 <= box["left"] and box["right"] <= ground["width"] for box in drawn)


def test_a_line_opens_the_evidence_on_its_ends(show: Show) -> None:
    opened = show(MENTORS)
    one = opened.ask("() => explorer.network.where('practice:learning-mentors')")
    other = opened.ask("() => explorer.network.where('nlc2005:kingsbridge')")
    opened.page.mouse.click((one["x"] + other["x"]) / 2, one["y"])
    assert opened.text("#panel .kicker") == "Relationship"
    assert "Kingsbridge" in opened.text("#panel h2")
    assert opened.page.locator("#panel .claim").count() > 0


def test_filters_reduce_the_network(show: Show) -> None:
    opened = show(NETWORK)
    before = opened.ask("() => explorer.network.lines().size")
    opened.page.click('[data-facet="mark"][data-value="0"]')
    assert 0 < opened.ask("() => explorer.network.lines().size") < before


def test_dashes_show_the_link_type_and_no_line_has_an_arrowhead(show: Show) -> None:
    script = """() => explorer.network.edges().map((edge) => {
        const { counts } = explorer;
        const ranks = [...explorer.network.lines().get(edge.id)].map((claim) => counts.rank(counts.claims[claim].link));
        return [counts.entities[Number(edge.from)].sort, Math.min(...ranks), String(edge.dashes), edge.arrows];
    })"""
    stories = MENTORS.replace("learning-mentors", "story-making")
    drawn = {tuple(line) for line in show(stories).ask(script)}
    assert {line[1:] for line in drawn if line[0] == "practice"} == {
        (0, "false", ""),
        (1, "9,4", ""),
        (2, "2,4", ""),
    }
    assert {line[2:] for line in drawn if line[0] != "practice"} == {("false", "")}


def column(opened: Opened, number: int) -> list[str]:
    return opened.page.locator(f"#view tbody td:nth-child({number})").all_inner_texts()


@pytest.mark.parametrize(("field", "number"), [("text", 1), ("practice", 2), ("outcome", 3), ("network", 4)])
def test_columns_sort_both_ways(show: Show, field: str, number: int) -> None:
    opened = show("#view=table")
    for order in ("ascending", "descending"):
        opened.page.click(f'[data-sort="{field}"]')
        assert opened.page.get_attribute(f"#view th:nth-child({number})", "aria-sort") == order
        texts = [text.casefold() for text in column(opened, number)]
        assert texts == sorted(texts, reverse=order == "descending")
    assert opened.ask("() => document.activeElement.dataset.sort") == field


def test_pages_hold_a_hundred_rows(show: Show) -> None:
    opened = show("#view=table")
    first = column(opened, 1)
    assert len(first) == 100
    opened.page.click("#next")
    assert "page 2 of" in opened.text(".table-bar")
    assert column(opened, 1) != first


def test_csv_holds_what_is_in_view_and_no_formula(show: Show) -> None:
    opened = show("#view=table&mark=0")
    with opened.page.expect_download() as download:
        opened.page.click("#csv")
    saved = Path(download.value.path()).read_bytes()
    assert saved.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(saved.decode("utf-8-sig"))))
    assert len(rows) == int(opened.text(".table-bar b"))
    assert all(row["Identifier"] and row["Where in the source"] for row in rows)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
