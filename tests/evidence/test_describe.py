"""Descriptions of resources."""

from __future__ import annotations

import pytest

from nlc_graph import Graph
from nlc_graph.evidence.describe import describe

T = "https://example.org/tiny/"


def test_facts_run_in_both_directions(tiny: Graph) -> None:
    found = describe(tiny, T + "birch-stories")
    assert {(fact.name, fact.inverse, str(fact.value).rsplit("/", 1)[-1]) for fact in found.facts} == {
        ("practice", False, "story-making"),
        ("used by", False, "birch"),
        ("part", True, "birch-maps"),
    }
    assert (found.thing.label, found.thing.kind) == ("Stories (Birch)", "Strategy")
    assert [passage.opens for passage in found.passages] == ["Birch is a"]
    assert [claim.iri.removeprefix(T) for claim in found.claims] == ["birch-aim", "birch-writing"]
    assert found.origins == {T + "report": T + "enquiry"}


def test_what_is_not_reported_is_a_fact_about_a_network(tiny: Graph) -> None:
    facts = describe(tiny, T + "birch").facts
    assert [fact.text for fact in facts if fact.name == "not reported"] == ["Where Birch lies."]


@pytest.mark.parametrize(
    ("resource", "facts"),
    [
        ("indicator:ks2-average-point-score", {
            "birch-points-change": "Key Stage 2 average point score, Birch NLC: +1.3 points, 2002 to 2004",
            "elsewhere-points-change": "Key Stage 2 average point score, schools elsewhere: at most +0.1 points,"
            " 2002 to 2004",
        }),
        ("t:alder-school", {
            "alder-2000": "attendance rate, a school in Alder: 84 per cent, 2000",
            "alder-2004": "attendance rate, a school in Alder: 90 per cent, 2004",
            "alder-change": "attendance rate, a school in Alder: from 84 to 90 (change +6 percentage points),"
            " 2000 to 2004",
            "alder-inspected": "Still below the nation.",
        }),
    ],
)  # fmt: skip
def test_facts_are_formatted(tiny: Graph, resource: str, facts: dict[str, str]) -> None:
    found = describe(tiny, tiny.resolve(resource)).facts
    assert {str(fact.value).removeprefix(T): fact.text for fact in found if fact.inverse and fact.text} == facts
