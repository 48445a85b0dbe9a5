"""Columns that fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlc_graph.cli.text import MIN_WIDTH, clean, display_width, fit_widths, lay_out


def test_a_small_table_is_aligned_and_no_wider_than_needed() -> None:
    assert lay_out(["a", "bb"], [["x", "yyy"], ["long", ""]], 80) == "a     bb\n----  ---\nx     yyy\nlong\n"


def test_a_long_cell_is_wrapped_between_words() -> None:
    text = lay_out(["a", "b"], [["x", "one two three"]], 10)
    assert text == "a  b\n-  -------\nx  one two\n   three\n"


def test_wide_characters_take_two_cells() -> None:
    assert display_width("日本") == 4
    assert display_width("e\u0301") == 1


def test_control_and_bidi_characters_are_dropped() -> None:
    assert clean("a\x1b[0m\u202eb\n c") == "a[0mb c"


@given(st.lists(st.integers(1, 300), min_size=1, max_size=8), st.integers(20, 200))
def test_widths_fit_or_are_the_least(natural: list[int], width: int) -> None:
    widths = fit_widths(natural, width)
    fits = sum(widths) + 2 * (len(widths) - 1) <= width
    assert fits or all(w <= max(MIN_WIDTH, 1) for w in widths)
    assert all(w <= n for w, n in zip(widths, natural, strict=True))


@given(st.lists(st.lists(st.text(max_size=60), min_size=2, max_size=2), max_size=5))
def test_no_line_is_too_wide(rows: list[list[str]]) -> None:
    for line in lay_out(["a", "b"], rows, 60).splitlines():
        assert len(line) <= 60
