"""From which enquiry an answer comes, and what two enquiries call the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.evidence.provenance import find_clashes, names_of_enquiries, origins_of_rows
from nlc_graph.evidence.subgraph import recorded_by
from nlc_graph.table import Ref
from nlc_graph.vocabulary import BASE

from .conftest import TINY

RIVERSIDE = Path(__file__).parent / "riverside.ttl"
T, R = "https://example.org/tiny/", "https://example.org/riverside/"


@pytest.fixture(scope="module")
def both() -> Graph:
    return open_graph(TINY, RIVERSIDE, bundled=False)


def of(graph: Graph, *things: str) -> list[str]:
    origins = origins_of_rows(graph, [[Ref(thing) for thing in things]])
    assert origins is not None
    return list(origins.rows[0])


def test_enquiries_are_called_by_their_shortest_name(bundled: Graph) -> None:
    assert names_of_enquiries(bundled) == {f"{BASE}nlc2005/enquiry": "NLC enquiry 2005"}


def test_one_enquiry_has_nothing_to_be_told_apart_from(bundled: Graph) -> None:
    assert origins_of_rows(bundled, [[Ref(f"{BASE}practice/learning-mentors")]]) is None


@pytest.mark.parametrize(
    ("things", "enquiries"),
    [
        ([f"{R}worse"], [f"{R}enquiry"]),
        ([f"{R}statement"], [f"{R}enquiry"]),
        ([f"{R}network"], [f"{R}enquiry"]),
        ([f"{R}part"], [f"{R}enquiry"]),
        ([f"{R}passage"], [f"{R}enquiry"]),
        ([f"{R}report"], [f"{R}enquiry"]),
        ([f"{R}enquiry"], [f"{R}enquiry"]),
        ([f"{R}learning"], [f"{R}enquiry"]),
        ([f"{T}birch-writing"], [f"{T}enquiry"]),
        ([f"{BASE}practice/story-making"], [f"{R}enquiry", f"{T}enquiry"]),
        # A term goes with what stands beside it ...
        ([f"{BASE}practice/story-making", f"{R}network"], [f"{R}enquiry"]),
        # ... and two terms with the claims that touch both: Riverside says that writing got worse, tiny does not.
        ([f"{BASE}outcome/writing", f"{BASE}direction/worsened"], [f"{R}enquiry"]),
        ([f"{R}network", f"{T}birch-writing"], [f"{R}enquiry", f"{T}enquiry"]),
        ([f"{BASE}practice/circle-time"], []),
    ],
)
def test_rows_come_from_the_enquiry_that_their_things_share(
    things: list[str], enquiries: list[str], both: Graph
) -> None:
    assert of(both, *things) == enquiries


def test_the_part_that_one_enquiry_states(both: Graph) -> None:
    part = recorded_by(both, [f"{R}enquiry"]).opened
    claims = [
        str(claim) for claim in part.select("SELECT ?claim { ?claim a nlc:Claim } ORDER BY ?claim").column("claim")
    ]
    assert claims == [f"{R}calm", f"{R}came", f"{R}worse"]
    assert part.ask(f"ASK {{ <{R}stories> nlc:relatesTo <{BASE}outcome/writing> }}")  # derived anew
    assert list(names_of_enquiries(part)) == [f"{R}enquiry"]


def test_what_two_enquiries_call_the_same_is_told_apart(tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text(
        RIVERSIDE.read_text().replace(R, "https://example.org/other/").replace("Riverside enquiry", "Other one")
    )
    graph = open_graph(RIVERSIDE, other, bundled=False)
    assert graph.names.label(f"{R}network") == "Riverside NLC (Riverside enquiry)"
    assert graph.names.label("https://example.org/other/network") == "Riverside NLC (Other one)"
    assert open_graph(RIVERSIDE, bundled=False).names.label(f"{R}network") == "Riverside NLC"


def test_one_identifier_for_two_things_is_found(tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text(RIVERSIDE.read_text().replace('label "Riverside NLC"', 'label "Another network"'))
    assert find_clashes(open_graph(RIVERSIDE, bundled=False)) == []
    assert find_clashes(open_graph(RIVERSIDE, other, bundled=False)) == [
        (f"{R}network", "Another network", "Riverside NLC")
    ]
