"""What becomes of the graph worked out by hand in networkx."""

from __future__ import annotations

from fractions import Fraction

import networkx as nx
import pytest

from nlc_graph import Filters, Graph, find_impacts
from nlc_graph.projection import (
    COUNTS,
    REPORTED,
    Count,
    reported_links,
    side,
    to_bipartite,
    to_multigraph,
    to_one_mode,
    to_practice_networks,
)

T = "https://example.org/tiny/"
B = "https://w3id.org/nlc-graph/"


def short(iri: str) -> str:
    return iri.removeprefix(T).removeprefix(f"{B}practice/").removeprefix(f"{B}outcome/").removeprefix(f"{B}feature/")


def test_reported_links_leave_aims_out(tiny: Graph) -> None:
    assert {(short(link.practice), short(link.outcome)) for link in reported_links(tiny)} == {
        *(("learning-mentors", "attendance"), ("learning-mentors", "engagement")),
        *(("nurture-room", "engagement"), ("story-making", "writing")),
    }
    assert {iri.rsplit("/", 1)[-1] for iri in REPORTED} == {"attributed", "co-reported"}


def test_reported_links_are_those_of_the_main_question(tiny: Graph, bundled: Graph) -> None:
    for graph in (tiny, bundled):
        links = find_impacts(graph, Filters(links=REPORTED)).links
        found = reported_links(graph)
        assert [(t.practice, t.outcome, set(t.features), set(t.networks), dict(t.links)) for t in found] == [
            (link.practice, link.outcome, set(link.features), set(link.networks), dict(link.links)) for link in links
        ]
        assert [(t.claims, dict(t.evidence)) for t in found] == [
            (tuple(sorted(link.claims)), dict(link.evidence)) for link in links
        ]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        # Story-making and writing: one claim in each network, three supporting items (somebody; a pupil, a statement).
        ("networks", {"attendance": 1, "engagement": 1, "writing": 2}),
        ("claims", {"attendance": 1, "engagement": 1, "writing": 2}),
        ("evidence", {"attendance": 1, "engagement": 1, "writing": 3}),
    ],
)
def test_the_weight_is_what_was_asked_for(tiny: Graph, count: Count, expected: dict[str, int]) -> None:
    found = to_bipartite(reported_links(tiny), tiny.names, count=count)
    assert {short(outcome): weight for _, outcome, weight in found.edges(data="weight")} == expected
    assert nx.bipartite.is_bipartite_node_set(found, side(found, 0))
    assert [found.nodes[node]["label"] for node in found] == [
        *("learning mentors", "nurture room", "story-making", "attendance", "engagement", "writing"),
    ]


def test_an_edge_names_its_claims_networks_and_features(tiny: Graph) -> None:
    found = to_bipartite(reported_links(tiny), tiny.names)
    assert found.edges[f"{B}practice/story-making", f"{B}outcome/writing"] == {
        "weight": 2,
        "claims": (f"{T}alder-writing", f"{T}birch-writing"),
        "networks": (f"{T}alder", f"{T}birch"),
        "features": (f"{B}feature/achievement", f"{B}feature/well-being"),
        "evidence": 3,
    }
    assert COUNTS == ("networks", "claims", "evidence")


def test_practices_and_the_networks_that_use_them(tiny: Graph) -> None:
    # The room is used by a school of Alder, which counts for Alder.
    assert {(short(a), short(b)) for a, b in to_practice_networks(tiny).edges} == {
        *(("learning-mentors", "alder"), ("nurture-room", "alder"), ("story-making", "alder")),
        *(("story-making", "birch"), ("story-maps", "birch"), ("talent-walls", "birch")),
    }


def test_one_mode_projection_weighs_as_newman_does(tiny: Graph) -> None:
    # Alder has 3 practices, so each pair in it gets 1/(3 - 1); so has Birch; no pair is in both.
    found = to_one_mode(to_practice_networks(tiny), 0)
    assert {frozenset(map(short, pair)): Fraction(weight) for *pair, weight in found.edges(data="weight")} == {
        frozenset(pair): Fraction(1, 2)
        for pair in (
            *(("learning-mentors", "nurture-room"), ("learning-mentors", "story-making")),
            *(("nurture-room", "story-making"), ("story-making", "story-maps")),
            *(("story-making", "talent-walls"), ("story-maps", "talent-walls")),
        )
    }
    # The two networks share story-making, which has degree 2: 1/(2 - 1).
    assert [weight for *_, weight in to_one_mode(to_practice_networks(tiny), 1).edges(data="weight")] == [1.0]


def test_the_multigraph_has_claims_as_edges(tiny: Graph) -> None:
    found = to_multigraph(tiny)
    claims = {
        (short(a), short(b), short(key)) for a, b, key, of in found.edges(keys=True, data="relation") if of == "claim"
    }
    assert claims == {
        ("alder-mentors", "attendance", "alder-attendance"),
        ("alder-mentors", "engagement", "alder-engagement"),
        ("alder-rooms", "engagement", "alder-engagement"),
        ("alder-stories", "writing", "alder-writing"),
        ("birch-stories", "writing", "birch-writing"),
        ("birch-maps", "confidence", "birch-aim"),
        ("birch", "average-point-score", "birch-points"),
        ("birch", "confidence", "birch-picture"),
    }
    assert found.edges[f"{T}alder-rooms", f"{B}outcome/engagement", f"{T}alder-engagement"] == {
        "relation": "claim",
        "link": "attributed",
        "joint": True,
        "features": (f"{B}feature/achievement",),
        "networks": (f"{T}alder",),
        "evidence": 1,
    }
    other = {of: 0 for _, _, of in found.edges(data="relation")}
    for *_, of in found.edges(data="relation"):
        other[of] += 1
    assert other == {"claim": 8, "practice": 6, "used by": 6, "under feature": 5}
    kinds = [found.nodes[node]["kind"] for node in found]
    assert kinds == ["network"] * 2 + ["strategy"] * 6 + ["practice"] * 5 + ["outcome"] * 5 + ["feature"] * 3


def test_a_claim_of_no_network_hangs_on_its_unit(bundled: Graph) -> None:
    found = to_multigraph(bundled)
    told = {key for _, _, key, of in found.edges(keys=True, data="relation") if of == "claim"}
    assert told == set(bundled.select("SELECT ?claim { ?claim a nlc:Claim }").column("claim"))


def test_the_graphs_work_with_another_backend(tiny: Graph) -> None:
    # nx-parallel 0.3 reaches into networkx and cannot be imported with all its versions.
    pytest.importorskip("nx_parallel.algorithms.centrality.betweenness", exc_type=ImportError)
    linkage = to_bipartite(reported_links(tiny), tiny.names)
    assert nx.betweenness_centrality(linkage, backend="parallel") == pytest.approx(nx.betweenness_centrality(linkage))
