"""Figures in the order of time, on the graph worked out by hand."""

from __future__ import annotations

import pytest

from nlc_graph import Graph
from nlc_graph.analysis.findings import to_words
from nlc_graph.analysis.timeline import _when, timeline

T = "https://example.org/tiny/"


def test_figures_stand_beside_comparators_before_and_after_the_network_was_formed(tiny: Graph) -> None:
    # Alder was formed in 2002; nobody says when Birch was. Comparators are not listed for themselves.
    part = timeline(tiny).parts[0]
    assert to_words(part, tiny.things).rows == (
        (
            "Key Stage 2 average point score",
            "Birch NLC",
            "2002 to 2004",
            "+1.3 points",
            "above schools elsewhere 0.1 (by +1.2)",
            "",
            1,
        ),
        ("attendance rate", "a school in Alder", "2000", "84 per cent", "", "before", 1),
        ("attendance rate", "a school in Alder", "2004", "90 per cent", "", "after", 1),
        ("attendance rate", "a school in Alder", "2004", "in words only", "below schools nationally 93", "after", 1),
        ("attendance rate", "a school in Alder", "2000 to 2004", "+6 percentage points", "", "across", 1),
        ("number of schools", "Birch NLC", "undated", "7 count", "", "", 0),
    )
    assert part.note == "1 without a year"


def test_numbers_are_exact_and_claims_named(tiny: Graph) -> None:
    (points,) = (
        timeline(tiny, network=f"{T}birch", indicator=tiny.resolve("Key Stage 2 average point score")).parts[0].rows
    )
    found = dict(zip(timeline(tiny).parts[0].columns, points, strict=True))
    assert (found["value"], found["compared"], found["difference"]) == (1.3, 0.1, 1.2)
    assert found["claims"] == (f"{T}birch-points",)


@pytest.mark.parametrize(
    ("begins", "year", "formed", "expected"),
    [
        (2000, 2001, 2002, "before"),
        (2000, 2002, 2002, "across"),
        (2000, 2004, 2002, "across"),
        (2002, 2004, 2002, "since"),
        (2003, 2004, 2002, "after"),
        (2002, 2002, 2002, "in the year"),
        (None, 2002, 2002, ""),
        (None, 2001, 2002, "before"),
        (2000, 2004, None, ""),
    ],
)
def test_when(begins: int | None, year: int, formed: int | None, expected: str) -> None:
    assert _when(begins, year, formed) == expected
