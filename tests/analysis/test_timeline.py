"""Figures in the order of time, on the graph worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.analysis.findings import to_labels
from nlc_graph.analysis.timeline import find_figures, find_phase

from ..conftest import TINY

T = "https://example.org/tiny/"


def test_figures_with_comparators_before_and_after_the_network_was_formed(tiny: Graph) -> None:
    # Alder was formed in 2002; for Birch no year is stated. Comparators are not listed for themselves.
    found = find_figures(tiny)
    columns = ("indicator", "unit", "period", "figure", "against", "when", "claims")
    against = "above schools elsewhere at most +0.1 (by at least +1.2)"
    assert to_labels(found.tables["figures"], columns, tiny.names).rows == (
        ("Key Stage 2 average point score", "Birch NLC", "2002 to 2004", "+1.3 points", against, "", 1),
        ("attendance rate", "a school in Alder", "2000", "84 per cent", "", "before", 1),
        ("attendance rate", "a school in Alder", "2004", "90 per cent", "", "after", 1),
        ("attendance rate", "a school in Alder", "2004", "in words only", "below schools nationally 93", "after", 1),
        ("attendance rate", "a school in Alder", "2000 to 2004", "+6 percentage points", "", "across", 1),
        ("number of schools", "Birch NLC", "undated", "7 count", "", "", 0),
    )
    assert found.numbers == {"figures": 6, "without year": 1}


def test_numbers_are_exact_and_claims_named(tiny: Graph) -> None:
    points = tiny.resolve("Key Stage 2 average point score")
    (found,) = find_figures(tiny, network=f"{T}birch", indicator=points).tables["figures"]
    assert (found["value"], found["compared"], found["difference"]) == (1.3, 0.1, 1.2)
    assert found["claims"] == (f"{T}birch-points",)


def test_precision_and_percentage_points(tmp_path: Path) -> None:
    figure = "nlc:about t:birch ; nlc:measures t:passes ; nlc:evidenceKind kind:statistic ; nlc:measurementUnit"
    change = f"a nlc:Change ; nlc:fromPeriod t:y2002 ; nlc:toPeriod t:y2004 ; {figure} unit:percent"
    path = tmp_path / "passes.ttl"
    path.write_text(f"""
      PREFIX nlc: <https://w3id.org/nlc-graph/ontology#> PREFIX t: <{T}> PREFIX kind: <https://w3id.org/nlc-graph/kind/>
      PREFIX unit: <https://w3id.org/nlc-graph/unit/> PREFIX precision: <https://w3id.org/nlc-graph/precision/>
      PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
      t:passes a nlc:Indicator ; skos:prefLabel "passed the test" .
      t:first a nlc:Level ; {figure} unit:percent ; nlc:value 44.0 ; nlc:atPeriod t:y2002 .
      t:last a nlc:Level ; {figure} unit:percent ; nlc:value 61.0 ; nlc:atPeriod t:y2004 .
      t:books a nlc:Level ; {figure} unit:count ; nlc:value 1234567 ; nlc:precision precision:more-than ;
        nlc:atPeriod t:y2000 .
      t:stated {change} ; nlc:startLevel t:first ; nlc:endLevel t:last ; nlc:value 17.0 .
      t:about {change} ; nlc:value 12.0 ; nlc:precision precision:approximate ; nlc:comparedWith t:stated .""")
    graph = open_graph(TINY, path, bundled=False)
    assert [
        (row["period"], row["figure"], graph.names.curie(str(row["measure"])), row["against"], row["difference"])
        for row in find_figures(graph, indicator=f"{T}passes").tables["figures"]
    ] == [
        ("2000", "more than 1234567 count", "unit:count", "", None),
        ("2002", "44 per cent", "unit:percent", "", None),
        ("2004", "61 per cent", "unit:percent", "", None),
        ("2002 to 2004", "+17 percentage points", "unit:percentage-points", "", None),
        ("2002 to 2004", "approximate +12 per cent", "unit:percent", "beside Birch NLC +17", None),
    ]


@pytest.mark.parametrize(
    ("begins", "year", "formed", "expected"),
    [
        (2000, 2001, 2002, "before"),
        (2000, 2002, 2002, "across"),
        (2000, 2004, 2002, "across"),
        (2002, 2004, 2002, "since"),
        (2003, 2004, 2002, "after"),
        (2002, 2002, 2002, "in the year"),
        (None, 2002, 2002, ""),
        (None, 2001, 2002, "before"),
        (2000, 2004, None, ""),
    ],
)
def test_phase(begins: int | None, year: int, formed: int | None, expected: str) -> None:
    assert find_phase(begins, year, formed) == expected
