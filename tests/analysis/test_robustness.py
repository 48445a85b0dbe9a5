"""What is lost when a network, kind of evidence or voice is left out, on the graph worked out by hand."""

from __future__ import annotations

from nlc_graph import Graph
from nlc_graph.analysis.robustness import count_losses

from . import rows_of

T = "https://example.org/tiny/"
MENTORS, ROOM, ATTENDANCE = "learning mentors: engagement", "nurture room: engagement", "learning mentors: attendance"


def test_losses_without_a_network_a_kind_or_a_voice(tiny: Graph) -> None:
    rows = rows_of(count_losses(tiny), "one left out")
    # Four links rest on four claims: attendance (a statistic), engagement (summarised testimony, joint), writing twice
    # (Alder: somebody, quoted; Birch: a pupil, quoted, and a statement of the authors).
    assert [(row[0], tiny.names.label(str(row[1])), *row[2:6]) for row in rows] == [
        ("network", "Alder NLC", 3, 3, 3 / 4, (ATTENDANCE, MENTORS, ROOM)),
        ("network", "Birch NLC", 1, 0, 0, ()),
        ("kind of evidence", "summarised testimony", 1, 2, 2 / 4, (MENTORS, ROOM)),
        ("kind of evidence", "statistic", 1, 1, 1 / 4, (ATTENDANCE,)),
        # Alder's claim about writing is lost; Birch's has the statement.
        ("kind of evidence", "quoted testimony", 1, 0, 0, ()),
        ("voice", "headteachers in Alder", 1, 2, 2 / 4, (MENTORS, ROOM)),
        ("voice", "authors of the tiny report", 1, 1, 1 / 4, (ATTENDANCE,)),
        ("voice", "a pupil in Birch", 1, 0, 0, ()),
        ("voice", "somebody in Alder", 1, 0, 0, ()),
    ]
    # Alder's claim on writing is among the claims lost, though Birch's keeps the link.
    assert rows[0][6] == (f"{T}alder-attendance", f"{T}alder-engagement", f"{T}alder-writing")


def test_links_of_a_single_network(tiny: Graph) -> None:
    label = tiny.names.label
    rows = rows_of(count_losses(tiny), "links of a single network")
    kind = "https://w3id.org/nlc-graph/kind/"
    assert [(label(str(row[0])), label(str(row[1])), *row[2:5]) for row in rows] == [
        ("learning mentors", "attendance", f"{T}alder", (f"{kind}statistic",), 1),
        ("learning mentors", "engagement", f"{T}alder", (f"{kind}summarised-testimony",), 1),
        ("nurture room", "engagement", f"{T}alder", (f"{kind}summarised-testimony",), 1),
    ]
