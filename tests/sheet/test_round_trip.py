"""A graph written as a sheet and read again has the same claims, links, evidence and figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from nlc_graph import Graph, find_impacts, open_graph
from nlc_graph.sheet import drop_down_lists, heading, read_sheets, to_csv, to_rows, to_xlsx
from nlc_graph.validation import validate

from .conftest import CLAIM, Write

Answer = set[tuple[object, ...]]

CLAIMS = """SELECT ?claim ?property ?value {
  VALUES ?property { nlc:about nlc:outcome nlc:throughOutcome nlc:direction nlc:linkType nlc:reportedUnder nlc:strategy
    nlc:assertedBy nlc:affects nlc:paraphrase nlc:curatorNote rdfs:label
    nlc:supportedBy nlc:qualifiedBy nlc:challengedBy nlc:comparisonDesign }
  ?claim a nlc:Claim ; ?property ?value }"""
STRATEGIES = """SELECT ?strategy ?property ?value {
  VALUES ?property { rdfs:label nlc:practice nlc:usedBy nlc:relatesTo nlc:aimsAt nlc:paraphrase nlc:curatorNote }
  ?strategy a nlc:Strategy ; ?property ?value }"""
EVIDENCE = """SELECT ?item ?property ?value {
  VALUES ?property { rdf:type nlc:evidenceKind nlc:spokenBy nlc:relayedBy nlc:providedBy nlc:drawnFrom nlc:paraphrase
    nlc:curatorNote nlc:printedAs }
  ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item . ?item ?property ?value }"""
PASSAGES = """SELECT ?item ?opens ?closes ?section ?label ?heading ?source {
  { ?item a nlc:Claim } UNION { ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item }
  UNION { ?item a nlc:Strategy } UNION { ?item a nlc:Level FILTER NOT EXISTS { ?of nlc:startLevel|nlc:endLevel
    |nlc:comparedWith|nlc:aboveComparator|nlc:belowComparator ?item } }
  ?item nlc:statedIn ?passage .
  ?passage nlc:opens ?opens ; nlc:closes ?closes ; nlc:section ?section ; nlc:source ?source .
  ?section rdfs:label ?label ; nlc:heading ?heading }"""
UNITS = """SELECT ?unit ?property ?value {
  VALUES ?property { rdf:type rdfs:label nlc:identification nlc:quantifier nlc:memberKind nlc:memberCount }
  { ?claim nlc:about ?unit . ?claim a nlc:Claim } UNION { ?any nlc:usedBy ?unit }
  UNION { ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item . ?item a nlc:Level ; nlc:about ?unit }
  ?unit ?property ?value }"""
VOICES = """SELECT DISTINCT ?voice ?property ?value {
  VALUES ?property { rdf:type rdfs:label nlc:speakerRole }
  { ?claim nlc:assertedBy ?voice } UNION { ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item .
    ?item nlc:spokenBy|nlc:providedBy|nlc:relayedBy ?voice }
  ?voice ?property ?value }"""
LEVELS = """SELECT ?unit ?indicator ?period ?measured ?value ?precision {
  ?level a nlc:Level ; nlc:about ?unit ; nlc:measures ?indicator ; nlc:atPeriod ?period ;
    nlc:measurementUnit ?measured .
  OPTIONAL { ?level nlc:value ?value } OPTIONAL { ?level nlc:precision ?precision } }"""
CHANGES = """SELECT ?change ?unit ?indicator ?from ?to ?measured ?stated ?start ?end ?precision ?computed {
  ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?change .
  ?change a nlc:Change ; nlc:about ?unit ; nlc:measures ?indicator ; nlc:fromPeriod ?from ; nlc:toPeriod ?to ;
    nlc:measurementUnit ?measured .
  OPTIONAL { ?change nlc:value ?stated } OPTIONAL { ?change nlc:precision ?precision }
  OPTIONAL { ?change nlc:startLevel/nlc:value ?start } OPTIONAL { ?change nlc:endLevel/nlc:value ?end }
  OPTIONAL { ?change nlc:computedValue ?computed } }"""
COMPARATORS = """SELECT ?item ?position ?unit ?measure ?measured ?at ?from ?to ?value ?start ?end ?precision ?computed {
  VALUES ?position { nlc:comparedWith nlc:aboveComparator nlc:belowComparator }
  ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item . ?item ?position ?other .
  ?other nlc:about ?unit ; nlc:measures ?measure ; nlc:measurementUnit ?measured .
  OPTIONAL { ?other nlc:value ?value } OPTIONAL { ?other nlc:atPeriod ?at } OPTIONAL { ?other nlc:precision ?precision }
  OPTIONAL { ?other nlc:fromPeriod ?from ; nlc:toPeriod ?to } OPTIONAL { ?other nlc:computedValue ?computed }
  OPTIONAL { ?other nlc:startLevel/nlc:value ?start } OPTIONAL { ?other nlc:endLevel/nlc:value ?end } }"""


FEATURES = (
    "SELECT ?claim ?label ?near { ?claim nlc:reportedUnder ?own . ?own skos:prefLabel ?label ; skos:closeMatch ?near }"
)
RIVERSIDE = Path(__file__).parents[1] / "riverside.ttl"


def rows(graph: Graph, query: str) -> Answer:
    return {
        tuple(Decimal(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell for cell in row)
        for row in graph.select(query).rows
    }


ALL = {
    "claims": CLAIMS, "strategies": STRATEGIES, "evidence": EVIDENCE, "passages": PASSAGES, "levels": LEVELS,
    "changes": CHANGES, "comparators": COMPARATORS, "units": UNITS, "voices": VOICES,
}  # fmt: skip


def again(graph: Graph, tmp_path: Path, enquiry: str, suffix: str = "csv", *, new_terms: bool = False) -> Graph:
    sheet = tmp_path / f"sheet.{suffix}"
    rows, terms = to_rows(graph).rows, open_graph(bundled=False)
    sheet.write_bytes(to_csv([heading(), *rows]) if suffix == "csv" else to_xlsx(rows, drop_down_lists(terms)))
    imported = read_sheets([str(sheet)], terms, enquiry=enquiry, new_terms=new_terms)
    (tmp_path / "again.ttl").write_bytes(imported.to_bytes())
    assert imported.warnings == []
    assert validate([str(tmp_path / "again.ttl")], bundled=False).findings == ()
    return open_graph(tmp_path / "again.ttl", bundled=False)


@pytest.fixture(scope="module", params=["csv", pytest.param("xlsx", marks=pytest.mark.slow)])
def both(bundled: Graph, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, ...]:
    return bundled, again(bundled, tmp_path_factory.mktemp("sheet"), "nlc2005", request.param)


@pytest.mark.parametrize("query", ALL.values(), ids=ALL)
def test_the_bundled_evidence_comes_back_the_same(both: tuple[Graph, Graph], query: str) -> None:
    before, after = (rows(graph, query) for graph in both)
    assert len(before) > 5
    assert after == before


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_another_enquiry_comes_back_with_its_own_key_features(suffix: str, tmp_path: Path) -> None:
    """All that riverside.ttl says, but for the identifiers of enquiry and passage, which the import gives."""
    graph = open_graph(RIVERSIDE, bundled=False)
    after = again(graph, tmp_path, "riverside", suffix, new_terms=True)
    for query in (CLAIMS, STRATEGIES, EVIDENCE, PASSAGES, UNITS, VOICES, FEATURES):
        assert rows(after, query) == rows(graph, query) != set()


def test_what_has_no_place_in_a_sheet_is_counted(bundled: Graph) -> None:
    left = to_rows(bundled).left_out
    asked = "SELECT (COUNT(*) AS ?n) { ?thing a nlc:Claim ; nlc:reviewStatus ?status }"
    assert left["context facts"] > 0 and left["'part of strategy'"] > 0
    assert left["'review status'"] >= int(str(bundled.select(asked).rows[0][0]))
    assert to_rows(open_graph(RIVERSIDE, bundled=False)).left_out == {}


def test_links_come_back_the_same(both: tuple[Graph, Graph]) -> None:
    before, after = (find_impacts(graph).links for graph in both)
    assert after == before and len(before) > 50


def test_a_graph_with_other_identifiers_comes_back_too(tiny: Graph, tmp_path: Path) -> None:
    """Qualified, relayed, compared, by way of, joint: tiny.ttl has one of each. Sheets do not know its prefix."""
    after = again(tiny, tmp_path, "tiny")
    for query in (CLAIMS, EVIDENCE, PASSAGES, COMPARATORS):
        assert rows(after, query) == rows(tiny, query)
    # The enquiry is the one that the sheet was imported into.
    before, again_ = (
        [(link._replace(enquiries=()), len(link.enquiries)) for link in find_impacts(graph).links]
        for graph in (tiny, after)
    )
    assert again_ == before


def test_the_second_sheet_is_the_first(bundled: Graph, tmp_path: Path) -> None:
    first, second = (to_rows(graph).rows for graph in (bundled, again(bundled, tmp_path, "nlc2005")))
    assert sorted(second) == sorted(first)


def test_the_passage_of_a_strategy_that_no_claim_shares(write: Write, terms: Graph, tmp_path: Path) -> None:
    """A row that says nothing but where the use is told, as exports write it."""
    named = {"strategy": "mentors at work"}
    use = {key: CLAIM[key] for key in ("network", "practice", "section", "source", "passage closes")}
    rows = [{**CLAIM, **named}, {**use, **named, "passage opens": "Mentors came in"}]
    read = tmp_path / "read.ttl"
    read.write_bytes(read_sheets([write(*rows)], terms, enquiry="mine").to_bytes())
    graph = open_graph(read, bundled=False)
    opens = graph.select("SELECT ?opens { ?strategy a nlc:Strategy ; nlc:statedIn/nlc:opens ?opens }")
    assert opens.column("opens") == ["Mentors came in"]
