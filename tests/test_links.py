"""Practice–outcome links on the graph worked out by hand."""

from __future__ import annotations

import pytest

from nlc_graph import Filters, Graph, find_impacts
from nlc_graph.cli.impacts import as_object
from nlc_graph.evidence.impacts import find_claims

T = "https://example.org/tiny/"


def pairs(graph: Graph, filters: Filters) -> list[str]:
    label = graph.names.label
    return [f"{label(link.practice)}, {label(link.outcome)}" for link in find_impacts(graph, filters).links]


def iris(graph: Graph, sort: str, *names: str) -> frozenset[str]:
    return frozenset(graph.names.find(name, sort).iri for name in names)


def test_links_gather_claims_strongest_tie_first(tiny: Graph) -> None:
    found = find_impacts(tiny)
    # Story-making and writing: one attributed claim (Birch) and one co-reported (Alder), so two networks; it leads.
    assert as_object(found.links[0], tiny.names) == {
        "practice": {"id": "practice:story-making", "label": "story-making"},
        "outcome": {"id": "outcome:writing", "label": "writing"},
        "features": [
            {"id": "feature:achievement", "label": "Achievement"},
            {"id": "feature:well-being", "label": "Well-being"},
        ],
        "networks": [{"id": "t:alder", "label": "Alder NLC"}, {"id": "t:birch", "label": "Birch NLC"}],
        "links": {"attributed": 1, "co-reported": 1},
        "directions": {"improved": 1, "unchanged": 1},
        "joint": 0,
        "claims": ["t:alder-writing", "t:birch-writing"],
        "evidence": {"author-statement": 1, "quoted-testimony": 2},
        "design": "no figures",
    }
    assert pairs(tiny, Filters()) == [
        *("story-making, writing", "learning mentors, engagement", "nurture room, engagement"),
        *("learning mentors, attendance", "story-maps, confidence and self-belief"),
    ]
    assert (found.total, found.unlinked_claims) == (5, 2)


def test_a_joint_claim_is_counted_as_joint_for_each_practice(tiny: Graph) -> None:
    joint = {
        tiny.names.label(link.practice): link.joint for link in find_impacts(tiny).links if "engagement" in link.outcome
    }
    assert joint == {"learning mentors": 1, "nurture room": 1}


def test_a_school_counts_for_its_network_and_figures_give_the_design(tiny: Graph) -> None:
    link = next(link for link in find_impacts(tiny).links if link.outcome.endswith("attendance"))
    assert link.networks == (T + "alder",)
    assert link.design is not None and link.design.endswith("design/change")


@pytest.mark.parametrize(
    ("field", "sort", "name", "expected"),
    [
        (
            "practices",
            "practice",
            "pupil support",
            ["learning mentors, engagement", "nurture room, engagement", "learning mentors, attendance"],
        ),
        ("outcomes", "outcome", "attainment", ["story-making, writing"]),
        ("features", "feature", "well-being", ["story-making, writing", "story-maps, confidence and self-belief"]),
        (
            "kinds",
            "kind",
            "testimony",
            ["story-making, writing", "learning mentors, engagement", "nurture room, engagement"],
        ),
        ("links", "link", "intended", ["story-maps, confidence and self-belief"]),
    ],
)
def test_filters_take_narrower_things_in(tiny: Graph, field: str, sort: str, name: str, expected: list[str]) -> None:
    assert pairs(tiny, Filters(**{field: iris(tiny, sort, name)})) == expected


def test_filters_narrow_together_and_values_of_one_widen(tiny: Graph) -> None:
    both = Filters(networks=frozenset([T + "birch"]), links=iris(tiny, "link", "attributed", "intended"))
    assert pairs(tiny, both) == ["story-making, writing", "story-maps, confidence and self-belief"]
    assert find_impacts(tiny, both).links[0].claims == (T + "birch-writing",)


def test_claims_without_practice_are_found_and_counted(tiny: Graph) -> None:
    points = Filters(outcomes=iris(tiny, "outcome", "average point score"))
    found = find_impacts(tiny, points)
    assert (found.links, found.unlinked_claims) == ((), 1)
    assert find_claims(tiny, points) == [T + "birch-points"]
    assert len(find_claims(tiny)) == 7
