"""Claims in full, descriptions and search."""

from __future__ import annotations

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.analysis.timeline import find_figures
from nlc_graph.evidence.claims import claims_touching, read_claims
from nlc_graph.evidence.describe import describe
from nlc_graph.evidence.search import find_near, find_text
from nlc_graph.table import Table

from .conftest import TINY

T = "https://example.org/tiny/"


def test_figures_are_said_in_words_with_their_comparator(tiny: Graph) -> None:
    claims = read_claims(tiny, [T + "alder-attendance", T + "birch-points"])
    assert [item.summary for claim in claims for item in claim.evidence] == [
        "Still below the nation. — attendance rate, a school in Alder: no number given, 2004;"
        " below schools nationally (93)",
        "attendance rate, a school in Alder: from 84 to 90 (change +6 percentage points), 2000 to 2004",
        "Key Stage 2 average point score, Birch NLC: +1.3 points, 2002 to 2004; above schools elsewhere (at most +0.1)",
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


@pytest.mark.parametrize(
    ("thing", "facts"),
    [
        (
            "indicator:ks2-average-point-score",
            {
                "birch-points-change": "Key Stage 2 average point score, Birch NLC: +1.3 points, 2002 to 2004",
                "elsewhere-points-change": "Key Stage 2 average point score, schools elsewhere: at most +0.1 points,"
                " 2002 to 2004",
            },
        ),
        (
            "t:alder-school",
            {
                "alder-2000": "attendance rate, a school in Alder: 84 per cent, 2000",
                "alder-2004": "attendance rate, a school in Alder: 90 per cent, 2004",
                "alder-change": "attendance rate, a school in Alder: from 84 to 90 (change +6 percentage points),"
                " 2000 to 2004",
                "alder-inspected": "Still below the nation.",
            },
        ),
    ],
)
def test_facts_say_a_change_as_a_change(tiny: Graph, thing: str, facts: dict[str, str]) -> None:
    found = describe(tiny, tiny.resolve(thing)).facts
    assert {str(fact.value).removeprefix(T): fact.text for fact in found if fact.inverse and fact.text} == facts


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


@pytest.fixture(scope="module")
def percent(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Return a graph of a change from 50 to 60 per cent, two whose size is stated, as 20 and as 10, and a growth."""
    path = tmp_path_factory.mktemp("percent") / "percent.ttl"
    change = """a nlc:Change ; nlc:evidenceKind kind:statistic ; nlc:about t:birch ;
      nlc:measures indicator:attendance-rate ;
      nlc:fromPeriod t:y2002 ; nlc:toPeriod t:y2004 ; nlc:measurementUnit unit:percent ; """
    level = """a nlc:Level ; nlc:evidenceKind kind:statistic ; nlc:about t:birch ;
      nlc:measures indicator:attendance-rate ;
      nlc:measurementUnit unit:percent ; """
    levels = "nlc:startLevel t:first ; nlc:endLevel t:last"
    path.write_text(f"""
      PREFIX nlc: <https://w3id.org/nlc-graph/ontology#> PREFIX t: <{T}> PREFIX kind: <https://w3id.org/nlc-graph/kind/>
      PREFIX unit: <https://w3id.org/nlc-graph/unit/> PREFIX indicator: <https://w3id.org/nlc-graph/indicator/>
      t:first {level} nlc:atPeriod t:y2002 ; nlc:value 50 . t:last {level} nlc:atPeriod t:y2004 ; nlc:value 60 .
      t:worked-out {change} {levels} . t:both {change} {levels} ; nlc:value 20 . t:growth {change} nlc:value 20 .
      t:same {change} {levels} ; nlc:value 10.0 .
      t:in-words {change} nlc:comparedWith t:growth .
      t:worked-out nlc:comparedWith t:growth . t:growth nlc:comparedWith t:both .
      t:claim a nlc:Claim ; nlc:supportedBy t:worked-out, t:both, t:growth, t:in-words, t:same .""")
    return open_graph(TINY, path, bundled=False)


def test_the_difference_of_two_percentages_is_in_percentage_points(percent: Graph) -> None:
    """What the source states in per cent stays so, as growth, unless it is that very difference."""
    (claim,) = read_claims(percent, [T + "claim"])
    said = {item.iri.removeprefix(T): item.summary.split(": ")[1].split(", 2002")[0] for item in claim.evidence}
    assert said == {
        "both": "from 50 to 60 (change +10 percentage points, stated as +20 per cent)",
        "growth": "+20 per cent",
        "in-words": "no number given",
        "same": "from 50 to 60 (change +10 percentage points)",
        "worked-out": "from 50 to 60 (change +10 percentage points)",
    }


def test_so_it_is_in_the_timeline_and_no_growth_is_taken_from_it(percent: Graph) -> None:
    attendance = percent.resolve("attendance rate")
    figures = find_figures(percent, network=f"{T}birch", indicator=attendance).tables["figures"]
    told = {
        row["figure"]: (row["against"], percent.names.curie(str(row["measure"])))
        for row in figures
        if row["kind"] == "change"
    }
    assert told == {
        "+10 percentage points": ("beside Birch NLC +20", "unit:percentage-points"),
        "+20 per cent": ("beside Birch NLC +20 (by +0)", "unit:percent"),
        "in words only": ("beside Birch NLC +20", "unit:percent"),
    }


@pytest.mark.parametrize(
    ("name", "parameters"),
    [("figures", {"of": "Birch", "on": "attendance"}), ("changes", {"outcome": "attendance"}), ("changes", {})],
)
def test_so_it_is_in_the_queries(percent: Graph, name: str, parameters: dict[str, str]) -> None:
    table = percent.query(name, **parameters)
    assert isinstance(table, Table)
    column, subject = (table.columns.index(each) for each in ("measure", "figure" if name == "figures" else "change"))
    found = {str(row[subject]).removeprefix(T): percent.names.curie(str(row[column])) for row in table.rows}
    points = dict.fromkeys(("worked-out", "same"), "unit:percentage-points")
    measures = {**points, "both": "unit:percent", "growth": "unit:percent"}
    assert {key: found[key] for key in measures} == measures


def test_no_growth_is_taken_from_percentage_points_in_the_query_either(percent: Graph) -> None:
    table = percent.query("difference-in-differences")
    assert isinstance(table, Table)
    rows = {
        (str(row["change"]), str(row["comparatorChange"]), row["difference"])
        for row in table
        if row["unit"] == T + "birch"
    }
    assert ("1.3", "0.1") in {row[:2] for row in rows} and ("10", "20", None) in rows
