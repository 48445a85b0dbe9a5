"""The network: which nodes are joined, where they stand, and that nothing moves or points."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlc_graph import Graph
from nlc_graph.explorer import layout
from nlc_graph.explorer.builder import build_model
from nlc_graph.explorer.layout import BAND_GAP, BOX_HEIGHT, COLUMN_X, NODE_WIDTH, ROW_HEIGHT
from nlc_graph.explorer.model import Model


def labelled(model: Model, lines: layout.Lines) -> dict[tuple[str, str], int]:
    return {(model.label(left), model.label(right)): claims for (left, right), claims in lines.items()}


def test_claims_join_networks_practices_outcomes_and_features(model: Model) -> None:
    assert labelled(model, layout.count_lines(model)) == {
        ("Alder NLC", "learning mentors"): 2,
        ("Alder NLC", "nurture room"): 1,
        ("Alder NLC", "story-making"): 1,
        ("Birch NLC", "story-making"): 1,
        ("Birch NLC", "story-maps"): 1,
        ("learning mentors", "attendance"): 1,
        ("learning mentors", "engagement"): 1,
        ("nurture room", "engagement"): 1,
        ("story-making", "writing"): 2,
        ("story-maps", "confidence and self-belief"): 1,
        ("attendance", "Achievement"): 1,
        ("engagement", "Well-being"): 1,
        ("confidence and self-belief", "Well-being"): 1,
        ("writing", "Attainment"): 2,
    }


def test_grouping_joins_families_with_features(model: Model) -> None:
    assert labelled(model, layout.group_lines(model, layout.count_lines(model))) == {
        ("Alder NLC", "pupil support"): 3,
        ("Alder NLC", "curriculum development"): 1,
        ("Birch NLC", "curriculum development"): 2,
        ("pupil support", "Achievement"): 1,
        ("pupil support", "Well-being"): 2,
        ("curriculum development", "Attainment"): 2,
        ("curriculum development", "Well-being"): 1,
    }


def test_columns_stand_left_to_right_without_overlap(bundled: Graph) -> None:
    model = build_model(bundled)
    lines = layout.count_lines(model)
    positions, _ = layout.place_nodes(model, lines)
    assert set(positions) == {end for ends in lines for end in ends}
    xs = [[x for node, (x, _) in positions.items() if model.entities[node]["sort"] == sort] for sort in layout.COLUMNS]
    assert all(max(left) < min(right) for left, right in pairwise(xs))
    assert len(set(positions.values())) == len(positions)


def test_nothing_moves_and_no_line_has_an_arrowhead(model: Model) -> None:
    network = layout.draw(model)[0]
    assert network.options["physics"] == {"enabled": False}
    assert {edge["arrows"] for edge in network.edges} == {""}
    assert all({"x", "y"} <= set(node) for node in network.nodes)


def test_too_many_nodes_are_grouped_and_counted(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    assert layout.draw(model)[1]["not_drawn"] == 0
    monkeypatch.setattr(layout, "MOST_NODES", 5)
    network, sizes = layout.draw(model)
    # Four practices and four outcome types have claims; none of them is a family.
    assert sizes["not_drawn"] == 8
    drawn = {node["label"] for node in network.nodes}
    assert drawn >= {"pupil support", "curriculum development", "Well-being"} and "story-making" not in drawn


def test_bands_lie_below_one_another_three_abreast() -> None:
    positions, middles, height = layout.place_bands(1, [[1, 2, 3, 4], [5]])
    left, width = COLUMN_X[1], NODE_WIDTH[1]
    assert positions == {
        1: (left + width / 2, ROW_HEIGHT / 2),
        2: (left + width * 3 / 2, ROW_HEIGHT / 2),
        3: (left + width * 5 / 2, ROW_HEIGHT / 2),
        4: (left + width / 2, ROW_HEIGHT * 3 / 2),
        5: (left + width / 2, ROW_HEIGHT * 5 / 2 + BAND_GAP),
    }
    assert (middles, height) == ([ROW_HEIGHT, ROW_HEIGHT * 5 / 2 + BAND_GAP], ROW_HEIGHT * 3 + BAND_GAP)
    assert layout.place_bands(2, [[]]) == ({}, [0.0], 0)


@given(st.lists(st.floats(0, 500), max_size=20), st.floats(0, 900))
def test_boxes_of_a_column_never_overlap_nor_leave_it(wanted: list[float], height: float) -> None:
    placed = layout.place_boxes(3, list(enumerate(wanted)), height)
    ys = sorted(y for _, y in placed.values())
    assert len(placed) == len(wanted)
    assert all(below - above >= BOX_HEIGHT - 1e-6 for above, below in pairwise(ys))
    assert all(BOX_HEIGHT / 2 - 1e-6 <= y <= max(height, len(ys) * BOX_HEIGHT) - BOX_HEIGHT / 2 + 1e-6 for y in ys)
