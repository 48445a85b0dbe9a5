"""From a practice to an outcome type or key feature, on the graph worked out by hand."""

from __future__ import annotations

from nlc_graph import Graph
from nlc_graph.analysis.paths import paths

T = "https://example.org/tiny/"
B = "https://w3id.org/nlc-graph/"


def steps(graph: Graph, practice: str, target: str, **options: int) -> list[tuple[object, ...]]:
    (part,) = paths(graph, f"{B}practice/{practice}", B + target, **options).parts
    label = graph.names.label
    return [(row[0], label(row[2]), row[3], label(row[4]), row[5], row[7], row[8]) for row in part.rows]


def test_directly_and_by_way_of_an_intermediate_outcome(tiny: Graph) -> None:
    claim = (f"{T}alder-engagement",)
    rest = ("attributed 1", "summarised testimony 1", claim)
    support = "emotional and social support"
    assert steps(tiny, "learning-mentors", "outcome/engagement") == [
        (1, "learning mentors", "is tied to", "engagement", *rest),
        (2, "learning mentors", "is tied, as an intermediate, to", support, *rest),
        (2, support, "is told as leading on to", "engagement", *rest),
    ]


def test_beside_a_practice_that_is_jointly_credited(tiny: Graph) -> None:
    rest = ("attributed 1", "summarised testimony 1", (f"{T}alder-engagement",))
    # The room itself is not tied to attendance, but mentors, with which it shares a joint claim, are.
    assert steps(tiny, "nurture-room", "outcome/attendance") == [
        (1, "nurture room", "is credited jointly with", "learning mentors", *rest),
        (1, "learning mentors", "is tied to", "attendance", "co-reported 1", "statistic 1", (f"{T}alder-attendance",)),
    ]


def test_a_key_feature_counts_only_for_the_claims_of_the_step_before(tiny: Graph) -> None:
    # Story-making and writing: Alder's claim stands under Achievement, Birch's under Well-being.
    last = steps(tiny, "story-making", "feature/well-being")[-1]
    assert last[1:5] == ("writing", "is reported under", "Well-being", "attributed 1")
    assert last[6] == (f"{T}birch-writing",)


def test_no_path_says_why(tiny: Graph) -> None:
    notes = [
        paths(tiny, f"{B}practice/{practice}", f"{B}outcome/attendance").parts[0].note
        for practice in ("story-making", "story-maps")
    ]
    assert notes == [
        "0 paths of at most 4 steps from story-making to attendance; --steps allows longer ones",
        "0 paths of at most 4 steps from story-maps to attendance; no reported claim touches one of them",
    ]


def test_more_paths_than_asked_for_are_mentioned(tiny: Graph) -> None:
    (part,) = paths(tiny, f"{B}practice/learning-mentors", f"{B}outcome/engagement", most=1).parts
    assert part.note.endswith("there are more: --most says how many to list")
    assert len(part.rows) == 1
