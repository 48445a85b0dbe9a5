"""Each named query on a graph worked out by hand: tiny.ttl and tiny-front.ttl, whose heads hold the account.

``queries/NAME.csv`` holds the rows that a query must return there, in order: IRIs as CURIEs, unbound cells empty.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import rdflib

from nlc_graph import Graph, Table, open_graph
from nlc_graph.graph.queries import NamedQuery, named_queries, named_query
from nlc_graph.resources import query_files
from nlc_graph.table import Ref
from nlc_graph.vocabulary import to_curie

from .conftest import TINY, in_rdflib

FOLDER = Path(__file__).parent / "queries"


class Case(NamedTuple):
    """A query, a resource that its rows must not contain and the reason, and its parameters."""

    name: str
    absent: str
    reason: str
    parameters: dict[str, str] = {}  # noqa: RUF012


CASES = [
    Case("about", "t:alder-stories", "another network uses the same practice", {"entity": "t:birch-stories"}),
    Case("by-way-of", "t:alder-attendance", "it has no intermediate outcome"),
    Case("changes", "t:alder-2004", "it is a level"),
    Case("charts", "t:birch-points-change", "it is a number"),
    Case("claims", "t:alder-attendance", "it is co-reported", {"link": "attributed"}),
    Case("claims-on-some", "t:birch-points", "it is about the whole network"),
    Case("claims-with-several-kinds-of-evidence", "t:alder-attendance", "one of its two kinds only qualifies it"),
    Case("comparators", "t:alder-change", "it has no comparator"),
    Case("context-facts", "t:scheme-start", "it concerns a programme", {"of": "Alder"}),
    Case("contrary-claims", "t:alder-attendance", "nothing contradicts it"),
    Case("curator-notes", "t:birch-maps", "it has no note", {"text": "walls"}),
    Case("data-claims-without-numbers", "t:birch-points", "it rests on a number"),
    Case("dates", "t:elsewhere-pupils", "it has no date", {"network": "Alder|no network"}),
    Case("difference-in-differences", "t:nation", "it has a single level"),
    Case("evidence", "t:alder-change", "it is a statistic", {"kind": "inspection report"}),
    Case("evidence-by-network", "t:birch", "it has nothing under achievement", {"feature": "achievement"}),
    Case("evidence-matrix", "practice:talent-walls", "no claim is on it"),
    Case("feature-mismatch", "t:birch-picture", "its outcome belongs to its feature", {"network": "birch"}),
    Case("features-without-figures", "feature:well-being", "a figure supports t:birch-points"),
    Case("figures", "t:elsewhere-points-change", "it is a comparator of Birch", {"of": "Birch"}),
    Case("figures-by-feature", "t:alder-2000", "it is counted, not listed"),
    Case("figures-by-network", "t:alder-school", "its figures count for its network"),
    Case("headings", "t:alder-attendance", "it is counted, not listed"),
    Case("improvements-without-figures", "t:alder-attendance", "it rests on a change"),
    Case("mentions", "t:birch-walls", "it mentions neither", {"text": "stories|tiny town"}),
    Case("network-account", "t:alder-place", "it is about Alder", {"network": "t:birch"}),
    Case("network-facts", "t:college", "a partner is not one of the facts"),
    Case("network-practices", "practice:talent-walls", "Birch uses it", {"network": "t:alder"}),
    Case("networks-by-feature", "feature:attainment", "its sections name no network"),
    Case("not-reported", "t:alder", "its area is reported", {"text": ".", "of": "Birch"}),
    Case("organisations", "t:model", "it is a framework", {"text": "college|programme"}),
    Case("outcome-types", "practice:story-making", "it is a practice"),
    Case("outcomes-for-role", "role:headteacher", "no outcome affects it", {"role": "pupil"}),
    Case("people", "t:birch-pupil", "the pupil is not named"),
    Case("practices-for-outcome", "t:birch-points", "it has no strategy", {"outcome": "attainment"}),
    Case("quotations-by-role", "t:authors", "authors give no testimony"),
    Case("review-status", "nlc:Strategy", "strategies are not reviewed"),
    Case("section-account", "t:alder-place", "it stands in another section", {"section": "birch"}),
    Case("shared-practices", "practice:talent-walls", "one network uses it"),
    Case("strategies-by-result", "t:college", "a partner is not a strategy"),
    Case("strategy-parts", "t:birch-walls", "it has no part", {"text": "Birch"}),
    Case("unclear-figures", "t:alder-2000", "its number, unit and date are clear"),
    Case("voices", "t:somebody", "the role is not stated", {"role": "pupil"}),
]

#: Query to the parameters with which it can be run on tiny.ttl.
PARAMETERS: dict[str, dict[str, str]] = {
    **{case.name: case.parameters for case in CASES},
    "network-subgraph": {"network": "t:alder"},
    "has-figures": {"outcome": "attendance"},
}
#: Query, parameters, a column and its distinct values: what narrows the rows.
NARROWED = [
    ("changes", {"outcome": "attainment"}, "change", ["t:birch-points-change", "t:elsewhere-points-change"]),
    ("changes", {"given": "in words"}, "change", []),
    ("claims", {"link": "none"}, "claim", ["t:birch-points", "t:birch-picture"]),
    ("claims", {"direction": "unchanged"}, "claim", ["t:alder-writing"]),
    ("comparators", {"given": "in words"}, "figure", ["t:alder-inspected"]),
    ("context-facts", {"topic": "publication"}, "fact", ["t:authorship", "t:thanks"]),
    ("evidence", {"bearing": "qualified"}, "item", ["t:alder-inspected"]),
    ("figures", {"on": "free school meals"}, "figure", ["t:elsewhere-meals"]),
    ("strategies-by-result", {"result": "purpose only"}, "strategy", ["t:birch-maps"]),
    ("strategies-by-result", {"result": "neither"}, "strategy", ["t:birch-walls"]),
    ("voices", {"of": "Alder"}, "testimony", ["t:alder-heads-say", "t:somebody-says"]),
    ("voices", {"role": "not stated"}, "testimony", ["t:somebody-says"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def tiny() -> Graph:
    """Return the graph of tiny.ttl and tiny-front.ttl, without the bundled evidence."""
    return open_graph(TINY, TINY.with_name("tiny-front.ttl"), bundled=False)


@pytest.fixture(scope="module")
def tiny_rdflib(tiny: Graph) -> rdflib.Graph:
    """Return the same triples in rdflib's own store and engine."""
    return in_rdflib(tiny)


def cell(value: Any, graph: Graph) -> str:
    """Format a cell of either engine: CURIEs, numbers by value, nothing for unbound."""
    if isinstance(value, (Ref, rdflib.URIRef)):
        return to_curie(str(value), graph.prefixes)
    if isinstance(value, rdflib.Literal):
        value = value.toPython()
    if isinstance(value, (int, float, Decimal)):
        return f"{float(value):g}"
    return "" if value is None else str(value)


def formatted(rows: Any, graph: Graph, name: str) -> list[list[str]]:
    found = [[cell(value, graph) for value in row] for row in rows]
    if name == "outcome-types":  # the vocabulary has 95 types on which tiny.ttl has no claim
        return [row for row in found if row[2] != "0"]
    return found


def expected(name: str) -> list[list[str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def ask(graph: Graph, name: str, **parameters: str) -> Table:
    answer = graph.query(name, **parameters)
    assert isinstance(answer, Table)
    return answer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_query_returns_these_rows_and_not_what_is_near(tiny: Graph, case: Case) -> None:
    found = ask(tiny, case.name, **case.parameters)
    rows = formatted(found.rows, tiny, case.name)
    assert [list(found.columns), *rows] == expected(case.name)
    assert not any(case.absent in row for row in rows), case.reason


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rdflib_returns_the_same_rows(tiny: Graph, tiny_rdflib: rdflib.Graph, case: Case) -> None:
    query = named_query(case.name)
    found = tiny_rdflib.query(query.bind({**case.parameters}, tiny.resolve))
    assert sorted(formatted(found, tiny, case.name)) == sorted(expected(case.name)[1:])


@pytest.mark.parametrize(("name", "parameters", "column", "values"), NARROWED)
def test_parameter_narrows_the_rows(
    tiny: Graph, name: str, parameters: dict[str, str], column: str, values: list[str]
) -> None:
    found = ask(tiny, name, **parameters).column(column)
    assert list(dict.fromkeys(cell(value, tiny) for value in found)) == values


def test_features_without_figures_follows_mappings_both_ways(own_features: Graph) -> None:
    found = ask(own_features, "features-without-figures")
    assert formatted(found.rows, own_features, "features-without-figures") == [
        ["t:own-voice", "2"],
        ["feature:leading-in-and-beyond-school", "0"],
        ["feature:professional-practice", "0"],
        ["feature:system-impact", "2"],
    ]


def test_has_figures_is_true_only_where_a_number_supports_a_claim(tiny: Graph) -> None:
    assert tiny.query("has-figures", outcome="attendance") is True
    assert tiny.query("has-figures", outcome="writing") is False


def test_network_subgraph_contains_the_network_and_not_its_neighbour(tiny: Graph) -> None:
    found = tiny.query("network-subgraph", network="t:alder")
    assert isinstance(found, rdflib.Graph)
    subjects = {to_curie(str(subject), tiny.prefixes) for subject in found.subjects()}
    assert {"t:alder", "t:alder-school", "t:alder-mentors", "t:alder-attendance"} <= subjects
    assert not any("birch" in subject for subject in subjects)


def test_every_query_has_a_case() -> None:
    assert set(query_files()) == {*(case.name for case in CASES), "has-figures", "network-subgraph"}
    assert {path.stem for path in FOLDER.iterdir()} == {case.name for case in CASES}


@pytest.mark.parametrize("query", named_queries(), ids=lambda query: query.name)
def test_header_has_a_question_a_description_and_a_default_for_each_parameter(query: NamedQuery) -> None:
    assert query.summary.endswith("?") and query.description.endswith(".")
    assert set(query.defaults) == set(query.parameters)
    required = {name for name, parameter in query.parameters.items() if parameter.type == "iri"}
    assert set(query.required) == required and all(query.required.values())
    assert {value for name, value in query.defaults.items() if name not in required} <= {"."}
