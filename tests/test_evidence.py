"""Claims in full, descriptions and search."""

from __future__ import annotations

import pytest

from nlc_graph import Graph
from nlc_graph.description import describe
from nlc_graph.evidence import claims_touching, read_claims
from nlc_graph.search import find_near, find_text

T = "https://example.org/tiny/"


def test_figures_are_said_in_words_with_their_comparator(tiny: Graph) -> None:
    claims = read_claims(tiny, [T + "alder-attendance", T + "birch-points"])
    assert [item.summary for claim in claims for item in claim.evidence] == [
        "Still below the nation. — attendance rate, a school in Alder: no number given, 2004;"
        " below schools nationally (93)",
        "attendance rate, a school in Alder: from 84 to 90 (change +6 percentage points), 2000 to 2004",
        "Key Stage 2 average point score, Birch NLC: +1.3 points, 2002 to 2004; above schools elsewhere (0.1)",
    ]


def test_evidence_carries_voice_relay_and_passage(tiny: Graph) -> None:
    (claim,) = read_claims(tiny, [T + "alder-writing"])
    (item,) = claim.evidence
    assert (item.voice, item.relayed_by) == (T + "somebody", T + "alder-heads")
    assert [(p.section, p.opens, p.closes, p.source) for p in item.passages] == [
        (T + "section-alder", "Alder is a", "said at last", T + "report")
    ]


@pytest.mark.parametrize(
    ("thing", "claims"),
    [
        ("outcome:attainment", ["birch-points", "birch-writing", "alder-writing"]),
        ("practice:pupil-support", ["alder-attendance", "alder-engagement"]),
        ("t:birch-stories", ["birch-aim", "birch-writing"]),
        ("t:alder-school", ["alder-attendance"]),
        ("t:alder", ["alder-attendance", "alder-engagement", "alder-writing"]),
        ("t:alder-heads", ["alder-engagement", "alder-writing"]),
        ("t:birch-pupil-says", ["birch-writing"]),
        ("t:birch-aim", ["birch-aim"]),
        ("t:section-birch", ["birch-aim", "birch-picture", "birch-points", "birch-writing"]),
        ("kind:inspection-report", ["alder-attendance"]),
        ("outcome:emotional-support", ["alder-engagement"]),
        ("t:birch-walls", []),
    ],
)
def test_claims_are_found_from_every_thing_they_touch(tiny: Graph, thing: str, claims: list[str]) -> None:
    assert claims_touching(tiny, tiny.resolve(thing)) == sorted(T + claim for claim in claims)


def test_description_holds_both_directions(tiny: Graph) -> None:
    found = describe(tiny, T + "birch-stories")
    facts = {(fact.name, fact.inverse, str(fact.value).rsplit("/", 1)[-1]) for fact in found.facts}
    assert facts == {
        ("practice", False, "story-making"),
        ("used by", False, "birch"),
        ("part", True, "birch-maps"),
    }
    assert [p.opens for p in found.passages] == ["Birch is a"]


def test_search_finds_all_words_in_one_text_labels_first(tiny: Graph) -> None:
    assert find_text(tiny, "Writing STAYED").rows == (("Claim", T + "alder-writing", "Writing stayed as it was"),)
    assert [row[0] for row in find_text(tiny, "stories").rows][-1] == "Claim"
    assert find_text(tiny, 'no "such" text').rows == ()


def test_words_that_stand_apart_lead_to_what_has_most_of_them(tiny: Graph) -> None:
    assert find_text(tiny, "mentors pupils rooms engagement").rows == ()
    rows = find_near(tiny, "mentors pupils rooms engagement").rows
    assert rows == (("Claim", T + "alder-engagement", "Mentors and rooms together won pupils over."),)
    assert find_near(tiny, "zyx wvu tsr").rows == ()
    assert find_near(tiny, "").rows == ()
