"""Two unrelated enquiries in one graph: the origin of rows, and comparison."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Filters, Graph, find_impacts, open_graph
from nlc_graph.evidence.enquiries import (
    compare,
    find_clashes,
    find_enquiries,
    names_of_enquiries,
    origins_of_rows,
)
from nlc_graph.evidence.subgraph import recorded_by
from nlc_graph.table import Ref
from nlc_graph.validation import validate
from nlc_graph.vocabulary import BASE, to_curie

from ..conftest import TINY

RIVERSIDE = TINY.with_name("riverside.ttl")
T, R = "https://example.org/tiny/", "https://example.org/riverside/"


@pytest.fixture(scope="module")
def both() -> Graph:
    return open_graph(TINY, RIVERSIDE, bundled=False)


def names(iri: str | None) -> str:
    return to_curie(iri, {"practice": f"{BASE}practice/", "outcome": f"{BASE}outcome/", "t": T, "r": R}) if iri else ""


def pairs(graph: Graph, **filters: set[str]) -> dict[tuple[str, str], list[str]]:
    """Return practice and outcome to enquiries."""
    given = {name: frozenset(values) for name, values in filters.items()}
    links = find_impacts(graph, Filters(**given)).links
    return {(names(link.practice), names(link.outcome)): [names(e) for e in link.enquiries] for link in links}


def test_enquiries_have_their_shortest_name(both: Graph, bundled: Graph) -> None:
    assert find_enquiries(both) == [f"{R}enquiry", f"{T}enquiry"]
    assert names_of_enquiries(bundled) == {f"{BASE}nlc2005/enquiry": "NLC enquiry 2005"}


def test_links_have_enquiries_and_pass_by_them(both: Graph) -> None:
    found = pairs(both)
    assert found["practice:story-making", "outcome:writing"] == ["r:enquiry", "t:enquiry"]
    assert found["practice:story-maps", "outcome:confidence"] == ["t:enquiry"]
    riverside = {
        ("practice:story-making", "outcome:writing"): ["r:enquiry"],
        ("practice:learning-mentors", "outcome:attendance"): ["r:enquiry"],
    }
    assert pairs(both, enquiries={f"{R}enquiry"}) == riverside
    # Riverside's own key feature is mapped to achievement, none to well-being.
    assert pairs(both, features={f"{BASE}feature/achievement"}, enquiries={f"{R}enquiry"}) == riverside
    assert pairs(both, features={f"{BASE}feature/well-being"}, enquiries={f"{R}enquiry"}) == {}


def test_comparison(both: Graph) -> None:
    rows = compare(both, f"{T}enquiry", f"{R}enquiry")
    assert [(row.verdict, names(row.practice), names(row.outcome)) for row in rows if row.verdict != "only"] == [
        ("differ", "practice:story-making", "outcome:writing"),
        ("agree", "practice:learning-mentors", "outcome:attendance"),
    ]
    plain = [
        {(to_curie(direction), to_curie(link)): list(map(names, claims)) for (direction, link), claims in side.items()}
        for side in (rows[0].first, rows[0].second)
    ]
    assert plain == [
        {
            ("direction:improved", "link:attributed"): ["t:birch-writing"],
            ("direction:unchanged", "link:co-reported"): ["t:alder-writing"],
        },
        {("direction:worsened", "link:attributed"): ["r:worse"]},
    ]
    only = [(names(row.practice), names(row.outcome)) for row in rows if row.verdict == "only" and not row.first]
    assert only == [("", "outcome:behaviour")]


@pytest.mark.parametrize(
    ("resources", "enquiries"),
    [
        *(([f"{R}{name}"], "r") for name in ("worse", "statement", "network", "part", "passage", "report", "enquiry")),
        ([f"{R}learning"], "r"),
        ([f"{T}birch-writing"], "t"),
        ([f"{BASE}practice/story-making"], "rt"),
        # A term is of the enquiry of the other resources in its row ...
        ([f"{BASE}practice/story-making", f"{R}network"], "r"),
        # ... and two terms are of that whose claims use both: Riverside reports that writing got worse, tiny does not.
        ([f"{BASE}outcome/writing", f"{BASE}direction/worsened"], "r"),
        ([f"{R}network", f"{T}birch-writing"], "rt"),
        ([f"{BASE}practice/circle-time"], ""),
    ],
)
def test_rows_come_from_the_enquiry_that_their_resources_share(
    resources: list[str], enquiries: str, both: Graph, bundled: Graph
) -> None:
    rows = [[Ref(iri) for iri in resources]]
    origins = origins_of_rows(both, rows)
    assert origins is not None
    assert "".join(names(enquiry)[0] for enquiry in origins.rows[0]) == enquiries
    assert origins_of_rows(bundled, rows) is None  # one enquiry alone


def test_terms_that_too_many_claims_use_come_from_all_enquiries_that_use_them(
    both: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlc_graph.evidence.enquiries.MOST_USES", 1)
    origins = origins_of_rows(both, [[Ref(f"{BASE}outcome/writing"), Ref(f"{BASE}link/attributed")]])
    assert origins is not None
    assert [names(enquiry) for enquiry in origins.rows[0]] == ["r:enquiry", "t:enquiry"]


def test_the_part_that_one_enquiry_records(both: Graph) -> None:
    part = recorded_by(both, [f"{R}enquiry"]).opened
    claims = part.select("SELECT ?claim { ?claim a nlc:Claim } ORDER BY ?claim").column("claim")
    assert claims == [f"{R}calm", f"{R}came", f"{R}worse"]
    assert part.ask(f"ASK {{ <{R}stories> nlc:relatesTo <{BASE}outcome/writing> }}")  # derived in the part
    assert list(names_of_enquiries(part)) == [f"{R}enquiry"]


def test_one_identifier_for_two_things_is_found(tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text(RIVERSIDE.read_text().replace('label "Riverside NLC"', 'label "Another network"'))
    assert find_clashes(open_graph(RIVERSIDE, bundled=False)) == []
    assert find_clashes(open_graph(RIVERSIDE, other, bundled=False)) == [
        (f"{R}network", "Another network", "Riverside NLC")
    ]


def test_labels_that_two_enquiries_share_name_the_enquiry(tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text(
        RIVERSIDE.read_text().replace(R, "https://example.org/other/").replace("Riverside enquiry", "Other one")
    )
    graph = open_graph(RIVERSIDE, other, bundled=False)
    assert graph.names.label(f"{R}network") == "Riverside NLC (Riverside enquiry)"
    assert graph.names.label("https://example.org/other/network") == "Riverside NLC (Other one)"
    assert open_graph(RIVERSIDE, bundled=False).names.label(f"{R}network") == "Riverside NLC"


@pytest.mark.slow
def test_the_second_enquiry_is_valid_beside_the_bundled_one() -> None:
    assert validate([str(RIVERSIDE)]).findings == ()
