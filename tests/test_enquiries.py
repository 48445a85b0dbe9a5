"""Two unrelated enquiries in one graph: told apart, filtered, compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph, find_impacts, open_graph
from nlc_graph.evidence.enquiries import compare, enquiries_of_links, enquiries_of_sources, find_enquiries
from nlc_graph.evidence.filters import Filters
from nlc_graph.validation import validate
from nlc_graph.vocabulary import BASE, to_curie

from .conftest import TINY

RIVERSIDE = Path(__file__).parent / "riverside.ttl"
T, R = "https://example.org/tiny/", "https://example.org/riverside/"


@pytest.fixture(scope="module")
def both() -> Graph:
    return open_graph(TINY, RIVERSIDE, bundled=False)


def names(iri: str | None) -> str:
    return to_curie(iri, {"practice": f"{BASE}practice/", "outcome": f"{BASE}outcome/", "t": T, "r": R}) if iri else ""


def pairs(graph: Graph, **filters: set[str]) -> set[tuple[str, str]]:
    given = {name: frozenset(values) for name, values in filters.items()}
    return {(names(link.practice), names(link.outcome)) for link in find_impacts(graph, Filters(**given)).links}


def test_the_second_enquiry_is_valid_beside_the_bundled_one() -> None:
    report = validate([str(RIVERSIDE)])
    assert report.findings == () and "single records against the SHACL shapes" in report.checked


def test_enquiries_and_their_sources(both: Graph) -> None:
    assert find_enquiries(both) == [f"{R}enquiry", f"{T}enquiry"]
    assert enquiries_of_sources(both) == {f"{R}report": f"{R}enquiry", f"{T}report": f"{T}enquiry"}


def test_every_link_says_from_which_enquiries_it_comes(both: Graph) -> None:
    found = {(names(p), names(o)): [names(e) for e in each] for (p, o), each in enquiries_of_links(both).items()}
    assert found["practice:story-making", "outcome:writing"] == ["r:enquiry", "t:enquiry"]
    assert found["practice:story-maps", "outcome:confidence"] == ["t:enquiry"]
    assert set(found) == pairs(both)


def test_an_enquiry_filters_links(both: Graph) -> None:
    assert pairs(both, enquiries={f"{R}enquiry"}) == {
        ("practice:story-making", "outcome:writing"),
        ("practice:learning-mentors", "outcome:attendance"),
    }
    (link,) = (
        link
        for link in find_impacts(both, Filters(enquiries=frozenset([f"{R}enquiry"]))).links
        if "writing" in link.outcome
    )
    assert [names(claim) for claim in link.claims] == ["r:worse"]


def test_a_key_feature_of_the_seven_takes_those_mapped_to_it_in(both: Graph) -> None:
    """Riverside's own feature is close to achievement; tiny's writing under well-being stays out."""
    achievement = pairs(both, features={f"{BASE}feature/achievement"}, enquiries={f"{R}enquiry"})
    assert achievement == pairs(both, enquiries={f"{R}enquiry"})
    assert pairs(both, features={f"{BASE}feature/well-being"}, enquiries={f"{R}enquiry"}) == set()


def test_comparison(both: Graph) -> None:
    rows = compare(both, f"{T}enquiry", f"{R}enquiry")
    assert [(row.verdict, names(row.practice), names(row.outcome)) for row in rows if row.verdict != "only"] == [
        ("differ", "practice:story-making", "outcome:writing"),
        ("agree", "practice:learning-mentors", "outcome:attendance"),
    ]
    (differ, *_) = rows
    sides = (differ.first, differ.second)
    plain = [{(to_curie(d), to_curie(k)): len(claims) for (d, k), claims in side.items()} for side in sides]
    assert plain == [
        {("direction:improved", "link:attributed"): 1, ("direction:unchanged", "link:co-reported"): 1},
        {("direction:worsened", "link:attributed"): 1},
    ]
    only = [(names(row.practice), names(row.outcome)) for row in rows if row.verdict == "only" and not row.first]
    assert only == [("", "outcome:behaviour")]
