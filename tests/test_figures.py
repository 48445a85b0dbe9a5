"""Numbers in words: a change is never said as a level, and no bound is dropped."""

from __future__ import annotations

import pytest

from nlc_graph.evidence.statistics import (
    INEXACT,
    Comparator,
    Figures,
    in_words,
    precision_of_difference,
    precision_of_size,
    unit_of_change,
)
from nlc_graph.table import Ref
from nlc_graph.vocabulary import BASE, local_name

PERCENT, POINTS = Ref(f"{BASE}unit/percent"), Ref(f"{BASE}unit/percentage-points")


def precision(name: str) -> Ref | None:
    return Ref(f"{BASE}precision/{name}") if name else None


def said(
    *,
    value: float | None = None,
    start: float | None = None,
    end: float | None = None,
    is_change: bool = True,
    bounds: tuple[str, str, str] = ("", "", ""),
    other: Comparator | None = None,
) -> str:
    """Say the numbers of a figure in per cent for a school, without what stands before them."""
    computed = end - start if start is not None and end is not None else None
    periods = (Ref("2020"), Ref("2022")) if is_change else (Ref("2022"),)
    of_value, of_start, of_end = map(precision, bounds)
    others = (other,) if other else ()
    figures = Figures(
        *(Ref("rate"), Ref("school"), PERCENT, value, start, end, computed, periods, of_value, others),
        is_change=is_change,
        start_precision=of_start,
        end_precision=of_end,
    )
    labels = {PERCENT: "per cent", POINTS: "percentage points"}
    return in_words(lambda iri: labels.get(Ref(iri), local_name(iri).replace("-", " ")), figures).removeprefix(
        "rate, school: "
    )


def test_a_level_stands_bare_and_a_change_has_its_sign() -> None:
    assert said(value=60.2, is_change=False) == "60.2 per cent, 2022"
    assert said(value=17.0) == "+17 per cent, 2020 to 2022"
    assert said(value=0.0) == "+0 per cent, 2020 to 2022"
    assert said(value=-3.3) == "-3.3 per cent, 2020 to 2022"
    assert said(value=1234567.5, is_change=False) == "1234567.5 per cent, 2022"  # in all its digits
    assert said() == "no number given, 2020 to 2022"


def test_what_is_stated_in_per_cent_and_is_the_difference_of_its_levels_is_said_once_in_points() -> None:
    assert said(start=44, end=61) == "from 44 to 61 (change +17 percentage points), 2020 to 2022"
    assert said(value=17, start=44, end=61) == "from 44 to 61 (change +17 percentage points), 2020 to 2022"
    # Growth in relation to the first level is another number.
    assert said(value=20, start=50, end=60) == (
        "from 50 to 60 (change +10 percentage points, stated as +20 per cent), 2020 to 2022"
    )
    assert [
        unit_of_change(PERCENT, *sizes) for sizes in ((17, 17), (None, 17), (17.5, 17), (17, None), (None, None))
    ] == [*(POINTS, POINTS, PERCENT, PERCENT, PERCENT)]


def test_every_number_says_how_exact_it_is() -> None:
    assert said(value=200, is_change=False, bounds=("more-than", "", "")) == "more than 200 per cent, 2022"
    assert said(value=200, is_change=False, bounds=("as-stated", "", "")) == "200 per cent, 2022"
    assert said(value=12, bounds=("approximate", "", "")) == "approximate +12 per cent, 2020 to 2022"
    assert said(start=10, end=30, bounds=("", "at-most", "")) == (
        "from at most 10 to 30 (change at least +20 percentage points), 2020 to 2022"
    )
    assert said(value=25, start=10, end=30, bounds=("at-least", "", "approximate")) == (
        "from 10 to approximate 30 (change approximate +20 percentage points, stated as at least +25 per cent),"
        " 2020 to 2022"
    )


def test_a_comparator_says_the_same() -> None:
    change = Comparator(Ref("others"), "above", 0.1, None, None, is_change=True, precision=precision("at-most"))
    assert said(value=1, other=change) == "+1 per cent, 2020 to 2022; above others (at most +0.1)"
    level = Comparator(Ref("others"), "below", 93.0, None, None, precision=precision("approximate"))
    assert said(value=90, is_change=False, other=level) == "90 per cent, 2022; below others (approximate 93)"
    both = Comparator(Ref("others"), "beside", None, 9.0, 8.8, is_change=True, start_precision=precision("less-than"))
    assert said(value=1, other=both) == "+1 per cent, 2020 to 2022; beside others (from less than 9 to 8.8)"
    words = Comparator(Ref("others"), "above", None, None, None)
    assert said(other=words) == "no number given, 2020 to 2022; above others"


@pytest.mark.parametrize(
    ("last", "first", "expected"),
    [
        ("", "", ""),
        ("as-stated", "", ""),
        ("approximate", "as-stated", "approximate"),
        ("approximate", "approximate", "approximate"),
        ("at-least", "", "at-least"),
        ("", "at-least", "at-most"),
        ("more-than", "at-most", "more-than"),
        ("at-most", "more-than", "less-than"),
        ("at-least", "at-least", INEXACT),
        ("at-least", "approximate", INEXACT),
        ("in-words", "", INEXACT),
    ],
)
def test_how_exact_a_difference_is(last: str, first: str, expected: str) -> None:
    found = precision_of_difference(precision(last), precision(first))
    assert (local_name(found) if found else "") == expected


def test_how_exact_a_size_is_says_the_source_or_else_the_levels() -> None:
    about, least = precision("approximate"), precision("at-least")
    assert precision_of_size(17, 17, about, None, least) == about
    assert precision_of_size(None, 17, about, None, least) == least
    assert precision_of_size(17, 17, None, None, least) == least
    assert precision_of_size(20, 17, None, None, least) is None
