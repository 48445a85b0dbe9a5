"""Places in the drawing: bands without overlap, boxes as near as can be to where they are wanted."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nlc_graph.explorer.layers import BAND_GAP, COLUMN_X, PLACE_WIDTH, ROW_HEIGHT, TALL, bands, column


def test_bands_lie_below_one_another_three_abreast() -> None:
    at, middles, height = bands(1, [["a", "b", "c", "d"], ["e"]])
    left, width = COLUMN_X[1], PLACE_WIDTH[1]
    assert at == {
        "a": (left + width / 2, ROW_HEIGHT / 2),
        "b": (left + width * 3 / 2, ROW_HEIGHT / 2),
        "c": (left + width * 5 / 2, ROW_HEIGHT / 2),
        "d": (left + width / 2, ROW_HEIGHT * 3 / 2),
        "e": (left + width / 2, ROW_HEIGHT * 5 / 2 + BAND_GAP),
    }
    assert middles == [ROW_HEIGHT, ROW_HEIGHT * 5 / 2 + BAND_GAP]
    assert height == ROW_HEIGHT * 3 + BAND_GAP


def test_nothing_takes_no_height() -> None:
    assert bands(2, []) == ({}, [], 0)
    assert bands(2, [[]]) == ({}, [0.0], 0)
    assert column(0, [], 100) == {}


@given(st.lists(st.floats(0, 500), max_size=20), st.floats(0, 900))
def test_boxes_of_a_column_never_overlap_nor_leave_it(wanted: list[float], height: float) -> None:
    placed = column(3, list(enumerate(wanted)), height)
    ys = sorted(y for _, y in placed.values())
    assert len(placed) == len(wanted)
    assert all(below - above >= TALL - 1e-6 for above, below in pairwise(ys))
    assert all(TALL / 2 - 1e-6 <= y <= max(height, len(wanted) * TALL) - TALL / 2 + 1e-6 for y in ys)


def test_a_box_with_room_stands_where_it_is_wanted() -> None:
    placed = column(0, [("low", 400.0), ("high", 100.0)], 500)
    assert {box: y for box, (_, y) in placed.items()} == {"high": 100.0, "low": 400.0}
