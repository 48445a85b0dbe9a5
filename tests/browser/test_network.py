"""The network: readable and still, without arrowheads; a click leads to the neighbours."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from .conftest import Opened, Visit

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


def test_the_whole_network_is_drawn_and_does_not_move(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, NETWORK)
    assert len(boxes(opened)) > 100
    picture = "document.querySelector('#drawing-ground canvas').toDataURL()"
    frames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    assert opened.ask(f"async () => {{ const first = {picture}; await {frames}; return first === {picture} }}")
    inked = "(canvas) => canvas.getContext('2d').getImageData(0, 0, 900, 500).data.some((value) => value)"
    assert opened.page.locator("#drawing-ground canvas").evaluate(inked)


def test_a_click_on_a_box_shows_its_neighbours_and_one_beside_it_the_whole(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, NETWORK)
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
def test_neighbours_are_readable_and_do_not_overlap(visit: Visit, bundled_file: Path, entity: str) -> None:
    opened = visit(bundled_file, f"{NETWORK}&on={entity}")
    at = opened.ask("(entity) => explorer.network.where(entity)", entity)
    assert at["scale"] * at["size"] >= 12
    drawn = opened.ask("() => explorer.network.measured()")
    assert not [(one["label"], other["label"]) for one, other in combinations(drawn, 2) if overlap(one, other)]
    ground = opened.page.locator("#drawing-ground").bounding_box()
    assert ground and all(0 <= box["left"] and box["right"] <= ground["width"] for box in drawn)


def test_a_line_opens_the_evidence_on_its_ends(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, MENTORS)
    one = opened.ask("() => explorer.network.where('practice:learning-mentors')")
    other = opened.ask("() => explorer.network.where('nlc2005:kingsbridge')")
    opened.page.mouse.click((one["x"] + other["x"]) / 2, one["y"])
    assert opened.text("#panel .kicker") == "Relationship"
    assert "Kingsbridge" in opened.text("#panel h2")
    assert opened.page.locator("#panel .claim").count() > 0


def test_more_steps_show_more_and_a_pair_the_paths_between(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, MENTORS)
    sizes = [len(boxes(opened))]
    for steps in ("2", "3"):
        opened.page.click(f'[data-steps="{steps}"]')
        sizes.append(len(boxes(opened)))
    assert sizes[0] < sizes[1] <= sizes[2] <= 60
    opened.page.click("#whole")
    assert len(boxes(opened)) > 100
    opened.show(bundled_file, NETWORK + "&on=practice%3Astory-making&on=feature%3Awell-being")
    assert "story-making" in boxes(opened) and "Well-being" in boxes(opened) and "Attainment" not in boxes(opened)


def test_filters_reduce_the_network(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, NETWORK)
    before = opened.ask("() => explorer.network.lines().size")
    opened.page.click('[data-facet="mark"][data-value="0"]')
    assert 0 < opened.ask("() => explorer.network.lines().size") < before


def test_dashes_show_the_link_type_and_no_line_has_an_arrowhead(visit: Visit, bundled_file: Path) -> None:
    script = """() => explorer.network.edges().map((edge) => {
        const { counts } = explorer;
        const ranks = [...explorer.network.lines().get(edge.id)].map((claim) => counts.rank(counts.claims[claim].link));
        return [counts.entities[Number(edge.from)].sort, Math.min(...ranks), String(edge.dashes), edge.arrows];
    })"""
    drawn = {tuple(line) for line in visit(bundled_file, MENTORS).ask(script)}
    assert {line[1:] for line in drawn if line[0] == "practice"} == {
        (0, "false", ""),
        (1, "9,4", ""),
        (2, "2,4", ""),
    }
    assert {line[2:] for line in drawn if line[0] != "practice"} == {("false", "")}


def test_headings_stay_while_scrolling(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, NETWORK)
    opened.ask("() => document.querySelector('.network-scroll').scrollTo(0, 300)")
    frame = opened.page.locator(".network-scroll").bounding_box()
    headings = opened.page.locator(".network-headings span")
    assert headings.all_inner_texts() == ["Networks", "Practices", "Outcome types", "Key features"]
    first = headings.first.bounding_box()
    assert frame and first and frame["y"] <= first["y"] <= frame["y"] + 40
