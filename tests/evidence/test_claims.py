"""Claims with their evidence, and the claims that touch a resource."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.evidence.claims import claims_touching, read_claims

from ..conftest import TINY

T = "https://example.org/tiny/"


def test_figures_are_formatted_with_their_comparators(tiny: Graph) -> None:
    claims = read_claims(tiny, [T + "alder-attendance", T + "birch-points"])
    assert [item.summary for claim in claims for item in claim.evidence] == [
        "Still below the nation. — attendance rate, a school in Alder: no number given, 2004;"
        " below schools nationally (93)",
        "attendance rate, a school in Alder: from 84 to 90 (change +6 percentage points), 2000 to 2004",
        "Key Stage 2 average point score, Birch NLC: +1.3 points, 2002 to 2004; above schools elsewhere (at most +0.1)",
    ]


def test_evidence_has_voice_relay_and_passage(tiny: Graph) -> None:
    (claim,) = read_claims(tiny, [T + "alder-writing"])
    (item,) = claim.evidence
    assert (item.voice, item.relayed_by, item.note) == (T + "somebody", T + "alder-heads", "")
    assert [(p.section, p.opens, p.closes, p.source) for p in item.passages] == [
        (T + "section-alder", "Alder is a", "said at last", T + "report")
    ]
    assert claim.one("about") == T + "alder" and claim.one("throughOutcome") is None
    assert read_claims(tiny, []) == []


@pytest.mark.parametrize(
    ("resource", "claims"),
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
def test_claims_are_found_from_all_that_they_touch(tiny: Graph, resource: str, claims: list[str]) -> None:
    assert claims_touching(tiny, tiny.resolve(resource)) == sorted(T + claim for claim in claims)


def test_the_difference_of_two_percentages_is_in_percentage_points(tmp_path: Path) -> None:
    # A change from 50 to 60 per cent, the same with its size stated as 20 and as 10, and growth by 20 per cent.
    statistic = """nlc:evidenceKind kind:statistic ; nlc:about t:birch ; nlc:measures indicator:attendance-rate ;
      nlc:measurementUnit unit:percent"""
    change = f"a nlc:Change ; {statistic} ; nlc:fromPeriod t:y2002 ; nlc:toPeriod t:y2004"
    levels = "nlc:startLevel t:first ; nlc:endLevel t:last"
    (tmp_path / "percent.ttl").write_text(f"""
      PREFIX nlc: <https://w3id.org/nlc-graph/ontology#> PREFIX t: <{T}> PREFIX kind: <https://w3id.org/nlc-graph/kind/>
      PREFIX unit: <https://w3id.org/nlc-graph/unit/> PREFIX indicator: <https://w3id.org/nlc-graph/indicator/>
      t:first a nlc:Level ; {statistic} ; nlc:value 50 . t:last a nlc:Level ; {statistic} ; nlc:value 60 .
      t:computed {change} ; {levels} . t:both {change} ; {levels} ; nlc:value 20 .
      t:same {change} ; {levels} ; nlc:value 10.0 . t:growth {change} ; nlc:value 20 . t:words {change} .
      t:claim a nlc:Claim ; nlc:supportedBy t:computed, t:both, t:growth, t:words, t:same .""")
    graph = open_graph(TINY, tmp_path / "percent.ttl", bundled=False)
    (claim,) = read_claims(graph, [T + "claim"])
    found = {item.iri.removeprefix(T): item.summary.split(": ")[1].split(", 2002")[0] for item in claim.evidence}
    assert found == {
        "both": "from 50 to 60 (change +10 percentage points, stated as +20 per cent)",
        "computed": "from 50 to 60 (change +10 percentage points)",
        "growth": "+20 per cent",
        "same": "from 50 to 60 (change +10 percentage points)",
        "words": "no number given",
    }
