"""Parts of the graph: closed under evidence, however they were chosen."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from nlc_graph import Filters, Graph, resources
from nlc_graph.errors import ParameterError, QueryFormError
from nlc_graph.evidence.subgraph import (
    NothingFoundError,
    Subgraph,
    around,
    constructed,
    cut,
    everything,
    matching,
    relation_iri,
)
from nlc_graph.export import to_turtle

ROOT = Path(resources.root())
CHECKS = sorted((ROOT / "ontology" / "checks").glob("*.rq"))
T = "https://example.org/tiny/"
B = "https://w3id.org/nlc-graph/"
N = f"{B}nlc2005/"


def subjects(part: Subgraph) -> set[str]:
    return {
        t.subject.value.removeprefix(T)
        for t in part.triples
        if isinstance(t.subject, ox.NamedNode) and T in t.subject.value
    }


def claims(part: Subgraph) -> set[str]:
    return {iri.removeprefix(T) for iri in part.claims}


def test_a_claim_brings_all_it_rests_on_and_nothing_else(tiny: Graph) -> None:
    part = cut(tiny, [f"{T}alder-attendance"])
    assert subjects(part) == {
        *("alder-attendance", "alder", "alder-school", "alder-mentors", "alder-change", "alder-2000", "alder-2004"),
        *("alder-inspected", "nation-2004", "nation", "inspection", "y2000", "y2004", "wigan"),
        *("alder-passage", "section-alder", "report", "enquiry", "authors"),
    }
    assert cut(tiny, []).triples == ()


def test_everything_leaves_out_only_what_nothing_says(tiny: Graph) -> None:
    part = everything(tiny)
    assert len(part.claims) == 7
    told = {
        str(iri).removeprefix(T) for iri in tiny.select("SELECT DISTINCT ?s { ?s ?p ?o }").column("s") if T in str(iri)
    }
    assert subjects(part) == told


@pytest.mark.parametrize(
    ("seed", "hops", "relations", "expected"),
    [
        # A practice: its use, then the claims that tie the use.
        (f"{B}practice/learning-mentors", 1, (), set()),
        (f"{B}practice/learning-mentors", 2, (), {"alder-attendance", "alder-engagement"}),
        # An outcome type: its claims at once; two hops on, the claims that share a strategy or unit with them.
        (f"{B}outcome/attendance", 1, (), {"alder-attendance"}),
        (f"{B}outcome/attendance", 3, ("outcome", "nlc:strategy"), {"alder-attendance", "alder-engagement"}),
        (f"{B}outcome/attendance", 3, ("outcome",), {"alder-attendance"}),
        (f"{T}birch", 1, ("about",), {"birch-writing", "birch-aim", "birch-points", "birch-picture"}),
    ],
)
def test_hops_follow_statements_either_way(
    tiny: Graph, seed: str, hops: int, relations: tuple[str, ...], expected: set[str]
) -> None:
    assert claims(around(tiny, [seed], hops=hops, relations=relations)) == expected


def test_hops_bring_uses_that_no_claim_ties(tiny: Graph) -> None:
    assert "birch-walls" in subjects(around(tiny, [f"{B}practice/talent-walls"], hops=1))


def test_an_unknown_relation_names_the_known_ones() -> None:
    assert relation_iri("memberOf") == relation_iri("org:memberOf") == "http://www.w3.org/ns/org#memberOf"
    with pytest.raises(ParameterError, match="no relation 'sideways' to follow; known: strategy, practice, usedBy"):
        relation_iri("sideways")


def test_filters_and_things_touched_narrow_together(tiny: Graph) -> None:
    birch = Filters(networks=frozenset([f"{T}birch"]))
    assert claims(matching(tiny, birch)) == {"birch-writing", "birch-aim", "birch-points", "birch-picture"}
    assert claims(matching(tiny, birch, [f"{B}practice/story-making"])) == {"birch-writing", "birch-aim"}
    assert claims(matching(tiny, Filters(), [f"{B}outcome/attendance"])) == {"alder-attendance"}


def test_a_construct_query_chooses_things_and_its_triples_stay(tiny: Graph) -> None:
    made = "CONSTRUCT { ?claim <https://example.org/next> ?outcome }"
    query = f"{made} {{ ?claim nlc:linkType link:intended ; nlc:outcome ?outcome }}"
    part = constructed(tiny, query)
    assert claims(part) == {"birch-aim"}
    assert "birch-statement" in subjects(part)
    assert any(t.predicate.value == "https://example.org/next" for t in part.triples)


def test_queries_that_cannot_choose_are_refused(tiny: Graph) -> None:
    with pytest.raises(NothingFoundError, match="the query constructs nothing"):
        constructed(tiny, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(false) }")
    with pytest.raises(QueryFormError):
        constructed(tiny, "SELECT ?s { ?s ?p ?o }")


@pytest.mark.slow
@pytest.mark.parametrize(
    "choose",
    [
        lambda graph: around(graph, [f"{B}practice/learning-mentors"], hops=2),
        lambda graph: matching(graph, Filters(features=frozenset([f"{B}feature/well-being"]))),
        lambda graph: matching(graph, Filters(), [f"{N}kingsbridge"]),
        lambda graph: constructed(graph, graph_query(graph)),
        everything,
    ],
    ids=["hops", "filters", "touching", "query", "everything"],
)
def test_the_turtle_of_a_part_is_valid_by_itself(bundled: Graph, choose: object) -> None:
    part = choose(bundled)  # type: ignore[operator]
    assert part.claims
    data = rdflib.Graph().parse(data=to_turtle(part), format="turtle")
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in part.triples)
    for path in resources.ontology_files():
        data.parse(path)
        store.load(path=path, format=ox.RdfFormat.TURTLE)
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    conforms, _, report = pyshacl.validate(data, shacl_graph=shapes, advanced=True)
    assert conforms, report
    found = {path.stem: store.query(path.read_text(encoding="utf-8")) for path in CHECKS}
    assert {name: [str(row[0]) for row in rows] for name, rows in found.items()} == {path.stem: [] for path in CHECKS}  # type: ignore[union-attr]


def graph_query(graph: Graph) -> str:
    from nlc_graph.graph.queries import named_query

    return named_query("network-subgraph").bind({"network": "Kingsbridge"}, graph.resolve)
