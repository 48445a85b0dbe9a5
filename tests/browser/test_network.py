"""The drawing: readable, still, without arrowheads; a click leads to what lies around."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

from .conftest import Opened

Visit = Callable[..., Opened]
NETWORK = "#view=network"


def boxes(opened: Opened) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = opened.ask("() => explorer.network.boxes().filter((box) => box.shape === 'box')")
    return found


def test_the_whole_is_drawn_and_does_not_move(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, NETWORK)
    assert len(boxes(opened)) > 100
    picture = "() => document.querySelector('#drawing-ground canvas').toDataURL()"
    first = opened.ask(picture)
    opened.page.wait_for_timeout(600)
    assert opened.ask(picture) == first
    inked = "(canvas) => canvas.getContext('2d').getImageData(0, 0, 900, 500).data.some((value) => value)"
    assert opened.page.locator("#drawing-ground canvas").evaluate(inked)


def test_no_line_has_an_arrowhead(visit: Visit, bundled_file: Path) -> None:
    for address in (NETWORK, NETWORK + "&on=practice%3Alearning-mentors"):
        opened = visit(bundled_file, address)
        edges = opened.ask(
            "() => JSON.parse(document.getElementById('drawing').textContent).edges.map((e) => e.arrows)"
        )
        assert edges and set(edges) == {""}


def test_a_click_on_a_box_shows_what_lies_around_it_and_the_ground_leads_back(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, NETWORK)
    at = opened.ask("() => explorer.network.where('practice:story-making')")
    opened.page.mouse.click(at["x"], at["y"])
    assert opened.page.inner_text("#panel h2") == "story-making"
    names = {box["label"] for box in boxes(opened)}
    assert "story-making" in names and "learning mentors" not in names
    ground = opened.page.locator("#drawing-ground").bounding_box()
    assert ground
    opened.page.mouse.click(ground["x"] + 4, ground["y"] + 4)
    assert len(boxes(opened)) > 100
    assert not opened.page.is_visible("#panel")


def test_what_lies_around_is_readable_and_nothing_overlaps(visit: Visit, bundled_file: Path) -> None:
    for thing in ("practice%3Astory-making", "outcome%3Aattendance", "nlc2005%3Apenryn", "feature%3Awell-being"):
        opened = visit(bundled_file, f"{NETWORK}&on={thing}")
        at = opened.ask(f"() => explorer.network.where(decodeURIComponent('{thing}'))")
        assert at["scale"] * at["size"] >= 12
        drawn = opened.ask("() => explorer.network.measured()")
        for one, other in combinations(drawn, 2):
            apart = (
                one["right"] <= other["left"] + 1
                or other["right"] <= one["left"] + 1
                or one["bottom"] <= other["top"] + 1
                or other["bottom"] <= one["top"] + 1
            )
            assert apart, (thing, one["label"], other["label"])
        ground = opened.page.locator("#drawing-ground").bounding_box()
        assert ground and all(0 <= box["left"] and box["right"] <= ground["width"] for box in drawn)


def test_a_line_opens_the_evidence_on_the_two(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, NETWORK + "&on=practice%3Alearning-mentors")
    one = opened.ask("() => explorer.network.where('practice:learning-mentors')")
    other = opened.ask("() => explorer.network.where('nlc2005:kingsbridge')")
    opened.page.mouse.click((one["x"] + other["x"]) / 2, one["y"])
    assert opened.page.inner_text("#panel .kicker") == "Relationship"
    assert "Kingsbridge" in opened.page.inner_text("#panel h2")
    assert opened.page.locator("#panel .claim").count() > 0


def test_steps_outward_bring_more_in(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, NETWORK + "&on=practice%3Alearning-mentors")
    sizes = [len(boxes(opened))]
    for steps in ("2", "3"):
        opened.page.click(f'[data-steps="{steps}"]')
        sizes.append(len(boxes(opened)))
    assert sizes[0] < sizes[1] <= sizes[2] <= 60
    opened.page.click("#whole")
    assert len(boxes(opened)) > 100


def test_paths_from_a_practice_to_a_key_feature(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, NETWORK + "&on=practice%3Astory-making&on=feature%3Awell-being")
    sorts = opened.ask(
        "() => [...new Set(explorer.network.boxes().filter((b) => b.shape === 'box')"
        ".map((b) => explorer.counts.things[Number(b.id)].sort))].sort()"
    )
    assert sorts == ["feature", "network", "outcome", "practice"]
    features = [box["label"] for box in boxes(opened) if box["label"] in ("Well-being", "Attainment", "Achievement")]
    assert features == ["Well-being"]


def test_filters_thin_the_drawing(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, NETWORK)
    before = opened.ask("() => explorer.network.lines().size")
    opened.page.click('[data-facet="mark"][data-value="0"]')
    assert 0 < opened.ask("() => explorer.network.lines().size") < before


def test_lines_tell_the_link_type(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, NETWORK + "&on=practice%3Alearning-mentors")
    script = """() => explorer.network.edges().map((edge) => {
        const { counts } = explorer;
        const ranks = [...explorer.network.lines().get(edge.id)].map((place) => counts.rank(counts.claims[place].link));
        return [counts.things[Number(edge.from)].sort, Math.min(...ranks), String(edge.dashes)];
    })"""
    drawn = {tuple(line) for line in opened.ask(script)}
    expected = {0: "false", 1: "9,4", 2: "2,4"}
    assert all(dashes == (expected[rank] if sort == "practice" else "false") for sort, rank, dashes in drawn)
    assert {rank for sort, rank, _ in drawn if sort == "practice"} == {0, 1, 2}


def test_headings_stay_when_the_drawing_is_scrolled(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, NETWORK)
    opened.ask("() => document.querySelector('.network-scroll').scrollTo(0, 300)")
    frame = opened.page.locator(".network-scroll").bounding_box()
    words = opened.page.locator(".network-headings span")
    assert words.all_inner_texts() == ["Networks", "Practices", "Outcome types", "Key features"]
    first = words.first.bounding_box()
    assert frame and first and frame["y"] <= first["y"] <= frame["y"] + 40
