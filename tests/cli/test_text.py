"""Tables and paragraphs that fit the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlc_graph.cli.text import MIN_WIDTH, clean, display_width, fit_widths, paragraph, terminal_width, to_text
from nlc_graph.table import as_table


def test_small_table_is_aligned_and_no_wider_than_needed() -> None:
    table = as_table(["a", "bb"], [["x", "yyy"], ["long", None]])
    assert to_text(table, 80) == "a     bb\n----  ---\nx     yyy\nlong\n"


def test_long_cell_is_wrapped_between_words() -> None:
    assert to_text(as_table(["a", "b"], [["x", "one two three"]]), 10) == "a  b\n-  -------\nx  one two\n   three\n"


def test_wide_characters_take_two_cells() -> None:
    assert display_width("日本") == 4
    assert display_width("e\u0301") == 1


def test_control_and_bidi_characters_are_dropped() -> None:
    assert clean("a\x1b[0m\u202eb\n c") == "a[0mb c"


def test_paragraph_has_a_hanging_indent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert paragraph("one two three four five six seven eight nine", 2) == [
        "  one two three four five six seven",
        "    eight nine",
    ]


@pytest.mark.parametrize(("columns", "width"), [("80", 80), ("0", 120), ("-7", 120), ("²", 120), ("", 120)])
def test_terminal_width(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("sys.__stdout__", None)
    monkeypatch.setattr("os.get_terminal_size", lambda _: (_ for _ in ()).throw(OSError))
    assert terminal_width() == width


@settings(max_examples=30)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=8), st.integers(20, 200))
def test_widths_fit_or_are_the_least(natural: list[int], width: int) -> None:
    widths = fit_widths(natural, width)
    fits = sum(widths) + 2 * (len(widths) - 1) <= width
    assert fits or all(each <= MIN_WIDTH for each in widths)
    assert all(narrowed <= each for narrowed, each in zip(widths, natural, strict=True))


@settings(max_examples=30)
@given(st.lists(st.lists(st.text(max_size=60), min_size=2, max_size=2), max_size=5))
def test_no_line_is_too_wide(rows: list[list[str]]) -> None:
    for line in to_text(as_table(["a", "b"], rows), 60).splitlines():
        assert len(line) <= 60
