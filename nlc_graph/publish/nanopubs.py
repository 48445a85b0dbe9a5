"""Claims as nanopublications (nanopub.net/guidelines): each stands by itself and can be cited by itself.

The assertion is the claim with its evidence, strategies and units; terms of the ontology are named and not explained.
The provenance says in which passages and sources it is stated, who asserts it, and who coded it from there. The
publication information holds licence, creators and date. Each has a trusty URI and no signature: whoever publishes
them on the nanopublication network signs them there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from ..graph.graph import Graph, open_graph
from ..table import Ref
from ..vocabulary import NLC, PREFIXES, RDF_TYPE, RDFS
from .credit import Agent, Credit
from .deposit import Deposit
from .trusty import STAND_IN, trusty_code

#: Where names of nanopublications are looked up once they are on the network; the digest in each makes it unique.
NAMESPACE = "https://w3id.org/np/"
NP = "http://www.nanopub.org/nschema#"
NPX = "http://purl.org/nanopub/x/"
FOAF = "http://xmlns.com/foaf/0.1/"
PROV, DCTERMS = PREFIXES["prov"], PREFIXES["dcterms"]
#: What is said of these is provenance, wherever it is met.
_PLACES = {f"{NLC}{name}" for name in ("Passage", "Section", "Source", "Enquiry")}
#: So are these statements.
_ORIGIN = {f"{NLC}{name}" for name in ("statedIn", "assertedBy", "reviewStatus")}

Said = Mapping[str, Sequence[ox.Triple]]


def to_nanopublications(deposit: Deposit) -> bytes:
    """Return the claims of a deposit as TriG, by the order of their identifiers."""
    said: dict[str, list[ox.Triple]] = defaultdict(list)
    explained = _subjects(open_graph(bundled=False))
    for triple in deposit.part.triples:
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value not in explained:
            if isinstance(triple.object, ox.NamedNode | ox.Literal):
                said[triple.subject.value].append(triple)
    of = {claim: credit for credit in deposit.credits for claim in credit.part.claims}
    quads: list[ox.Quad] = []
    for claim in deposit.part.claims:
        quads += nanopublication(claim, said, of.get(claim), deposit.date)
    prefixes = {**deposit.part.graph.prefixes, "np": NP, "npx": NPX, "foaf": FOAF}
    return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes) or b""


def nanopublication(claim: Ref, said: Said, credit: Credit | None, date: str) -> list[ox.Quad]:
    """Return one claim as a nanopublication with a trusty URI.

    :param said: thing to what is said of it; whatever the claim rests on is taken from it
    :param credit: of its enquiry; None where it is of none
    """
    graphs = dict(_graphs(claim, said, credit, date, f"{NAMESPACE}{STAND_IN}"))
    code = trusty_code(_quads(graphs, f"{NAMESPACE}{STAND_IN}"))
    return _quads(dict(_graphs(claim, said, credit, date, f"{NAMESPACE}{code}")), f"{NAMESPACE}{code}")


def _quads(graphs: Mapping[str, Iterable[ox.Triple]], uri: str) -> list[ox.Quad]:
    return [
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(f"{uri}#{name}"))
        for name, triples in graphs.items()
        for triple in sorted(set(triples), key=str)
    ]


def _graphs(
    claim: Ref, said: Said, credit: Credit | None, date: str, uri: str
) -> Iterator[tuple[str, list[ox.Triple]]]:
    """Yield the four graphs of a nanopublication: name, as its URI has it after the #, and triples."""
    things = _closed(claim, said)
    origin = {thing for thing in things if _values(said, thing, RDF_TYPE) & _PLACES}
    origin |= _values(said, claim, f"{NLC}assertedBy")
    about: list[ox.Triple] = []
    traced: list[ox.Triple] = []
    for thing in things:
        for triple in said[thing]:
            (traced if thing in origin or triple.predicate.value in _ORIGIN else about).append(triple)
    parts = {"hasAssertion": "assertion", "hasProvenance": "provenance", "hasPublicationInfo": "pubinfo"}
    yield (
        "Head",
        [
            _triple(uri, RDF_TYPE, f"{NP}Nanopublication"),
            *(_triple(uri, f"{NP}{name}", f"{uri}#{part}") for name, part in parts.items()),
        ],
    )
    yield "assertion", about
    yield "provenance", [*traced, *_provenance(claim, said, credit, uri)]
    yield "pubinfo", _publication(claim, said, credit, date, uri)


def _provenance(claim: Ref, said: Said, credit: Credit | None, uri: str) -> Iterator[ox.Triple]:
    assertion, coding = f"{uri}#assertion", f"{uri}#coding"
    passages = _values(said, claim, f"{NLC}statedIn")
    sources = {source for passage in passages for source in _values(said, passage, f"{NLC}source")}
    for passage in passages:
        yield _triple(assertion, f"{PROV}wasDerivedFrom", passage)
    for source in sources:
        yield _triple(assertion, f"{PROV}hadPrimarySource", source)
        yield _triple(coding, f"{PROV}used", source)
    for agent in _values(said, claim, f"{NLC}assertedBy"):
        yield _triple(assertion, f"{PROV}wasAttributedTo", agent)
    yield _triple(assertion, f"{PROV}wasGeneratedBy", coding)
    yield _triple(coding, RDF_TYPE, f"{PROV}Activity")
    yield _triple(coding, f"{RDFS}label", ox.Literal("coding of the claim and its evidence from the source"))
    for name, coder in _agents(credit, uri):
        yield _triple(coding, f"{PROV}wasAssociatedWith", name)
        yield _triple(name, RDF_TYPE, f"{PROV}Agent")
        yield _triple(name, f"{FOAF}name", ox.Literal(coder.spoken))


def _publication(claim: Ref, said: Said, credit: Credit | None, date: str, uri: str) -> list[ox.Triple]:
    # With an offset and not with a Z, which rdflib would rewrite, and so take the trusty URI for a wrong one.
    day = ox.Literal(f"{date}T00:00:00+00:00", datatype=ox.NamedNode(f"{PREFIXES['xsd']}dateTime"))
    labels = [t.object for t in said[claim] if t.predicate.value == f"{RDFS}label" and isinstance(t.object, ox.Literal)]
    licence = credit.licence if credit else None
    return [
        _triple(uri, f"{DCTERMS}created", day),
        _triple(uri, f"{NPX}hasNanopubType", f"{NLC}Claim"),
        *(_triple(uri, f"{RDFS}label", label) for label in labels),
        *(_triple(uri, f"{DCTERMS}creator", name) for name, _ in _agents(credit, uri)),
        *([_triple(uri, f"{DCTERMS}license", licence.iri)] if licence and licence.iri else []),
        *([] if licence and licence.iri else [_triple(uri, f"{DCTERMS}rights", ox.Literal(stated_rights(credit)))]),
        *(_triple(name, f"{FOAF}name", ox.Literal(agent.spoken)) for name, agent in _agents(credit, uri)),
    ]


def stated_rights(credit: Credit | None) -> str:
    """Return what is said of the rights in an enquiry's coding, in words."""
    return credit.licence.name if credit and credit.licence else "no licence is stated"


def _agents(credit: Credit | None, uri: str) -> list[tuple[str, Agent]]:
    agents = credit.creators if credit else ()
    return [(agent.iri or f"{uri}#coder-{number}", agent) for number, agent in enumerate(agents, 1)]


def _closed(claim: str, said: Said) -> list[str]:
    """Return a claim and everything that it rests on."""
    seen: set[str] = set()
    new = {claim}
    while new:
        seen |= new
        met = (t for each in new for t in said[each] if t.predicate.value != RDF_TYPE)
        new = {t.object.value for t in met if isinstance(t.object, ox.NamedNode) and t.object.value in said} - seen
    return sorted(seen)


def _values(said: Said, thing: str, property_: str) -> set[str]:
    named = ((t.predicate.value, t.object) for t in said.get(thing, ()))
    return {value.value for name, value in named if name == property_ and isinstance(value, ox.NamedNode)}


def _subjects(graph: Graph) -> set[str]:
    return {str(subject) for subject in graph.select("SELECT DISTINCT ?s { ?s ?p ?o FILTER(ISIRI(?s)) }").column("s")}


def _triple(subject: str, property_: str, value: str | ox.Literal) -> ox.Triple:
    named = ox.NamedNode(value) if isinstance(value, str) else value
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(property_), named)
