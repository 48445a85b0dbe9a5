"""Similar networks, on the graph worked out by hand."""

from __future__ import annotations

from pathlib import Path

from nlc_graph import Graph, open_graph
from nlc_graph.analysis.similarity import rank_similar_networks

from ..conftest import TINY
from . import rows_of

T = "https://example.org/tiny/"
P = "https://w3id.org/nlc-graph/practice/"
O = "https://w3id.org/nlc-graph/outcome/"  # noqa: E741


def test_shared_practices_and_practices_of_the_nearest(tiny: Graph) -> None:
    # Alder: mentors, room, story-making. Birch: story-making, story-maps, talent walls. One of five is shared.
    found = rank_similar_networks(tiny, f"{T}alder")
    uses = (f"{T}alder-stories", f"{T}birch-stories")
    assert rows_of(found, "peers") == [(f"{T}birch", 1 / 5, 0.0, (f"{P}story-making",), (), uses, ())]
    # Story-maps have an aim only, talent walls nothing: no result is reported for either.
    assert rows_of(found, "practices of the nearest") == [
        (f"{T}birch", f"{P}story-maps", None, "", ()),
        (f"{T}birch", f"{P}talent-walls", None, "", ()),
    ]
    assert found.numbers == {"practices": 3, "aims": 0, "nearest": 1}


def test_results_reported_in_the_similar_network(tiny: Graph) -> None:
    rows = rows_of(rank_similar_networks(tiny, f"{T}birch"), "practices of the nearest")
    assert [row[1:] for row in rows] == [
        (f"{P}learning-mentors", f"{O}attendance", "co-reported 1", (f"{T}alder-attendance",)),
        (f"{P}learning-mentors", f"{O}engagement", "attributed 1", (f"{T}alder-engagement",)),
        (f"{P}nurture-room", f"{O}engagement", "attributed 1", (f"{T}alder-engagement",)),
    ]


def test_aims_are_focuses_and_intended_outcomes(tmp_path: Path) -> None:
    # Birch intends confidence (a claim) and focuses on writing; Alder now focuses on confidence and attendance.
    more = f"<{T}alder> <https://w3id.org/nlc-graph/ontology#focusesOn> <{O}confidence>, <{O}attendance> ."
    (tmp_path / "more.ttl").write_text(more, encoding="utf-8")
    graph = open_graph(TINY, tmp_path / "more.ttl", bundled=False)
    (row,) = rows_of(rank_similar_networks(graph, f"{T}alder"), "peers")
    assert (row[2], row[4], row[6]) == (1 / 3, (f"{O}confidence",), (f"{T}birch-aim",))
