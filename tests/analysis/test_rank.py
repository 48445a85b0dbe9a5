"""How widely practices and outcome types reach, on the graph worked out by hand.

The reported links of tiny.ttl are a path of four (attendance, learning mentors, engagement, nurture room) and a pair
(story-making, writing).
"""

from __future__ import annotations

import math

import networkx as nx
import pytest

from nlc_graph import Graph
from nlc_graph.analysis import centrality as ranking
from nlc_graph.analysis.centrality import betweenness, pagerank, rank
from nlc_graph.analysis.findings import to_object, to_rows, to_words
from nlc_graph.projection import reported_links, to_bipartite
from nlc_graph.table import Ref

T = "https://example.org/tiny/"


def test_practices_by_breadth(tiny: Graph) -> None:
    found = rank(tiny)
    (part,) = found.parts
    rows = [(row[0], tiny.names.label(row[1]), *row[2:8]) for row in part.rows]
    # Six nodes, so 10 pairs of others; mentors lie between attendance and both engagement and the room: 2 of 10.
    # Story-making alone joins the only two key features, Achievement and Well-being.
    assert rows == [
        ("1", "story-making", 2, 2, 1, 2, 0.0, 1.0),
        ("2=", "learning mentors", 1, 1, 2, 2, 0.2, 0.0),
        ("2=", "nurture room", 1, 1, 1, 1, 0.0, 0.0),
    ]
    assert part.rows[1][-1] == (f"{T}alder-attendance", f"{T}alder-engagement")


def test_outcomes_by_betweenness_and_claims_counted(tiny: Graph) -> None:
    rows = [
        (row[0], tiny.names.label(row[1]), row[4], row[5], row[6])
        for row in rank(tiny, of="outcomes", by="betweenness", count="evidence").parts[0].rows
    ]
    assert rows == [("1", "engagement", 2, 2, 0.2), ("2=", "attendance", 1, 1, 0.0), ("2=", "writing", 1, 3, 0.0)]


def test_pagerank_agrees_with_networkx(tiny: Graph, bundled: Graph) -> None:
    from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

    for graph in (tiny, bundled):
        linkage = to_bipartite(reported_links(graph), graph.names)
        expected = _pagerank_python(linkage, tol=1e-12, max_iter=500)
        found = pagerank(linkage)
        assert math.isclose(sum(found.values()), 1)
        assert all(math.isclose(found[node], expected[node], rel_tol=1e-6) for node in linkage)


def test_pagerank_of_a_pair_is_even() -> None:
    assert pagerank(nx.Graph([("a", "b", {"weight": 3})])) == {"a": 0.5, "b": 0.5}
    assert pagerank(nx.Graph()) == {}


def test_betweenness_says_when_it_samples(tiny: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    star = nx.relabel_nodes(nx.star_graph(100), lambda number: Ref(f"urn:{number}"))
    assert betweenness(star)[1] == 0
    monkeypatch.setattr(ranking, "EXACT_WORK", 4000)
    estimate, pivots = betweenness(star)
    assert pivots == 40 and estimate[Ref("urn:0")] > 0.9


def test_a_sample_is_named_in_what_the_ranking_says(tiny: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "EXACT_WORK", 1)
    # Six nodes are fewer than the ten that are drawn at least, so all are drawn and the estimate is exact.
    assert rank(tiny).parts == rank(tiny).parts
    assert "an estimate from 6 nodes drawn with seed 2005" in dict(rank(tiny).says)["betweenness"]


def test_the_same_findings_for_people_tables_and_json(tiny: Graph) -> None:
    found = rank(tiny, by="degree")
    assert to_words(found.parts[0], tiny.names).rows[2] == ("3", "nurture room", 1, 1, 1, 1, 0.0, 0.0, 0.117, 1)
    named = to_words(found.parts[0], tiny.names, claims=True)
    assert named.rows[2][-1] == "t:alder-engagement"
    table = to_rows(found, tiny.names)
    assert table.columns[:3] == ("rank", "thing", "thing_label")
    assert table.rows[0][:3] == ("1=", "practice:learning-mentors", "learning mentors")
    (json,) = to_object(found, tiny.names)["parts"]
    assert json["rows"][2]["thing"] == {"id": "practice:nurture-room", "label": "nurture room"}
    assert json["rows"][2]["claims"] == ["t:alder-engagement"]
