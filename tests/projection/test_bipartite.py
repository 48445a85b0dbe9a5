"""The hand-made graph in networkx."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path

import networkx as nx
import pytest

from nlc_graph import Graph
from nlc_graph.projection import (
    Count,
    reported_links,
    side,
    to_bipartite,
    to_multigraph,
    to_one_mode,
    to_practice_networks,
    to_scalars,
)

T = "https://example.org/tiny/"
B = "https://w3id.org/nlc-graph/"


def short(iri: str) -> str:
    return iri.removeprefix(T).removeprefix(f"{B}practice/").removeprefix(f"{B}outcome/").removeprefix(f"{B}feature/")


def test_reported_links_leave_aims_out(tiny: Graph) -> None:
    assert [(short(link.practice), short(link.outcome)) for link in reported_links(tiny)] == [
        *(("learning-mentors", "attendance"), ("story-making", "writing")),
        *(("learning-mentors", "engagement"), ("nurture-room", "engagement")),
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
def test_the_weight_is_the_count_asked_for(tiny: Graph, count: Count, expected: dict[str, int]) -> None:
    found = to_bipartite(reported_links(tiny), tiny.names, count=count)
    assert {short(outcome): weight for _, outcome, weight in found.edges(data="weight")} == expected
    assert nx.bipartite.is_bipartite_node_set(found, side(found, 0))
    assert [found.nodes[node]["label"] for node in found] == [
        *("learning mentors", "nurture room", "story-making", "attendance", "engagement", "writing"),
    ]


def test_an_edge_lists_claims_networks_features_and_directions(tiny: Graph) -> None:
    found = to_bipartite(reported_links(tiny), tiny.names)
    assert found.edges[f"{B}practice/story-making", f"{B}outcome/writing"] == {
        "weight": 2,
        "claims": (f"{T}alder-writing", f"{T}birch-writing"),
        "networks": (f"{T}alder", f"{T}birch"),
        "features": (f"{B}feature/achievement", f"{B}feature/well-being"),
        "directions": (f"{B}direction/improved", f"{B}direction/unchanged"),
        "evidence": 3,
    }


def test_practices_and_the_networks_that_use_them(tiny: Graph) -> None:
    # The room is used by a school of Alder, which counts for Alder.
    found = to_practice_networks(tiny)
    assert {(short(a), short(b)) for a, b in found.edges} == {
        *(("learning-mentors", "alder"), ("nurture-room", "alder"), ("story-making", "alder")),
        *(("story-making", "birch"), ("story-maps", "birch"), ("talent-walls", "birch")),
    }
    assert found.edges[f"{B}practice/nurture-room", f"{T}alder"] == {"weight": 1, "strategies": (f"{T}alder-rooms",)}


def test_one_mode_projection_has_newmans_weights(tiny: Graph) -> None:
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
        "direction": "improved",
        "joint": True,
        "features": (f"{B}feature/achievement",),
        "networks": (f"{T}alder",),
        "evidence": 1,
        "evidence_items": (f"{T}alder-heads-say",),
    }
    relations = Counter(of for *_, of in found.edges(data="relation"))
    assert relations == {"claim": 8, "practice": 6, "used by": 6, "under feature": 5}
    kinds = [found.nodes[node]["kind"] for node in found]
    assert kinds == ["network"] * 2 + ["strategy"] * 6 + ["practice"] * 5 + ["outcome"] * 5 + ["feature"] * 3


def test_every_claim_is_an_edge(bundled: Graph) -> None:
    edges = to_multigraph(bundled).edges(keys=True, data="relation")
    claims = bundled.select("SELECT ?claim { ?claim a nlc:Claim }").column("claim")
    assert {key for _, _, key, relation in edges if relation == "claim"} == set(claims)


def test_scalars_can_be_written_as_graphml(tiny: Graph, tmp_path: Path) -> None:
    for graph in (to_multigraph(tiny), to_bipartite(reported_links(tiny), tiny.names), to_practice_networks(tiny)):
        plain = to_scalars(graph, tiny.names)
        nx.write_graphml(plain, tmp_path / "graph.graphml")
        again = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=graph.is_multigraph())
        assert dict(again.nodes(data=True)) == dict(plain.nodes(data=True))
        assert sorted(map(str, again.edges(data=True))) == sorted(map(str, plain.edges(data=True)))
