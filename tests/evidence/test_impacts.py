"""Practice–outcome links: worked out by hand, and equal to those counted claim by claim in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Filters, Graph, find_impacts, open_graph
from nlc_graph.cli.impacts import as_object
from nlc_graph.evidence.impacts import find_claims, find_partners
from nlc_graph.vocabulary import BASE, NLC

from ..benchmarks.synthetic import write_triples
from ..conftest import TINY
from ..oracle import Counted, counted_links, some_filters

T = "https://example.org/tiny/"


def pairs(graph: Graph, filters: Filters) -> list[str]:
    label = graph.names.label
    return [f"{label(link.practice)}, {label(link.outcome)}" for link in find_impacts(graph, filters).links]


def iris(graph: Graph, sort: str, *names: str) -> frozenset[str]:
    return frozenset(graph.names.find(name, sort).iri for name in names)


def as_counted(graph: Graph, filters: Filters) -> tuple[Counted, int]:
    """Return what the package finds in the form of the oracle."""
    found = find_impacts(graph, filters)
    links: Counted = {}
    for link in found.links:
        networks, enquiries = set(link.networks), set(link.enquiries)
        assert (link.network_count, link.enquiry_count) == (len(networks), len(enquiries))
        links[link.practice, link.outcome] = (
            *(link.features, networks, enquiries, link.links, link.directions, link.joint, link.general),
            *(link.claims, link.evidence, link.design),
        )
    return links, found.unlinked_claims


@pytest.fixture(scope="session")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Return a graph of two enquiries with some 200 made-up claims."""
    file = tmp_path_factory.mktemp("synthetic") / "some.nt"
    with file.open("w", encoding="utf-8") as out:
        write_triples(out, 6_000)
    return open_graph(file, TINY.with_name("riverside.ttl"), bundled=False)


@pytest.fixture(params=["local", "endpoint"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Count in the claims table, or by the query that an endpoint gets."""
    monkeypatch.setattr("nlc_graph.evidence.impacts.counts_itself", lambda graph: request.param == "endpoint")
    return str(request.param)


@pytest.mark.parametrize(("name", "number"), [("tiny", 8), ("bundled", 8), ("synthetic", 8)])
def test_links_equal_those_counted_claim_by_claim(
    name: str, number: int, engine: str, request: pytest.FixtureRequest
) -> None:
    graph: Graph = request.getfixturevalue(name)
    total = len(counted_links(graph, Filters())[0])
    passed = 0
    for filters in some_filters(graph, number):
        expected = counted_links(graph, filters)
        assert as_counted(graph, filters) == expected, (engine, filters)
        assert find_impacts(graph, filters, full=False).total == total
        passed += len(expected[0]) > 0
    assert passed > 8


def test_items_that_support_several_claims_count_once_a_link(engine: str, tmp_path: Path) -> None:
    prefixes = "".join(f"PREFIX {name}: <{BASE}{name}/> " for name in ("link", "outcome"))
    claim = "a nlc:Claim ; nlc:outcome outcome:behaviour ; nlc:linkType link:attributed ; nlc:strategy t:alder-mentors"
    (tmp_path / "two.ttl").write_text(f"""PREFIX nlc: <{NLC}> PREFIX t: <{T}> {prefixes}
        t:one {claim} ; nlc:supportedBy t:birch-statement .
        t:two {claim} ; nlc:supportedBy t:birch-statement, t:birch-pupil-says .""")
    graph = open_graph(TINY, tmp_path / "two.ttl", bundled=False)
    (link,) = find_impacts(graph, Filters(outcomes=iris(graph, "outcome", "behaviour"))).links
    assert link.claims == (f"{T}one", f"{T}two")
    assert {kind.rsplit("/", 1)[-1]: items for kind, items in link.evidence.items()} == {
        "author-statement": 1,
        "quoted-testimony": 1,
    }


def test_short_links_omit_claims_and_the_names_of_many_networks(
    bundled: Graph, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("claims_table", "impacts"):
        monkeypatch.setattr(f"nlc_graph.evidence.{module}.NAMED", most := 1)
    full, short = find_impacts(bundled).links, find_impacts(bundled, full=False).links
    assert any(link.network_count > most for link in full)
    assert short == tuple(
        link._replace(
            claims=(),
            networks=link.networks if link.network_count <= most else (),
            enquiries=link.enquiries if link.enquiry_count <= most else (),
        )
        for link in full
    )


def test_claims_pass_filters_with_or_without_practice(
    synthetic: Graph, tiny: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    filters = [(graph, each) for graph in (synthetic, tiny) for each in some_filters(graph, 10)]
    found = [find_claims(graph, each) for graph, each in filters]
    for (graph, each), claims in zip(filters, found, strict=True):
        linked = {claim for link in find_impacts(graph, each).links for claim in link.claims}
        assert (claims, len(claims)) == (
            sorted(set(claims) | linked),
            len(linked) + find_impacts(graph, each).unlinked_claims,
        )
    monkeypatch.setattr("nlc_graph.evidence.impacts.counts_itself", lambda graph: True)
    assert [find_claims(graph, each) for graph, each in filters] == found


def test_links_gather_claims_best_supported_first(tiny: Graph) -> None:
    found = find_impacts(tiny)
    # Attendance has a figure, so it leads; story-making and writing: claims of Birch and Alder, so two networks.
    assert as_object(found.links[1], tiny.names, {}) == {
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
        "enquiries": ["t:enquiry"],
        "joint_with": [],
        "no_single_network": 0,
    }
    assert pairs(tiny, Filters()) == [
        *("learning mentors, attendance", "story-making, writing", "learning mentors, engagement"),
        *("nurture room, engagement", "story-maps, confidence and self-belief"),
    ]
    assert [link.joint for link in found.links] == [0, 0, 1, 1, 0]
    assert found.links[0].networks == (T + "alder",)  # through its school
    assert found.links[0].design == "https://w3id.org/nlc-graph/design/change"
    assert (found.total, found.unlinked_claims) == (5, 2)


@pytest.mark.parametrize(
    ("field", "sort", "name", "expected"),
    [
        ("practices", "practice", "pupil support",
         ["learning mentors, attendance", "learning mentors, engagement", "nurture room, engagement"]),
        ("outcomes", "outcome", "attainment", ["story-making, writing"]),
        ("features", "feature", "well-being", ["story-making, writing", "story-maps, confidence and self-belief"]),
        ("kinds", "kind", "testimony",
         ["story-making, writing", "learning mentors, engagement", "nurture room, engagement"]),
        ("links", "link", "intended", ["story-maps, confidence and self-belief"]),
    ],
)  # fmt: skip
def test_filters_include_narrower_concepts(tiny: Graph, field: str, sort: str, name: str, expected: list[str]) -> None:
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


def test_joint_claims_name_their_partners(tiny: Graph) -> None:
    # Mentors and nurture rooms are credited together for engagement; attendance is linked to mentors alone.
    links = find_impacts(tiny).links
    assert {pair: partners for pair, partners in find_partners(tiny, links).items()} == {
        (f"{BASE}practice/learning-mentors", f"{BASE}outcome/engagement"): (f"{BASE}practice/nurture-room",),
        (f"{BASE}practice/nurture-room", f"{BASE}outcome/engagement"): (f"{BASE}practice/learning-mentors",),
    }
