"""How widely practices and outcome types reach, worked out by hand.

The reported links of tiny.ttl are a path of four (attendance, learning mentors, engagement, nurture room) and a pair
(story-making, writing).
"""

from __future__ import annotations

import networkx as nx
import pytest

from nlc_graph import Graph
from nlc_graph.analysis import centrality
from nlc_graph.analysis.centrality import betweenness, pagerank, rank_nodes
from nlc_graph.table import Ref

T = "https://example.org/tiny/"


def test_practices_by_breadth(tiny: Graph) -> None:
    rows = rank_nodes(tiny).tables["practices"].rows
    # Six nodes, so 10 pairs of others; mentors lie between attendance and both engagement and the room: 2 of 10.
    # Story-making alone joins the only two key features, Achievement and Well-being.
    assert [(row[0], tiny.names.label(str(row[1])), *row[2:8]) for row in rows] == [
        ("1", "story-making", 2, 2, 1, 2, 0.0, 1.0),
        ("2=", "learning mentors", 1, 1, 2, 2, 0.2, 0.0),
        ("2=", "nurture room", 1, 1, 1, 1, 0.0, 0.0),
    ]
    assert rows[1][-1] == (f"{T}alder-attendance", f"{T}alder-engagement")
    assert rank_nodes(tiny).numbers == {"practices": 3, "outcome types": 3, "links": 4}


def test_outcomes_by_betweenness_with_evidence_counted(tiny: Graph) -> None:
    rows = rank_nodes(tiny, of="outcomes", by="betweenness", count="evidence").tables["outcomes"].rows
    assert [(row[0], tiny.names.label(str(row[1])), *row[4:7]) for row in rows] == [
        ("1", "engagement", 2, 2, 0.2),
        ("2=", "attendance", 1, 1, 0.0),
        ("2=", "writing", 1, 3, 0.0),
    ]


def test_pagerank_of_a_pair_is_even() -> None:
    assert pagerank(nx.Graph([("a", "b", {"weight": 3})])) == {"a": 0.5, "b": 0.5}
    assert pagerank(nx.Graph()) == {}


def test_betweenness_of_large_graphs_is_sampled(tiny: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    star = nx.relabel_nodes(nx.star_graph(100), lambda number: Ref(f"urn:{number}"))
    assert betweenness(star)[1] == 0
    monkeypatch.setattr(centrality, "EXACT_WORK", 4000)
    estimate, sampled = betweenness(star)
    assert sampled == 40 and estimate[Ref("urn:0")] > 0.9
    # Six nodes are fewer than the ten drawn at least.
    monkeypatch.setattr(centrality, "EXACT_WORK", 1)
    assert rank_nodes(tiny).numbers["nodes sampled for betweenness"] == 6
