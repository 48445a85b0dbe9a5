"""The bundled evidence: its networks, its figures, its labels and its passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph, Table
from nlc_graph.passages.document import Document
from nlc_graph.passages.locate import open_copy
from nlc_graph.vocabulary import to_curie

NETWORKS = "excel janus kingsbridge oldham organic pendle penryn psln southampton stag".split()

PASSAGES = """
SELECT ?passage ?section ?position ?opens ?closes {
  ?passage a nlc:Passage ; nlc:source nlc2005:summary ; nlc:section ?section ; nlc:opens ?opens ; nlc:closes ?closes .
  ?section nlc:position ?position
} ORDER BY ?passage
"""


def curies(graph: Graph, query: str) -> set[str]:
    return {to_curie(str(value)) for value in graph.select(query).column("x")}


def test_there_are_ten_networks(bundled: Graph) -> None:
    assert curies(bundled, "SELECT ?x { ?x a nlc:Network }") == {f"nlc2005:{name}" for name in NETWORKS}


def test_networks_appear_under_these_key_features(bundled: Graph) -> None:
    table = bundled.query("networks-by-feature")
    assert isinstance(table, Table)
    found: dict[str, list[int]] = {}
    order = (
        "attainment achievement well-being professional-practice future-leaders"
        " leading-in-and-beyond-school system-impact"
    ).split()
    for row in table:
        name = str(row["network"]).rsplit("/", 1)[-1]
        found.setdefault(name, []).append(order.index(str(row["feature"]).rsplit("/", 1)[-1]) + 1)
    assert {name: sorted(features) for name, features in found.items()} == {
        "excel": [3, 4, 5, 6],
        "janus": [1, 2, 5, 6],
        "kingsbridge": [2],
        "oldham": [2, 5, 7],
        "organic": [1, 3],
        "pendle": [1, 3, 4],
        "penryn": [1, 2, 3, 6, 7],
        "psln": [2, 4, 6],
        "southampton": [1, 2, 3, 6],
        "stag": [3, 7],
    }


@pytest.mark.parametrize("practice", ["philosophy-for-children", "peer-mentoring"])
def test_no_figure_supports_practices_with_testimony_only(bundled: Graph, practice: str) -> None:
    query = f"SELECT ?x {{ ?c nlc:strategy/nlc:practice practice:{practice} ; nlc:supportedBy/nlc:evidenceKind ?x }}"
    assert "kind:statistic" not in (curies(bundled, query) or {"kind:statistic"})


@pytest.mark.parametrize(
    ("network", "change", "other", "difference"),
    [("southampton", 1.3, 0.0, 1.3), ("penryn", 1.8, 0.1, 1.7), ("pendle", 0.8, 0.2, 0.6), ("janus", 0.4, 0.2, 0.2)],
)
def test_differences_in_average_point_scores(
    bundled: Graph, network: str, change: float, other: float, difference: float
) -> None:
    table = bundled.query("difference-in-differences")
    assert isinstance(table, Table)
    found = [
        (float(str(row["change"])), float(str(row["comparatorChange"])), float(str(row["difference"])))
        for row in table
        if f"/{network}" in str(row["unit"])
        and str(row["indicator"]).endswith("/ks2-average-point-score")
        and row["difference"] is not None
    ]
    assert found == [(change, other, difference)]


def test_levels_of_authorised_absence(bundled: Graph) -> None:
    table = bundled.query("figures", on="^authorised absence rate")
    assert isinstance(table, Table)
    levels = {str(row["figure"]): float(str(row["value"])) for row in table if row["from"] is None}
    assert sorted(levels.values()) == [7.8, 9.4, 9.7, 10.7]


def test_no_claim_reports_a_worse_outcome(bundled: Graph) -> None:
    assert curies(bundled, "SELECT ?x { ?x nlc:direction direction:worsened }") == set()


def test_every_item_has_a_passage(bundled: Graph) -> None:
    missing = """SELECT ?x {
      VALUES ?type { nlc:Claim nlc:Strategy nlc:Testimony nlc:Level nlc:Change nlc:Figure nlc:EvidenceItem
        nlc:ContextFact nlc:Network nlc:School nlc:Group }
      ?x a ?type FILTER NOT EXISTS { ?x nlc:statedIn ?passage }
    }"""
    assert curies(bundled, missing) == set()


def test_entities_have_labels(bundled: Graph) -> None:
    missing = """SELECT ?x {
      VALUES ?type { nlc:Claim nlc:Strategy nlc:Network nlc:School nlc:Group nlc:Speaker nlc:Section nlc:Period }
      ?x a ?type FILTER NOT EXISTS { ?x rdfs:label ?label }
    }"""
    assert curies(bundled, missing) == set()


def test_every_passage_is_located_once_in_its_section(bundled: Graph, source_copy: Path) -> None:
    copy, passages = open_copy(bundled, Document.read(source_copy))
    assert len(passages) > 300 and copy.missing_headings == ()
    assert [place for place in map(copy.locate, passages) if not place.span] == []


def test_no_passage_quotes_more_than_seven_words(bundled: Graph) -> None:
    long = [row for row in bundled.select(PASSAGES).rows if max(len(str(row[3]).split()), len(str(row[4]).split())) > 7]
    assert long == []
