"""Each check of the whole graph finds the mistake that is planted for it, and finds nothing in a graph without one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, cast

import pytest
import rdflib
from pyoxigraph import Literal, QuerySolutions, Store
from rdflib.query import ResultRow

from nlc_graph.vocabulary import to_curie

CHECKS = {path.stem: path for path in sorted((Path(__file__).parents[2] / "ontology" / "checks").glob("*.rq"))}

#: Identifiers and text as strings, numbers as numbers: an engine may write 92.0 as 92.
Row = tuple[str | float | None, ...]


class Mistake(NamedTuple):
    """A mistake planted in the tiny graph of conftest.py, and the whole answer of the check that is to find it."""

    check: str
    update: str
    rows: set[Row]


#: The rise in attendance told once more, in all but the strategies.
RISE_AGAIN = (
    "nlc2005:rise-again a nlc:Claim ; nlc:about nlc2005:school ; nlc:outcome outcome:attendance ; "
    "nlc:direction direction:improved ; nlc:linkType link:attributed ; nlc:assertedBy nlc2005:pupil ; "
    "nlc:statedIn nlc2005:passage"
)

MISTAKES = [
    Mistake(
        "broader-runs-in-a-circle",
        "INSERT DATA { practice:pupil-support skos:broader practice:nurture-room }",
        {("practice:pupil-support",), ("practice:nurture-room",)},
    ),
    Mistake(
        "change-and-levels-differ",  # another indicator
        "DELETE { nlc2005:start nlc:measures ?i } INSERT { nlc2005:start nlc:measures indicator:lateness } "
        "WHERE { nlc2005:start nlc:measures ?i }",
        {("nlc2005:change", "nlc2005:start")},
    ),
    Mistake(
        "change-and-levels-differ",  # another period
        "DELETE { nlc2005:end nlc:atPeriod ?p } INSERT { nlc2005:end nlc:atPeriod period:2000 } "
        "WHERE { nlc2005:end nlc:atPeriod ?p }",
        {("nlc2005:change", "nlc2005:end")},
    ),
    Mistake(
        "change-and-levels-differ",  # another unit of analysis
        "DELETE { nlc2005:end nlc:about ?u } INSERT { nlc2005:end nlc:about nlc2005:network } "
        "WHERE { nlc2005:end nlc:about ?u }",
        {("nlc2005:change", "nlc2005:end")},
    ),
    Mistake(
        "change-and-levels-differ",  # one level in per cent, one a count
        "DELETE { nlc2005:end nlc:measurementUnit ?u } INSERT { nlc2005:end nlc:measurementUnit unit:count } "
        "WHERE { nlc2005:end nlc:measurementUnit ?u }",
        {("nlc2005:change", "nlc2005:end")},
    ),
    Mistake(
        "change-runs-backwards",  # the two periods swapped
        "DELETE WHERE { nlc2005:change nlc:fromPeriod ?a ; nlc:toPeriod ?b } ; "
        "INSERT DATA { nlc2005:change nlc:fromPeriod period:2004-05 ; nlc:toPeriod period:2000 }",
        {("nlc2005:change", "period:2004-05", "period:2000")},
    ),
    Mistake(
        "change-runs-backwards",  # same start, earlier end
        "DELETE WHERE { nlc2005:change nlc:fromPeriod ?a ; nlc:toPeriod ?b } ; "
        "INSERT DATA { nlc2005:change nlc:fromPeriod period:2004-05 ; nlc:toPeriod period:2004 . "
        "period:2004 a nlc:Period ; nlc:startYear 2004 ; nlc:endYear 2004 }",
        {("nlc2005:change", "period:2004-05", "period:2004")},
    ),
    Mistake(
        "change-runs-backwards",  # one period twice
        "DELETE WHERE { nlc2005:change nlc:fromPeriod ?a } ; "
        "INSERT DATA { nlc2005:change nlc:fromPeriod period:2004-05 }",
        {("nlc2005:change", "period:2004-05", "period:2004-05")},
    ),
    Mistake(
        "claim-feature-differs-from-section",  # the passage's section has its feature from the section above
        "DELETE { nlc2005:rise nlc:reportedUnder ?f } INSERT { nlc2005:rise nlc:reportedUnder feature:attainment } "
        "WHERE { nlc2005:rise nlc:reportedUnder ?f }",
        {("nlc2005:rise", "feature:attainment", "https://w3id.org/nlc-graph/feature/achievement")},
    ),
    Mistake(
        "claim-feature-differs-from-section",  # the section has a feature of its own
        "DELETE WHERE { nlc2005:passage nlc:section ?s . nlc2005:rise nlc:reportedUnder ?f } ; "
        "INSERT DATA { nlc2005:passage nlc:section section:chapter . "
        "nlc2005:rise nlc:reportedUnder feature:attainment }",
        {("nlc2005:rise", "feature:attainment", "https://w3id.org/nlc-graph/feature/achievement")},
    ),
    Mistake(
        "claim-feature-differs-from-section",  # no feature, though the section has one
        "DELETE WHERE { nlc2005:aim nlc:reportedUnder ?f }",
        {("nlc2005:aim", None, "https://w3id.org/nlc-graph/feature/achievement")},
    ),
    Mistake(
        "claim-network-differs-from-school",
        "INSERT DATA { nlc2005:rise nlc:about nlc2005:far-network . nlc2005:far-network a nlc:Network }",
        {("nlc2005:rise", "nlc2005:school", "nlc2005:far-network")},
    ),
    Mistake(
        "claim-network-differs-from-school",  # a group, by way of the school it is within
        "DELETE WHERE { nlc2005:aim nlc:about ?u } ; "
        "INSERT DATA { nlc2005:aim nlc:about nlc2005:year-10, nlc2005:far-network . "
        "nlc2005:year-10 nlc:within nlc2005:school . nlc2005:far-network a nlc:Network }",
        {("nlc2005:aim", "nlc2005:year-10", "nlc2005:far-network")},
    ),
    Mistake(
        "claim-network-differs-from-strategy",
        "DELETE WHERE { nlc2005:mentors nlc:usedBy ?u } ; "
        "INSERT DATA { nlc2005:mentors nlc:usedBy nlc2005:far-schools . "
        "nlc2005:far-schools nlc:within nlc2005:far-network . nlc2005:far-network a nlc:Network }",
        {
            ("nlc2005:rise", "nlc2005:mentors", "nlc2005:network"),
            ("nlc2005:aim", "nlc2005:mentors", "nlc2005:network"),
        },
    ),
    Mistake(
        "comparator-of-another-kind",  # the same unit of analysis
        "DELETE { nlc2005:end-elsewhere nlc:about ?u } INSERT { nlc2005:end-elsewhere nlc:about nlc2005:school } "
        "WHERE { nlc2005:end-elsewhere nlc:about ?u }",
        {("nlc2005:end", "nlc2005:end-elsewhere")},
    ),
    Mistake(
        "comparator-of-another-kind",  # another indicator
        "DELETE { ?s nlc:measures ?i } INSERT { ?s nlc:measures indicator:lateness } "
        "WHERE { ?s nlc:measures ?i . FILTER(?s = nlc2005:change-elsewhere) }",
        {("nlc2005:change", "nlc2005:change-elsewhere")},
    ),
    Mistake(
        "comparator-of-another-kind",  # another earlier period
        "DELETE WHERE { nlc2005:change-elsewhere nlc:fromPeriod ?p } ; "
        "INSERT DATA { nlc2005:change-elsewhere nlc:fromPeriod period:undated }",
        {("nlc2005:change", "nlc2005:change-elsewhere")},
    ),
    Mistake(
        "comparator-of-another-kind",  # another later period
        "DELETE WHERE { nlc2005:change-elsewhere nlc:toPeriod ?p } ; "
        "INSERT DATA { nlc2005:change-elsewhere nlc:toPeriod period:undated }",
        {("nlc2005:change", "nlc2005:change-elsewhere")},
    ),
    Mistake(
        "comparator-of-another-kind",  # another period of a level
        "DELETE WHERE { nlc2005:end-elsewhere nlc:atPeriod ?p } ; "
        "INSERT DATA { nlc2005:end-elsewhere nlc:atPeriod period:2000 }",
        {("nlc2005:end", "nlc2005:end-elsewhere")},
    ),
    Mistake(
        "comparator-of-another-kind",  # a level beside a change
        "INSERT DATA { nlc2005:start nlc:comparedWith nlc2005:change-elsewhere }",
        {("nlc2005:start", "nlc2005:change-elsewhere")},
    ),
    Mistake(
        "dangling-reference",  # of ours, by any property
        "INSERT DATA { nlc2005:school org:memberOf nlc2005:netwrok }",
        {("nlc2005:school", "org:memberOf", "nlc2005:netwrok")},
    ),
    Mistake(
        "dangling-reference",  # of any enquiry, by our properties
        "INSERT DATA { <https://example.org/claim> nlc:supportedBy <https://example.org/gone> }",
        {("https://example.org/claim", "nlc:supportedBy", "https://example.org/gone")},
    ),
    *(
        Mistake(
            "derived-term-authored",
            f"INSERT DATA {{ nlc2005:mentors {term} outcome:attendance }}",
            {("nlc2005:mentors", term, "outcome:attendance")},
        )
        for term in ["nlc:relatesTo", "nlc:aimsAt", "nlc:reportsImpactOn", "nlc:comparisonDesign", "nlc:computedValue"]
    ),
    Mistake(
        "intended-link-with-result",  # an aim with a result
        "DELETE WHERE { nlc2005:aim nlc:direction ?d } ; INSERT DATA { nlc2005:aim nlc:direction direction:improved }",
        {("nlc2005:aim", "link:intended", "direction:improved")},
    ),
    Mistake(
        "intended-link-with-result",  # no result, and no aim either
        "DELETE WHERE { nlc2005:rise nlc:direction ?d } ; INSERT DATA { nlc2005:rise nlc:direction direction:open }",
        {("nlc2005:rise", "link:attributed", "direction:open")},
    ),
    Mistake(
        "joint-claim-split",  # one strategy each
        f"INSERT DATA {{ {RISE_AGAIN} ; nlc:strategy nlc2005:support }}",
        {("nlc2005:rise", "nlc2005:rise-again"), ("nlc2005:rise-again", "nlc2005:rise")},
    ),
    Mistake(
        "joint-claim-split",  # a joint claim and one for one of its strategies alone
        f"INSERT DATA {{ {RISE_AGAIN} ; nlc:strategy nlc2005:support, nlc2005:mentors }}",
        {("nlc2005:rise-again", "nlc2005:rise")},
    ),
    Mistake(
        "label-not-unique-in-scheme",
        "INSERT DATA { practice:support-base skos:prefLabel 'Nurture Room'@en }",
        {
            ("practice:support-base", "practice:nurture-room", "Nurture Room"),
            ("practice:nurture-room", "practice:support-base", "nurture room"),
        },
    ),
    Mistake(
        "link-type-disagrees-with-strategies",  # a strategy with link:none
        "INSERT DATA { nlc2005:state nlc:strategy nlc2005:mentors }",
        {("nlc2005:state", "link:none", "nlc2005:mentors")},
    ),
    Mistake(
        "link-type-disagrees-with-strategies",  # another link type without strategy
        "DELETE WHERE { nlc2005:aim nlc:strategy ?s }",
        {("nlc2005:aim", "link:intended", None)},
    ),
    Mistake(
        "orphan-concept",
        "INSERT DATA { practice:new skos:inScheme <https://w3id.org/nlc-graph/practice> }",
        {("practice:new", "https://w3id.org/nlc-graph/practice")},
    ),
    Mistake(
        "orphan-concept",  # broader, but in another scheme
        "INSERT DATA { practice:new skos:inScheme <https://w3id.org/nlc-graph/practice> ; "
        "skos:broader outcome:attendance }",
        {("practice:new", "https://w3id.org/nlc-graph/practice")},
    ),
    Mistake(
        "orphan-passage",
        "INSERT DATA { nlc2005:unused a nlc:Passage }",
        {("nlc2005:unused",)},
    ),
    Mistake(
        "orphan-speaker",
        "INSERT DATA { nlc2005:silent a nlc:Speaker }",
        {("nlc2005:silent",)},
    ),
    Mistake(
        "outcome-without-one-feature",  # none
        "INSERT DATA { outcome:new a nlc:OutcomeType }",
        {("outcome:new", None, None)},
    ),
    Mistake(
        "outcome-without-one-feature",  # one of its own and one from above, in the same frame
        "INSERT DATA { outcome:new a nlc:OutcomeType ; skos:broader outcome:attainment ; "
        "nlc:underFeature feature:well-being }",
        {("outcome:new", "feature:attainment", "feature:well-being")},
    ),
    Mistake(
        "passage-source-differs-from-section",
        "DELETE WHERE { nlc2005:passage nlc:source ?s } ; "
        "INSERT DATA { nlc2005:passage nlc:source nlc2005:earlier-report }",
        {("nlc2005:passage", "nlc2005:earlier-report", "nlc2005:report")},
    ),
    Mistake(
        "percentage-out-of-range",
        "INSERT DATA { nlc2005:start nlc:value 101 }",
        {("nlc2005:start", 101)},
    ),
    Mistake(
        "percentage-out-of-range",
        "INSERT DATA { nlc2005:start nlc:value '-0.1'^^xsd:decimal }",
        {("nlc2005:start", -0.1)},
    ),
    Mistake(
        "percentage-out-of-range",
        "INSERT DATA { nlc2005:change nlc:value '-100.5'^^xsd:decimal }",
        {("nlc2005:change", -100.5)},
    ),
    Mistake(
        "position-contradicts-numbers",  # said to be below 90, stated as 92
        "INSERT DATA { nlc2005:end-elsewhere nlc:value 90 }",
        {("nlc2005:end", "nlc2005:end-elsewhere", 92, 90)},
    ),
    Mistake(
        "position-contradicts-numbers",  # said to be above 3, worked out as 92 - 89 = 3
        "DELETE WHERE { nlc2005:change nlc:value ?v . nlc2005:change-elsewhere nlc:value ?w } ; "
        "INSERT DATA { nlc2005:change-elsewhere nlc:value 3.0 }",
        {("nlc2005:change", "nlc2005:change-elsewhere", 3, 3)},
    ),
    Mistake(
        "school-identified",  # a link from the school
        "INSERT DATA { nlc2005:school rdfs:seeAlso <https://example.org/school> }",
        {("nlc2005:school", "rdfs:seeAlso", "https://example.org/school")},
    ),
    Mistake(
        "school-identified",  # a link to the school
        "INSERT DATA { nlc2005:named-school owl:sameAs nlc2005:school }",
        {("nlc2005:school", "owl:sameAs", "nlc2005:named-school")},
    ),
    Mistake(
        "section-position-not-unique",
        "INSERT DATA { section:part nlc:position 1 }",
        {("section:part", "section:chapter", 1), ("section:chapter", "section:part", 1)},
    ),
    Mistake(
        "stated-change-differs-from-levels",  # 92 - 89 is 3 and not 4
        "DELETE WHERE { nlc2005:change nlc:value ?v } ; INSERT DATA { nlc2005:change nlc:value 4 }",
        {("nlc2005:change", 4, 89, 92)},
    ),
    Mistake(
        "strategy-part-of-itself",
        "INSERT DATA { nlc2005:support nlc:partOfStrategy nlc2005:mentors }",
        {("nlc2005:support",), ("nlc2005:mentors",)},
    ),
    Mistake(
        "supports-and-challenges",
        "INSERT DATA { nlc2005:aim nlc:challengedBy nlc2005:statement }",
        {("nlc2005:aim", "nlc2005:statement")},
    ),
    Mistake(
        "thing-of-two-kinds",  # by its types
        "INSERT DATA { nlc2005:fact a nlc:Unit }",
        {("nlc2005:fact", "nlc:ContextFact", "nlc:Unit")},
    ),
    Mistake(
        "thing-of-two-kinds",  # by a property that points to it
        "INSERT DATA { nlc2005:rise nlc:strategy practice:nurture-room }",
        {("practice:nurture-room", "skos:Concept", "nlc:Strategy")},
    ),
    Mistake(
        "thing-of-two-kinds",  # by a property that points from it, by way of the wider property's domain
        "INSERT DATA { nlc2005:network nlc:spokenBy nlc2005:pupil }",
        {("nlc2005:network", "nlc:EvidenceItem", "nlc:Unit")},
    ),
    Mistake(
        "undeclared-term",
        "INSERT DATA { nlc2005:rise nlc:otcome outcome:attendance }",
        {("nlc2005:rise", "nlc:otcome")},
    ),
    Mistake(
        "undeclared-term",
        "INSERT DATA { nlc2005:rise a nlc:Clam }",
        {("nlc2005:rise", "nlc:Clam")},
    ),
    Mistake(
        "undeclared-term",  # a class used as a property
        "INSERT DATA { nlc2005:rise nlc:Practice practice:nurture-room }",
        {("nlc2005:rise", "nlc:Practice")},
    ),
    Mistake(
        "untyped-thing",
        "INSERT DATA { nlc2005:again nlc:linkType link:attributed ; nlc:statedIn nlc2005:passage }",
        {("nlc2005:again", "nlc:linkType", "nlc:Claim")},
    ),
    Mistake(
        "untyped-thing",  # what its property is for has kinds of its own, so that none is proposed
        "INSERT DATA { nlc2005:something nlc:statedIn nlc2005:passage }",
        {("nlc2005:something", "nlc:statedIn", None)},
    ),
    Mistake(
        "unknown-vocabulary-term",
        "INSERT DATA { nlc2005:rise nlc:affects role:pupils }",
        {("nlc2005:rise", "nlc:affects", "role:pupils")},
    ),
]


def name(mistake: Mistake) -> str:
    return mistake.check


def text(check: str) -> str:
    return CHECKS[check].read_text(encoding="utf-8")


def rows_in_oxigraph(store: Store, check: str) -> set[Row]:
    solutions = store.query(text(check))
    assert isinstance(solutions, QuerySolutions)
    return {tuple(term and cell(term.value, isinstance(term, Literal)) for term in row) for row in solutions}


def rows_in_rdflib(graph: rdflib.Graph, check: str) -> set[Row]:
    result = graph.query(text(check))
    return {
        tuple(None if term is None else cell(str(term), isinstance(term, rdflib.Literal)) for term in row)
        for row in cast(Iterable[ResultRow], result)
    }


def cell(value: str, is_literal: bool) -> str | float:
    if not is_literal:
        return to_curie(value)
    return float(value) if re.fullmatch(r"-?[0-9.]+", value) else value


@pytest.mark.parametrize("check", CHECKS)
def test_valid_graph_passes(check: str, store: Store) -> None:
    assert rows_in_oxigraph(store, check) == set()


@pytest.mark.parametrize("mistake", MISTAKES, ids=name)
def test_planted_mistake_is_found(mistake: Mistake, store: Store, header: str) -> None:
    store.update(header + mistake.update)

    assert rows_in_oxigraph(store, mistake.check) == mistake.rows


def test_each_check_has_a_planted_mistake() -> None:
    assert {mistake.check for mistake in MISTAKES} == set(CHECKS)


@pytest.mark.parametrize("check", CHECKS)
def test_both_engines_find_the_same(check: str, store: Store, valid_graph: rdflib.Graph, header: str) -> None:
    graph = rdflib.Graph()
    graph += valid_graph
    for mistake in MISTAKES:
        if mistake.check == check:
            store.update(header + mistake.update)
            graph.update(header + mistake.update)

    assert rows_in_rdflib(graph, check) == rows_in_oxigraph(store, check) != set()


@pytest.mark.parametrize("check", CHECKS)
def test_header_says_what_is_wrong_and_what_to_do(check: str) -> None:
    lines = text(check).splitlines()
    header = [line for line in lines[:3] if line.startswith("#")]
    select = next(line for line in lines if line.startswith("SELECT"))

    assert len(header) in (1, 2)
    assert all(line.endswith(".") and len(line) <= 120 for line in header)
    assert select.removeprefix("SELECT ").removeprefix("DISTINCT ").split()[0] == "?thing"


NO_MISTAKES = {
    "a growth in per cent is no subtraction": (
        "stated-change-differs-from-levels",
        "DELETE WHERE { nlc2005:change nlc:value ?v ; nlc:measurementUnit ?u } ; "
        "INSERT DATA { nlc2005:change nlc:value 3.4 ; nlc:measurementUnit unit:percent }",
    ),
    "a rounded level leaves the change open": (
        "stated-change-differs-from-levels",
        "DELETE WHERE { nlc2005:change nlc:value ?v } ; "
        "INSERT DATA { nlc2005:change nlc:value 3.4 . nlc2005:start nlc:precision precision:approximate }",
    ),
    "undated periods do not run backwards": (
        "change-runs-backwards",
        "DELETE WHERE { nlc2005:change nlc:fromPeriod ?a ; nlc:toPeriod ?b } ; "
        "INSERT DATA { nlc2005:change nlc:fromPeriod period:undated ; nlc:toPeriod period:undated . "
        "period:undated a nlc:Period }",
    ),
    "a period may begin in the year in which the earlier one ends": (
        "change-runs-backwards",
        "DELETE WHERE { nlc2005:change nlc:fromPeriod ?a } ; "
        "INSERT DATA { nlc2005:change nlc:fromPeriod period:2003-04 . "
        "period:2003-04 a nlc:Period ; nlc:startYear 2003 ; nlc:endYear 2004 }",
    ),
    "an outcome may belong to one feature of each frame": (
        "outcome-without-one-feature",
        "INSERT DATA { outcome:attainment nlc:underFeature <https://example.org/feature/results> . "
        "<https://example.org/feature/results> skos:inScheme <https://example.org/feature> }",
    ),
    "the same label in two schemes": (
        "label-not-unique-in-scheme",
        "INSERT DATA { practice:new skos:inScheme <https://w3id.org/nlc-graph/practice> ; "
        "skos:prefLabel 'attendance'@en }",
    ),
    "one of several passages under the reported feature is enough": (
        "claim-feature-differs-from-section",
        "INSERT DATA { nlc2005:rise nlc:statedIn nlc2005:second-passage . "
        "nlc2005:second-passage nlc:section section:other . "
        "section:other nlc:sectionFeature feature:attainment }",
    ),
    "no feature where the section has none": (
        "claim-feature-differs-from-section",
        "DELETE WHERE { section:chapter nlc:sectionFeature ?f . nlc2005:aim nlc:reportedUnder ?g }",
    ),
    "a claim about a comparison group outside all networks": (
        "claim-network-differs-from-strategy",
        "INSERT DATA { nlc2005:state nlc:strategy nlc2005:mentors }",
    ),
    "one of two networks shares the strategy": (
        "claim-network-differs-from-strategy",
        "INSERT DATA { nlc2005:rise nlc:about nlc2005:far-network . nlc2005:far-network a nlc:Network }",
    ),
    "a claim about units of two networks names both": (
        "claim-network-differs-from-school",
        "INSERT DATA { nlc2005:rise nlc:about nlc2005:network, nlc2005:far-network, nlc2005:far-schools . "
        "nlc2005:far-schools nlc:within nlc2005:far-network . nlc2005:far-network a nlc:Network }",
    ),
    "two strategies that the source credits each on its own, as both notes say": (
        "joint-claim-split",
        f"INSERT DATA {{ {RISE_AGAIN} ; nlc:strategy nlc2005:support ; nlc:curatorNote 'Either, says the pupil.' . "
        "nlc2005:rise nlc:curatorNote 'Either, says the pupil.' }",
    ),
    "the same strategies once more for another outcome": (
        "joint-claim-split",
        f"INSERT DATA {{ {RISE_AGAIN} ; nlc:strategy nlc2005:support }} ; "
        "DELETE DATA { nlc2005:rise-again nlc:outcome outcome:attendance } ; "
        "INSERT DATA { nlc2005:rise-again nlc:outcome outcome:behaviour }",
    ),
    "a concept with a broader one in its scheme": (
        "orphan-concept",
        "INSERT DATA { practice:new skos:inScheme <https://w3id.org/nlc-graph/practice> ; "
        "skos:broader practice:nurture-room }",
    ),
    "growth by more than a hundred per cent": (
        "percentage-out-of-range",
        "DELETE WHERE { nlc2005:change nlc:value ?v ; nlc:measurementUnit ?u } ; "
        "INSERT DATA { nlc2005:change nlc:value 400 ; nlc:measurementUnit unit:percent }",
    ),
    "a named school may be linked": (
        "school-identified",
        "INSERT DATA { nlc2005:named-school owl:sameAs <https://example.org/hilltop> }",
    ),
    "links to the outside need no description here": (
        "dangling-reference",
        "INSERT DATA { nlc2005:named-school rdfs:seeAlso <https://example.org/other> }",
    ),
}


@pytest.mark.parametrize(("check", "update"), NO_MISTAKES.values(), ids=NO_MISTAKES)
def test_what_is_right_is_not_found(check: str, update: str, store: Store, header: str) -> None:
    store.update(header + update)

    assert rows_in_oxigraph(store, check) == set()
