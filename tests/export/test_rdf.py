"""RDF formats: the same triples, read back by rdflib, by pyoxigraph, and JSON-LD by PyLD as well."""

from __future__ import annotations

import json

import pyld.jsonld
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from nlc_graph import Graph, find_impacts
from nlc_graph.evidence.subgraph import Subgraph, cut
from nlc_graph.export.rdf import UnwritableTriplesError, to_jsonld, to_ntriples, to_rdfxml, to_trig, to_turtle

from .conftest import CLAIM, T, relabelled

#: Quotes, line breaks, scripts, control characters, and whatever else hypothesis finds.
LABELS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [
        '"quoted"',
        "it's",
        "a\nb",
        "a\r\nb",
        "\t",
        "学校 ネットワーク",
        "مدرسة",
        "\x00",
        "\x0b",
        "\ufffe",
        "\u2028",
        "]]>",
        "&lt;",
        "\\",
    ]
)


def test_all_formats_hold_the_same_triples(part: Subgraph) -> None:
    expected = rdflib.Graph().parse(data=to_ntriples(part), format="nt")
    assert len(expected) == len(part.triples)
    for write, name in ((to_turtle, "turtle"), (to_jsonld, "json-ld"), (to_rdfxml, "xml")):
        assert isomorphic(rdflib.Graph().parse(data=write(part), format=name), expected), name
    assert {quad.triple for quad in ox.parse(to_trig(part), format=ox.RdfFormat.TRIG)} == set(part.triples)


def test_the_same_part_gives_the_same_bytes(tiny: Graph, part: Subgraph) -> None:
    again = cut(tiny, [f"{T}alder-attendance"])
    for write in (to_turtle, to_ntriples, to_trig, to_jsonld, to_rdfxml):
        assert write(part) == write(again)


def test_trig_has_a_graph_for_each_source(part: Subgraph) -> None:
    graphs: dict[str, set[str]] = {}
    for quad in ox.parse(to_trig(part), format=ox.RdfFormat.TRIG):
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        assert isinstance(quad.subject, ox.NamedNode)
        graphs.setdefault(name.removeprefix(T), set()).add(quad.subject.value.removeprefix(T))
    assert set(graphs) == {"", "report"}
    assert {"alder-attendance", "alder-passage", "section-alder", "alder-change"} <= graphs["report"]
    assert {"report", "authors", "y2000", "inspection"} <= graphs[""]


def test_numbers_and_dates_stay_as_they_are_written(tiny: Graph) -> None:
    """rdflib would write 1.0 for 01.0 and +00:00 for Z, so that JSON-LD held other triples than Turtle."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    notes = [
        ox.Triple(ox.NamedNode(CLAIM), ox.NamedNode(f"{T}note"), ox.Literal(text, datatype=ox.NamedNode(xsd + kind)))
        for text, kind in (("01.0", "decimal"), ("2026-01-02T03:04:05Z", "dateTime"))
    ]
    odd = cut(tiny, [CLAIM], notes)
    assert set(notes) <= {quad.triple for quad in ox.parse(to_jsonld(odd), format=ox.RdfFormat.JSON_LD)}


def test_jsonld_reads_as_plain_names_and_carries_the_context(part: Subgraph) -> None:
    content = json.loads(to_jsonld(part))
    nodes = {node["id"]: node for node in content["@graph"]}
    claim = nodes[f"{T}alder-attendance"]
    assert (claim["type"], claim["strategy"], claim["label"]) == ("nlc:Claim", f"{T}alder-mentors", "Attendance rose")
    assert content["@context"]["strategy"] == {"@id": "nlc:strategy", "@type": "@id"}


def in_second_processor(data: bytes) -> rdflib.Graph:
    """Return the triples that PyLD finds in JSON-LD."""
    return rdflib.Graph().parse(
        data=pyld.jsonld.to_rdf(json.loads(data), {"format": "application/n-quads"}), format="nt"
    )


def test_a_second_processor_finds_the_same_triples_in_jsonld(bundled: Graph, part: Subgraph) -> None:
    kingsbridge = cut(bundled, ["https://w3id.org/nlc-graph/nlc2005/kingsbridge-attendance-rise"])
    for each in (part, kingsbridge):
        assert isomorphic(
            in_second_processor(to_jsonld(each)), rdflib.Graph().parse(data=to_ntriples(each), format="nt")
        )


def test_a_part_read_alone_gives_the_same_link(tiny: Graph, part: Subgraph) -> None:
    whole = next(link for link in find_impacts(tiny).links if link.claims == part.claims)
    assert find_impacts(part.opened).links == (whole,)


@settings(deadline=None, max_examples=60)
@given(LABELS)
def test_any_label_survives(tiny: Graph, label: str) -> None:
    part = relabelled(tiny, label)
    expected = set(part.triples)
    for write, form in (
        (to_turtle, ox.RdfFormat.TURTLE),
        (to_ntriples, ox.RdfFormat.N_TRIPLES),
        (to_trig, ox.RdfFormat.TRIG),
    ):
        assert {quad.triple for quad in ox.parse(write(part), format=form)} == expected
    found = rdflib.Graph().parse(data=to_jsonld(part), format="json-ld")
    assert str(found.value(rdflib.URIRef(CLAIM), rdflib.RDFS.label)) == label
    try:
        written = to_rdfxml(part)
    except UnwritableTriplesError:
        return  # refused: what XML cannot hold is not written as something else
    read = rdflib.Graph().parse(data=written, format="xml")
    assert str(read.value(rdflib.URIRef(CLAIM), rdflib.RDFS.label)) == label


def test_rdfxml_refuses_what_it_cannot_hold(tiny: Graph) -> None:
    with pytest.raises(UnwritableTriplesError, match=r"U\+0001 in a text of <https://example.org/tiny/birch-writing>"):
        to_rdfxml(relabelled(tiny, "a\x01b"))
    odd = ox.Triple(ox.NamedNode(CLAIM), ox.NamedNode("https://example.org/1"), ox.Literal("x"))
    with pytest.raises(UnwritableTriplesError, match=r"no name for the property <https://example\.org/1>"):
        to_rdfxml(cut(tiny, [CLAIM], [odd]))
