"""Formatted figures: a change always has its sign, and no precision is dropped."""

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
OTHERS = Ref("others")


def precision(name: str) -> Ref | None:
    return Ref(f"{BASE}precision/{name}") if name else None


def formatted(
    *,
    value: float | None = None,
    start: float | None = None,
    end: float | None = None,
    is_change: bool = True,
    bounds: tuple[str, str, str] = ("", "", ""),
    other: Comparator | None = None,
) -> str:
    """Return the formatted numbers of a figure in per cent, without indicator, unit and the periods of a change."""
    of_value, of_start, of_end = map(precision, bounds)
    figures = Figures(
        indicator=Ref("rate"),
        unit=Ref("school"),
        measure=PERCENT,
        value=value,
        start=start,
        end=end,
        computed=end - start if start is not None and end is not None else None,
        periods=(Ref("2020"), Ref("2022")) if is_change else (Ref("2022"),),
        precision=of_value,
        comparators=(other,) if other else (),
        is_change=is_change,
        start_precision=of_start,
        end_precision=of_end,
    )
    labels = {PERCENT: "per cent", POINTS: "percentage points"}
    text = in_words(lambda iri: labels.get(Ref(iri), local_name(iri).replace("-", " ")), figures)
    return text.removeprefix("rate, school: ").replace(", 2020 to 2022", "")


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("60.2 per cent, 2022", {"value": 60.2, "is_change": False}),
        ("1234567.5 per cent, 2022", {"value": 1234567.5, "is_change": False}),
        ("+17 per cent", {"value": 17.0}),
        ("+0 per cent", {"value": 0.0}),
        ("-3.3 per cent", {"value": -3.3}),
        ("no number given", {}),
        # Percentage points, unless the source states relative growth.
        ("from 44 to 61 (change +17 percentage points)", {"start": 44, "end": 61}),
        ("from 44 to 61 (change +17 percentage points)", {"value": 17, "start": 44, "end": 61}),
        ("from 50 to 60 (change +10 percentage points, stated as +20 per cent)", {"value": 20, "start": 50, "end": 60}),
        # Precisions.
        ("more than 200 per cent, 2022", {"value": 200, "is_change": False, "bounds": ("more-than", "", "")}),
        ("200 per cent, 2022", {"value": 200, "is_change": False, "bounds": ("as-stated", "", "")}),
        ("approximate +12 per cent", {"value": 12, "bounds": ("approximate", "", "")}),
        ("from at most 10 to 30 (change at least +20 percentage points)",
         {"start": 10, "end": 30, "bounds": ("", "at-most", "")}),
        ("from 10 to approximate 30 (change approximate +20 percentage points, stated as at least +25 per cent)",
         {"value": 25, "start": 10, "end": 30, "bounds": ("at-least", "", "approximate")}),
        # Comparators.
        ("+1 per cent; above others (at most +0.1)",
         {"value": 1, "other": Comparator(OTHERS, "above", 0.1, None, None, True, precision("at-most"))}),
        ("90 per cent, 2022; below others (approximate 93)",
         {"value": 90, "is_change": False,
          "other": Comparator(OTHERS, "below", 93.0, None, None, False, precision("approximate"))}),
        ("+1 per cent; beside others (from less than 9 to 8.8)",
         {"value": 1, "other": Comparator(OTHERS, "beside", None, 9.0, 8.8, True, None, precision("less-than"))}),
        ("no number given; above others", {"other": Comparator(OTHERS, "above", None, None, None)}),
    ],
)  # fmt: skip
def test_figures_are_formatted(text: str, figure: dict[str, object]) -> None:
    assert formatted(**figure) == text  # type: ignore[arg-type]


def test_only_the_difference_of_levels_is_in_percentage_points() -> None:
    sizes = [(17, 17), (None, 17), (17.5, 17), (17, None), (None, None)]
    assert [unit_of_change(PERCENT, *each) for each in sizes] == [POINTS, POINTS, PERCENT, PERCENT, PERCENT]


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
def test_precision_of_a_difference(last: str, first: str, expected: str) -> None:
    found = precision_of_difference(precision(last), precision(first))
    assert (local_name(found) if found else "") == expected


def test_precision_of_a_size_is_stated_or_that_of_its_levels() -> None:
    about, least = precision("approximate"), precision("at-least")
    assert precision_of_size(17, 17, about, None, least) == about
    assert precision_of_size(None, 17, about, None, least) == least
    assert precision_of_size(17, 17, None, None, least) == least
    assert precision_of_size(20, 17, None, None, least) is None
