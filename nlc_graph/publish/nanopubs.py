"""Claims as nanopublications (nanopub.net/guidelines), each complete and citable by itself.

The assertion is the claim with its evidence, strategies and units; terms of the ontology are named but not explained.
The provenance has the passages and sources of the claim, who asserts it, and who coded it. The publication information
has licence, creators and date. Each has a trusty URI and no signature: whoever publishes them on the nanopublication
network signs them there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from ..graph.graph import open_graph
from ..table import Ref
from ..vocabulary import NLC, RDF_TYPE, RDFS
from .credit import Credit, Licence
from .deposit import Deposit
from .rendering import render
from .trusty import STAND_IN, trusty_code

#: Namespace in which the nanopublication network finds nanopublications; the digest makes each name unique.
NAMESPACE = "https://w3id.org/np/"
#: The URI of a nanopublication until its digest is known.
URI = NAMESPACE + STAND_IN
PREFIXES = {
    "np": "http://www.nanopub.org/nschema#",
    "npx": "http://purl.org/nanopub/x/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
#: Resources of these classes are provenance, and so are these statements.
_PROVENANCE_CLASSES = {f"{NLC}{name}" for name in ("Passage", "Section", "Source", "Enquiry")}
_PROVENANCE_PROPERTIES = {f"{NLC}{name}" for name in ("statedIn", "assertedBy", "reviewStatus")}
#: Subject to its triples.
Index = Mapping[str, Sequence[ox.Triple]]


def to_nanopublications(deposit: Deposit) -> bytes:
    """Return the claims of a deposit as nanopublications in TriG, in the order of their IRIs."""
    index = _index(deposit.part.triples)
    credits = {claim: credit for credit in deposit.credits for claim in credit.part.claims}
    quads: list[ox.Quad] = []
    for claim in deposit.part.claims:
        quads += to_nanopublication(claim, index, credits.get(claim), deposit.date)
    prefixes = {**deposit.part.graph.prefixes, **PREFIXES}
    return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes) or b""


def to_nanopublication(claim: Ref, index: Index, credit: Credit | None, date: str) -> list[ox.Quad]:
    """Return one claim as a nanopublication with a trusty URI.

    :param index: has the triples of whatever the claim rests on
    :param credit: of the enquiry of the claim; None if it belongs to none
    """
    assertion, provenance = _split(claim, index)
    passages = _values(index, claim, f"{NLC}statedIn")
    sources = {source for passage in passages for source in _values(index, passage, f"{NLC}source")}
    creators = credit.creators if credit else ()
    text = render(
        "nanopublication.trig",
        uri=URI,
        assertion=assertion,
        provenance=provenance,
        passages=passages,
        sources=sources,
        asserters=_values(index, claim, f"{NLC}assertedBy"),
        labels=[triple.object for triple in index[claim] if triple.predicate.value == f"{RDFS}label"],
        coders={agent.iri or f"{URI}#coder-{number}": agent for number, agent in enumerate(creators, 1)},
        licence=credit.licence if credit else Licence(),
        date=date,
    )
    quads = set(ox.parse(text, format=ox.RdfFormat.TRIG))
    named = text.replace(STAND_IN, trusty_code(quads))
    return sorted(
        set(ox.parse(named, format=ox.RdfFormat.TRIG)), key=lambda quad: (str(quad.graph_name), str(quad.triple))
    )


def _index(triples: Iterable[ox.Triple]) -> Index:
    """Index triples by subject, without blank nodes and without what the ontology explains."""
    explained = set(open_graph(bundled=False).select("SELECT DISTINCT ?s { ?s ?p ?o FILTER(ISIRI(?s)) }").column("s"))
    index: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value not in explained:
            if isinstance(triple.object, ox.NamedNode | ox.Literal):
                index[triple.subject.value].append(triple)
    return index


def _split(claim: str, index: Index) -> tuple[list[ox.Triple], list[ox.Triple]]:
    """Return what the claim rests on as two lists: the assertion and the provenance."""
    asserting = _values(index, claim, f"{NLC}assertedBy")
    about: list[ox.Triple] = []
    provenance: list[ox.Triple] = []
    for subject in _closure(claim, index):
        is_source = subject in asserting or _values(index, subject, RDF_TYPE) & _PROVENANCE_CLASSES
        for triple in index[subject]:
            is_provenance = is_source or triple.predicate.value in _PROVENANCE_PROPERTIES
            (provenance if is_provenance else about).append(triple)
    return about, provenance


def _closure(claim: str, index: Index) -> list[str]:
    """Return a claim and everything it rests on."""
    seen: set[str] = set()
    new = {claim}
    while new:
        seen |= new
        triples = [triple for subject in new for triple in index[subject] if triple.predicate.value != RDF_TYPE]
        objects = {triple.object.value for triple in triples if isinstance(triple.object, ox.NamedNode)}
        new = {iri for iri in objects if iri in index} - seen
    return sorted(seen)


def _values(index: Index, subject: str, property_: str) -> set[str]:
    triples = [triple for triple in index.get(subject, ()) if triple.predicate.value == property_]
    return {triple.object.value for triple in triples if isinstance(triple.object, ox.NamedNode)}
