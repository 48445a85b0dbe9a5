"""Trusty URIs, as the package nanopub makes them."""

from __future__ import annotations

import pyoxigraph as ox
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from nanopub.trustyuri.rdf import RdfHasher

from nlc_graph.publish.trusty import STAND_IN, trusty_code

BASE = "https://example.org/np/"
IRIS = st.sampled_from(
    [f"{BASE}{STAND_IN}", f"{BASE}{STAND_IN}#part", "urn:a", "urn:b", "urn:é", "https://example.org/"]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["a\nb", "\\n", "\\", '"', "a\rb"]
)
LITERALS = st.tuples(TEXTS, st.sampled_from(["", "en", "cy"]), st.booleans())
QUADS = st.lists(st.tuples(IRIS, IRIS, IRIS, IRIS | LITERALS), min_size=1, max_size=12)


@given(QUADS)
def test_the_same_code_as_the_package_nanopub_makes(
    quads: list[tuple[str, str, str, str | tuple[str, str, bool]]],
) -> None:
    ours: list[ox.Quad] = []
    theirs: list[tuple[rdflib.term.Identifier, ...]] = []
    for graph, subject, predicate, value in quads:
        names = (graph, subject, predicate)
        if isinstance(value, str):
            ours.append(_quad(names, ox.NamedNode(value)))
            theirs.append((*map(rdflib.URIRef, names), rdflib.URIRef(value)))
        else:
            text, language, typed = value
            of = "urn:type" if typed and not language else ""
            datatype = ox.NamedNode(of) if of else None
            ours.append(_quad(names, ox.Literal(text, language=language or None, datatype=datatype)))
            other = rdflib.Literal(text, lang=language or None, datatype=rdflib.URIRef(of) if of else None)
            theirs.append((*map(rdflib.URIRef, names), other))
    assert trusty_code(ours) == RdfHasher.make_hash(theirs, hashstr=" ", baseuri=f"{BASE}{STAND_IN}#")


def test_the_order_of_quads_does_not_matter_and_any_change_does() -> None:
    one, other = (_quad(("urn:g", "urn:s", "urn:p"), ox.Literal(text)) for text in ("a", "b"))
    assert trusty_code([one, other]) == trusty_code([other, one, one]) != trusty_code([one])
    assert len(trusty_code([one])) == len(STAND_IN) == 45


def _quad(names: tuple[str, str, str], value: ox.NamedNode | ox.Literal) -> ox.Quad:
    graph, subject, predicate = map(ox.NamedNode, names)
    return ox.Quad(subject, predicate, value, graph)
