"""Paths from a practice to an outcome type or key feature, on the graph worked out by hand."""

from __future__ import annotations

import pytest

from nlc_graph import Graph
from nlc_graph.analysis.findings import Findings
from nlc_graph.analysis.paths import find_paths

from . import rows_of

T = "https://example.org/tiny/"
B = "https://w3id.org/nlc-graph/"
ENGAGEMENT = ("attributed 1", "summarised testimony 1", (f"{T}alder-engagement",))
ATTENDANCE = ("co-reported 1", "statistic 1", (f"{T}alder-attendance",))


def paths(graph: Graph, practice: str, target: str, **options: int) -> Findings:
    return find_paths(graph, f"{B}practice/{practice}", B + target, **options)


@pytest.mark.parametrize(
    ("practice", "target", "expected"),
    [
        (
            "learning-mentors",
            "outcome/engagement",
            [
                (1, "learning mentors", "is linked to", "engagement", *ENGAGEMENT),
                (
                    2,
                    "learning mentors",
                    "is linked, as an intermediate, to",
                    "emotional and social support",
                    *ENGAGEMENT,
                ),
                (2, "emotional and social support", "is reported to lead to", "engagement", *ENGAGEMENT),
            ],
        ),
        # The room itself is not linked to attendance, but mentors, with which it shares a joint claim, are.
        (
            "nurture-room",
            "outcome/attendance",
            [
                (1, "nurture room", "is credited jointly with", "learning mentors", *ENGAGEMENT),
                (1, "learning mentors", "is linked to", "attendance", *ATTENDANCE),
            ],
        ),
    ],
)
def test_steps_with_their_claims(tiny: Graph, practice: str, target: str, expected: list[tuple[object, ...]]) -> None:
    label = tiny.names.label
    rows = rows_of(paths(tiny, practice, target), "paths")
    found = [(row[0], label(row[2]), row[3], label(row[4]), row[5], row[7], row[8]) for row in rows]
    assert found == expected


def test_a_key_feature_counts_only_for_the_claims_of_the_step_before(tiny: Graph) -> None:
    # Story-making and writing: Alder's claim is reported under Achievement, Birch's under Well-being.
    last = rows_of(paths(tiny, "story-making", "feature/well-being"), "paths")[-1]
    assert (last[3], last[8]) == ("is reported under", (f"{T}birch-writing",))


@pytest.mark.parametrize(
    ("practice", "target", "most", "found", "warnings"),
    [
        ("story-making", "outcome/attendance", 10, 0, ()),
        ("story-maps", "outcome/attendance", 10, 0, ("no reported claim mentions story-maps",)),
        ("learning-mentors", "outcome/engagement", 1, 1, ("more than 1 paths exist; only the first are listed",)),
    ],
)
def test_warnings(tiny: Graph, practice: str, target: str, most: int, found: int, warnings: tuple[str, ...]) -> None:
    result = paths(tiny, practice, target, most=most)
    assert (result.numbers, result.warnings) == ({"paths": found}, warnings)


def test_the_search_ends(tiny: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlc_graph.analysis.paths.MAX_CANDIDATES", 1)
    (warning,) = paths(tiny, "learning-mentors", "outcome/engagement").warnings
    assert warning.startswith("the search ended after 1 candidates")
