"""What people type as a number: what it means, or what to do about it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nlc_graph.sheet.values import ValueMistakeError, read_number

RANGE = "a range is no figure: write one number, how exact it is under 'precision', and the range under 'note'"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("92", "92"), ("−3.50", "-3.50"), ("1\N{NO-BREAK SPACE}240", "1240"), ("1 240", "1240"),
        ("1\N{THIN SPACE}240\N{NARROW NO-BREAK SPACE}000.5", "1240000.5"),
        ("2.900000000000006", "2.9"), ("62.33333333333334", "62.3333333333"), ("100.0000000000001", "100"),
        ("0.123456789012", "0.123456789012"),
    ],
)  # fmt: skip
def test_a_number(text: str, number: str) -> None:
    assert str(read_number(text)) == str(Decimal(number))


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("ca. 62", "write 62 here and 'approximate' under the column for its precision"),
        ("~200", "write 200 here and 'approximate' under the column for its precision"),
        (">200", "write 200 here and 'more than' under the column for its precision"),
        ("fewer than 3", "write 3 here and 'less than' under the column for its precision"),
        ("≥ 10", "write 10 here and 'at least' under the column for its precision"),
        ("up to 5.5", "write 5.5 here and 'at most' under the column for its precision"),
        ("4-5", RANGE),
        ("4 pts", "write 4 here and what it counts under 'unit'"),
        ("2022-03-01", "it is a date: format the cell as a number, and type the number anew"),
        ("1 2", "write digits such as 92 or 10.7; leave it empty if the source gives none"),
        ("many", "write digits such as 92 or 10.7; leave it empty if the source gives none"),
    ],
)  # fmt: skip
def test_no_number(text: str, remedy: str) -> None:
    with pytest.raises(ValueMistakeError) as raised:
        read_number(text)
    assert (raised.value.problem, raised.value.remedy) == ("not a number", remedy)
