"""Links counted by the engine are those that counting claim by claim in Python gives, whatever the filters."""

from __future__ import annotations

import random

import pytest

from nlc_graph import Filters, Graph, find_impacts, open_graph
from nlc_graph.evidence.claims_table import NAMED as NAMED_NETWORKS
from nlc_graph.evidence.impacts import find_claims

from .benchmarks.synthetic import write_triples
from .oracle import Counted, counted_links

#: Filter to the things it takes.
TAKES = {
    "practices": "?x a nlc:Practice",
    "outcomes": "?x a nlc:OutcomeType",
    "features": "?x a nlc:KeyFeature",
    "networks": "?x a nlc:Network",
    "kinds": "?x skos:inScheme <https://w3id.org/nlc-graph/kind>",
    "links": "?x skos:inScheme <https://w3id.org/nlc-graph/link>",
    "enquiries": "?x a nlc:Enquiry",
    "text": "VALUES ?sort { nlc:Practice nlc:OutcomeType nlc:KeyFeature nlc:Network } ?x a ?sort",
}


def some_filters(graph: Graph, number: int) -> list[Filters]:
    """Return filters drawn from what the graph holds, the same at every run."""
    things = {
        name: [str(x) for x in graph.select(f"SELECT DISTINCT ?x {{ {pattern} }} ORDER BY ?x").column("x")]
        for name, pattern in TAKES.items()
    }
    chance = random.Random(1)  # noqa: S311
    drawn = []
    for _ in range(number):
        names = chance.sample(list(TAKES), chance.choice([1, 1, 1, 2, 3]))
        drawn.append(
            Filters(
                **{n: frozenset(chance.sample(things[n], min(len(things[n]), chance.randint(1, 6)))) for n in names}
            )
        )
    return [Filters(), *drawn]


def as_counted(graph: Graph, filters: Filters) -> tuple[Counted, int]:
    """Return what the package finds in the form of the oracle."""
    found = find_impacts(graph, filters)
    links: Counted = {
        (link.practice, link.outcome): (
            link.features,
            set(link.networks),
            link.links,
            link.directions,
            link.joint,
            link.claims,
            link.evidence,
            link.design,
        )
        for link in found.links
    }
    return links, found.unlinked_claims


@pytest.fixture(scope="session")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Return a graph of some 700 made-up claims."""
    file = tmp_path_factory.mktemp("linkage") / "some.nt"
    with file.open("w", encoding="utf-8") as out:
        write_triples(out, 20_000)
    return open_graph(file, bundled=False)


@pytest.mark.parametrize("name", ["tiny", "bundled", "synthetic"])
def test_links_equal_those_counted_claim_by_claim(name: str, request: pytest.FixtureRequest) -> None:
    graph: Graph = request.getfixturevalue(name)
    total = len(counted_links(graph, Filters())[0])
    passed = 0
    for filters in some_filters(graph, 30):
        expected = counted_links(graph, filters)
        assert as_counted(graph, filters) == expected, filters
        assert find_impacts(graph, filters).total == total
        passed += len(expected[0]) > 0
    assert passed > 10


def test_claims_are_those_of_the_links_and_the_unlinked(synthetic: Graph) -> None:
    for filters in some_filters(synthetic, 10):
        linked = {claim for link in find_impacts(synthetic, filters).links for claim in link.claims}
        claims = find_claims(synthetic, filters)
        assert linked <= set(claims)
        assert len(claims) - len(linked) >= find_impacts(synthetic, filters).unlinked_claims
        assert claims == sorted(set(claims))


def test_short_links_leave_out_claims_and_the_names_of_many_networks(synthetic: Graph) -> None:
    full, short = find_impacts(synthetic).links, find_impacts(synthetic, full=False).links
    assert short == tuple(
        link._replace(
            claims=(),
            networks=link.networks if link.network_count <= NAMED_NETWORKS else (),
            enquiries=link.enquiries if link.enquiry_count <= NAMED_NETWORKS else (),
        )
        for link in full
    )
