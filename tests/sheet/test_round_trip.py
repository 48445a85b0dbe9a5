"""A graph written as a sheet and read again has the same claims, links, evidence and figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from nlc_graph import Graph, find_links, open_graph
from nlc_graph.sheet import heading, read_sheets, to_csv, to_rows
from nlc_graph.validation import validate

Answer = set[tuple[object, ...]]

CLAIMS = """SELECT ?claim ?property ?value {
  VALUES ?property { nlc:about nlc:outcome nlc:throughOutcome nlc:direction nlc:linkType nlc:reportedUnder nlc:strategy
    nlc:assertedBy nlc:affects nlc:paraphrase nlc:curatorNote rdfs:label
    nlc:supportedBy nlc:qualifiedBy nlc:challengedBy nlc:comparisonDesign }
  ?claim a nlc:Claim ; ?property ?value }"""
STRATEGIES = """SELECT ?strategy ?property ?value {
  VALUES ?property { rdfs:label nlc:practice nlc:usedBy nlc:relatesTo nlc:aimsAt }
  ?strategy a nlc:Strategy ; ?property ?value }"""
EVIDENCE = """SELECT ?item ?property ?value {
  VALUES ?property { rdf:type nlc:evidenceKind nlc:spokenBy nlc:relayedBy nlc:providedBy nlc:drawnFrom nlc:paraphrase
    nlc:curatorNote nlc:printedAs }
  ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item . ?item ?property ?value }"""
PASSAGES = """SELECT ?item ?opens ?closes ?section ?source {
  { ?item a nlc:Claim } UNION { ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item }
  ?item nlc:statedIn ?passage .
  ?passage nlc:opens ?opens ; nlc:closes ?closes ; nlc:section ?section ; nlc:source ?source }"""
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
COMPARATORS = """SELECT ?item ?position ?unit ?value ?start ?end {
  VALUES ?position { nlc:comparedWith nlc:aboveComparator nlc:belowComparator }
  ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item . ?item ?position ?other . ?other nlc:about ?unit .
  OPTIONAL { ?other nlc:value ?value }
  OPTIONAL { ?other nlc:startLevel/nlc:value ?start } OPTIONAL { ?other nlc:endLevel/nlc:value ?end } }"""


def rows(graph: Graph, query: str) -> Answer:
    return {
        tuple(Decimal(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell for cell in row)
        for row in graph.select(query).rows
    }


def again(graph: Graph, tmp_path: Path, enquiry: str) -> Graph:
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(to_csv([heading(), *to_rows(graph).rows]))
    imported = read_sheets([str(sheet)], open_graph(bundled=False), enquiry=enquiry)
    (tmp_path / "again.ttl").write_bytes(imported.to_bytes())
    assert validate([str(tmp_path / "again.ttl")], bundled=False).findings == ()
    return open_graph(tmp_path / "again.ttl", bundled=False)


@pytest.fixture(scope="module")
def both(bundled: Graph, tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Graph]:
    return bundled, again(bundled, tmp_path_factory.mktemp("sheet"), "nlc2005")


@pytest.mark.parametrize(
    "query",
    [CLAIMS, STRATEGIES, EVIDENCE, PASSAGES, LEVELS, CHANGES, COMPARATORS],
    ids="claims strategies evidence passages levels changes comparators".split(),
)
def test_the_bundled_evidence_comes_back_the_same(both: tuple[Graph, Graph], query: str) -> None:
    before, after = (rows(graph, query) for graph in both)
    assert len(before) > 5
    assert after == before


def test_links_come_back_the_same(both: tuple[Graph, Graph]) -> None:
    before, after = (find_links(graph).links for graph in both)
    assert after == before and len(before) > 50


def test_a_graph_with_other_identifiers_comes_back_too(tiny: Graph, tmp_path: Path) -> None:
    """Qualified, relayed, compared, by way of, joint: tiny.ttl has one of each. Sheets do not know its prefix."""
    after = again(tiny, tmp_path, "tiny")
    for query in (CLAIMS, EVIDENCE, PASSAGES, COMPARATORS):
        assert rows(after, query) == rows(tiny, query)
    # The enquiry is the one that the sheet was imported into.
    before, again_ = (
        [(link._replace(enquiries=()), len(link.enquiries)) for link in find_links(graph).links]
        for graph in (tiny, after)
    )
    assert again_ == before


def test_the_second_sheet_is_the_first(bundled: Graph, tmp_path: Path) -> None:
    first, second = (to_rows(graph).rows for graph in (bundled, again(bundled, tmp_path, "nlc2005")))
    assert sorted(second) == sorted(first)
