"""RDF formats: the same triples, read back by rdflib and pyoxigraph, and JSON-LD also by PyLD."""

from __future__ import annotations

import json

import pyld.jsonld
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from nlc_graph import Graph, find_impacts
from nlc_graph.evidence.subgraph import Subgraph, cut
from nlc_graph.export import to_jsonld, to_ntriples, to_rdfxml, to_trig, to_turtle
from nlc_graph.export.rdf import FORBIDDEN, UnwritableTriplesError
from nlc_graph.vocabulary import PREFIXES

from .conftest import CLAIM, LABELS, T, relabelled

OXIGRAPH = {
    to_turtle: ox.RdfFormat.TURTLE,
    to_ntriples: ox.RdfFormat.N_TRIPLES,
    to_trig: ox.RdfFormat.TRIG,
    to_jsonld: ox.RdfFormat.JSON_LD,
    to_rdfxml: ox.RdfFormat.RDF_XML,
}
XSD = PREFIXES["xsd"]


def test_rdflib_reads_the_same_triples_from_each_format(part: Subgraph) -> None:
    expected = rdflib.Graph().parse(data=to_ntriples(part), format="nt")
    assert len(expected) == len(part.triples)
    for write, name in ((to_turtle, "turtle"), (to_jsonld, "json-ld"), (to_rdfxml, "xml")):
        assert isomorphic(rdflib.Graph().parse(data=write(part), format=name), expected), name


def test_the_same_part_gives_the_same_bytes(tiny: Graph, part: Subgraph) -> None:
    again = cut(tiny, [f"{T}alder-attendance"])
    for write in OXIGRAPH:
        assert write(part) == write(again)


def test_trig_has_a_named_graph_for_each_source(part: Subgraph) -> None:
    graphs: dict[str, set[str]] = {}
    for quad in ox.parse(to_trig(part), format=ox.RdfFormat.TRIG):
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        assert isinstance(quad.subject, ox.NamedNode)
        graphs.setdefault(name.removeprefix(T), set()).add(quad.subject.value.removeprefix(T))
    assert set(graphs) == {"", "report"}
    assert {"alder-attendance", "alder-passage", "section-alder", "alder-change"} <= graphs["report"]
    assert {"report", "authors", "y2000", "inspection"} <= graphs[""]


def test_jsonld_has_plain_names_and_includes_the_context(part: Subgraph) -> None:
    content = json.loads(to_jsonld(part))
    nodes = {node["id"]: node for node in content["@graph"]}
    claim = nodes[f"{T}alder-attendance"]
    assert (claim["type"], claim["strategy"], claim["label"]) == ("nlc:Claim", f"{T}alder-mentors", "Attendance rose")
    assert content["@context"]["strategy"] == {"@id": "nlc:strategy", "@type": "@id"}


def test_jsonld_keeps_values_that_do_not_fit_its_context(tiny: Graph) -> None:
    """Lexical forms, other datatypes than the declared ones, languages, blank nodes, properties without a name."""
    property_, of_type = ox.NamedNode(f"{T}note"), ox.NamedNode(PREFIXES["rdf"] + "type")
    year, about = ox.NamedNode(PREFIXES["nlc"] + "startYear"), ox.NamedNode(PREFIXES["nlc"] + "about")
    objects: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal | ox.BlankNode]] = [
        (property_, ox.Literal("01.0", datatype=ox.NamedNode(XSD + "decimal"))),
        (property_, ox.Literal("2026-01-02T03:04:05Z", datatype=ox.NamedNode(XSD + "dateTime"))),
        (property_, ox.Literal("soon", datatype=ox.NamedNode(XSD + "integer"))),
        (property_, ox.Literal("llan", language="cy")),
        (property_, ox.NamedNode("urn:x")),
        (property_, ox.BlankNode("b")),
        (year, ox.Literal("2001")),
        (year, ox.Literal("02001", datatype=ox.NamedNode(XSD + "integer"))),
        (about, ox.Literal("a text")),
        (of_type, ox.Literal("a text")),
    ]
    triples = [ox.Triple(ox.NamedNode(CLAIM), predicate, value) for predicate, value in objects]
    part = cut(tiny, [CLAIM], triples)
    found = {quad.triple for quad in ox.parse(to_jsonld(part), format=ox.RdfFormat.JSON_LD)}
    assert {triple for triple in part.triples if "_:" not in str(triple)} <= found
    assert len(found) == len(part.triples)


def test_a_second_processor_reads_the_same_triples_from_jsonld(bundled: Graph) -> None:
    part = cut(bundled, ["https://w3id.org/nlc-graph/nlc2005/kingsbridge-attendance-rise"])
    quads = pyld.jsonld.to_rdf(json.loads(to_jsonld(part)), {"format": "application/n-quads"})
    expected = rdflib.Graph().parse(data=to_ntriples(part), format="nt")
    assert isomorphic(rdflib.Graph().parse(data=quads, format="nt"), expected)


def test_a_part_read_alone_gives_the_same_link(tiny: Graph, part: Subgraph) -> None:
    whole = next(link for link in find_impacts(tiny).links if link.claims == part.claims)
    assert find_impacts(part.opened).links == (whole,)


@pytest.mark.parametrize("label", LABELS)
def test_any_label_is_read_back(tiny: Graph, label: str) -> None:
    part = relabelled(tiny, label)
    for write, form in OXIGRAPH.items():
        if write is to_rdfxml and FORBIDDEN.search(label):
            continue  # refused, see below
        assert {quad.triple for quad in ox.parse(write(part), format=form)} == set(part.triples), form


def test_rdfxml_refuses_what_it_cannot_represent(tiny: Graph) -> None:
    odd = ox.Triple(ox.NamedNode(CLAIM), ox.NamedNode("https://example.org/1"), ox.Literal("x"))
    for part, value in ((relabelled(tiny, "a\x01b"), "U+0001"), (cut(tiny, [CLAIM], [odd]), "https://example.org/1")):
        with pytest.raises(UnwritableTriplesError) as caught:
            to_rdfxml(part)
        assert value in str(caught.value)


def test_jsonld_refuses_triple_terms(tiny: Graph) -> None:
    node = ox.NamedNode(CLAIM)
    with pytest.raises(UnwritableTriplesError):
        to_jsonld(cut(tiny, [CLAIM], [ox.Triple(node, node, ox.Triple(node, node, node))]))
