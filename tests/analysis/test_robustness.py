"""What falls when one thing is left out, on the graph worked out by hand."""

from __future__ import annotations

from nlc_graph import Graph
from nlc_graph.analysis.robustness import robustness

T = "https://example.org/tiny/"
LINKS = (
    *("learning mentors: engagement", "nurture room: engagement", "learning mentors: attendance"),
    "story-making: writing",
)


def left_out(graph: Graph) -> dict[str, tuple[int, int, set[str]]]:
    part = robustness(graph).parts[0]
    return {f"{row[0]} {graph.names.label(row[1])}": (row[2], row[3], set(row[5])) for row in part.rows}


def test_what_falls_with_a_network_a_kind_and_a_voice(tiny: Graph) -> None:
    mentors, room, attendance, _ = LINKS
    # Four links rest on four claims: attendance (a statistic), engagement (summarised testimony, joint), writing twice
    # (Alder: somebody, quoted; Birch: a pupil, quoted, and a statement of the authors).
    assert left_out(tiny) == {
        "network Alder NLC": (3, 3, {mentors, room, attendance}),
        "network Birch NLC": (1, 0, set()),
        "kind of evidence summarised testimony": (1, 2, {mentors, room}),
        "kind of evidence statistic": (1, 1, {attendance}),
        # Alder's claim about writing falls, Birch's has the statement.
        "kind of evidence quoted testimony": (1, 0, set()),
        "voice headteachers in Alder": (1, 2, {mentors, room}),
        "voice authors of the tiny report": (1, 1, {attendance}),
        "voice a pupil in Birch": (1, 0, set()),
        "voice somebody in Alder": (1, 0, set()),
    }


def test_shares_count_links_lost_and_claims_are_all_that_fall(tiny: Graph) -> None:
    rows = {row[1]: row for row in robustness(tiny).parts[0].rows if row[0] == "network"}
    assert rows[f"{T}alder"][4] == 3 / 4
    # Alder's claim on writing falls, too, though Birch's holds the link.
    assert rows[f"{T}alder"][6] == (f"{T}alder-attendance", f"{T}alder-engagement", f"{T}alder-writing")
    assert rows[f"{T}birch"][6] == (f"{T}birch-writing",)


def test_links_that_hang_on_a_single_network(tiny: Graph) -> None:
    label = tiny.names.label
    found = [
        (label(row[0]), label(row[1]), row[2], tuple(map(label, row[3])), row[4])
        for row in robustness(tiny).parts[1].rows
    ]
    assert found == [
        ("learning mentors", "engagement", f"{T}alder", ("summarised testimony",), 1),
        ("nurture room", "engagement", f"{T}alder", ("summarised testimony",), 1),
        ("learning mentors", "attendance", f"{T}alder", ("statistic",), 1),
    ]
