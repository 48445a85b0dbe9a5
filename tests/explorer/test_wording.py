"""Text fit to show: nothing unseen, nothing that turns the line, nothing endless."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from nlc_graph.explorer.wording import shortened, showable


def test_marks_of_direction_and_control_characters_are_taken_out() -> None:
    assert showable("a\u202eb\u2066c\x00d\x1be\u200ff\ud800g\u2028h") == "abcdefgh"


def test_other_scripts_line_breaks_and_joiners_stay() -> None:
    text = "مدرسة 学校 👩\u200d🏫\tnew\nline"
    assert showable(text) == text


@given(st.text())
def test_what_is_shown_can_be_written_as_utf8_and_holds_no_control(text: str) -> None:
    shown = showable(text)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert not [c for c in shown if unicodedata.category(c) == "Cc" and c not in "\t\n"]
    assert showable(shown) == shown


@given(st.text(), st.integers(2, 40))
def test_shortened_text_is_no_longer_than_asked(text: str, length: int) -> None:
    short = shortened(text, length)
    assert len(short) <= length
    assert "\n" not in short
