"""Similar networks, on the graph worked out by hand."""

from __future__ import annotations

from pathlib import Path

from nlc_graph import Graph, open_graph
from nlc_graph.analysis.similarity import peers

from ..conftest import TINY

T = "https://example.org/tiny/"
P = "https://w3id.org/nlc-graph/practice/"
O = "https://w3id.org/nlc-graph/outcome/"  # noqa: E741


def test_shared_practices_and_what_the_peer_did_besides(tiny: Graph) -> None:
    # Alder: mentors, room, story-making. Birch: story-making, story-maps, talent walls. One of five is shared.
    first, besides = peers(tiny, f"{T}alder").parts
    uses = (f"{T}alder-stories", f"{T}birch-stories")
    assert first.rows == ((f"{T}birch", 1 / 5, 0.0, (f"{P}story-making",), (), uses, ()),)
    # Story-maps have an aim only, talent walls nothing: no result is reported for either.
    assert besides.rows == (
        (f"{T}birch", f"{P}story-maps", None, "", ()),
        (f"{T}birch", f"{P}talent-walls", None, "", ()),
    )


def test_reported_results_of_the_peer_are_listed(tiny: Graph) -> None:
    besides = peers(tiny, f"{T}birch").parts[1]
    assert [row[1:] for row in besides.rows] == [
        (f"{P}learning-mentors", f"{O}engagement", "attributed 1", (f"{T}alder-engagement",)),
        (f"{P}learning-mentors", f"{O}attendance", "co-reported 1", (f"{T}alder-attendance",)),
        (f"{P}nurture-room", f"{O}engagement", "attributed 1", (f"{T}alder-engagement",)),
    ]


def test_aims_are_focuses_and_intended_outcomes(tmp_path: Path) -> None:
    # Birch intends confidence (a claim) and focuses on writing; Alder now focuses on confidence and attendance.
    more = f"<{T}alder> <https://w3id.org/nlc-graph/ontology#focusesOn> <{O}confidence>, <{O}attendance> ."
    (tmp_path / "more.ttl").write_text(more, encoding="utf-8")
    graph = open_graph(TINY, tmp_path / "more.ttl", bundled=False)
    (row,) = peers(graph, f"{T}alder").parts[0].rows
    assert (row[2], row[4], row[6]) == (1 / 3, (f"{O}confidence",), (f"{T}birch-aim",))


def test_what_makes_peers_decides_their_order(bundled: Graph) -> None:
    kingsbridge = bundled.resolve("Kingsbridge", "network")
    for by, column in (("practices", 1), ("aims", 2)):
        values = [row[column] for row in peers(bundled, kingsbridge, by=by).parts[0].rows]
        assert values == sorted(values, reverse=True) and len(values) == 9
