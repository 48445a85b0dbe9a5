"""The description for catalogues: DCAT 3 with checksums (SPDX), and VoID with counts by class and property.

Addresses are relative to the folder, so the description stays true wherever the folder is put.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import quote

import pyoxigraph as ox
import rdflib
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, XSD, BNode, Literal, URIRef

from ..vocabulary import BASE, PREFIXES, RDF_TYPE
from .credit import Agent, Credit
from .deposit import Deposit, Piece
from .nanopubs import stated_rights

SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
#: The folder that is described.
FOLDER = URIRef("./")
#: Vocabularies that the data use, by the namespace that VoID wants.
VOCABULARIES = (f"{BASE}ontology#", *(PREFIXES[name] for name in ("skos", "prov", "org", "dcterms")))


def to_description(deposit: Deposit, pieces: Sequence[Piece]) -> bytes:
    """Return the description of a deposit and its files as Turtle."""
    graph = rdflib.Graph()
    for prefix, namespace in {**PREFIXES, "dcat": DCAT, "void": VOID, "spdx": SPDX, "foaf": FOAF}.items():
        graph.bind(prefix, namespace, replace=True)

    def add(subject: URIRef | BNode, property_: URIRef, *values: URIRef | BNode | Literal) -> None:
        for value in values:
            graph.add((subject, property_, value))

    def count(subject: URIRef | BNode, name: str, number: int) -> None:
        add(subject, VOID[name], Literal(number, datatype=XSD.integer))

    def credit(subject: URIRef, creators: Iterable[Agent], of: Sequence[Credit]) -> None:
        for agent in creators:
            node = URIRef(agent.iri) if agent.iri else URIRef(f"#{quote(agent.name)}")
            add(subject, DCTERMS.creator, node)
            add(node, RDF.type, FOAF.Person if agent.is_person else FOAF.Agent)
            add(node, FOAF.name, Literal(agent.spoken))
        for each in of:
            if each.licence and each.licence.iri:
                add(subject, DCTERMS.license, URIRef(each.licence.iri))
            else:
                add(subject, DCTERMS.rights, Literal(f"{each.label}: {stated_rights(each)}", lang="en"))
            for work in each.sources:
                add(subject, DCTERMS.source, URIRef(work.iri))
                add(URIRef(work.iri), DCTERMS.title, Literal(work.title))

    def dataset(subject: URIRef, title: str, triples: Sequence[ox.Triple], key: str) -> None:
        add(subject, RDF.type, DCAT.Dataset, VOID.Dataset)
        add(subject, DCTERMS.title, Literal(title, lang="en"))
        entities = Counter(t.object.value for t in triples if t.predicate.value == RDF_TYPE and _is_iri(t.object))
        count(subject, "triples", len(triples))
        count(subject, "entities", len({t.subject for t in triples}))
        count(subject, "distinctSubjects", len({t.subject for t in triples}))
        count(subject, "distinctObjects", len({t.object for t in triples}))
        count(subject, "classes", len(entities))
        count(subject, "properties", len({t.predicate for t in triples}))
        for number, iri in enumerate(sorted(entities)):
            part = BNode(f"{key}Class{number:04}")  # named, so that the same input gives the same bytes
            add(subject, VOID.classPartition, part)
            add(part, VOID["class"], URIRef(iri))
            count(part, "entities", entities[iri])
        for number, iri in enumerate(sorted({t.predicate.value for t in triples})):
            of = [t for t in triples if t.predicate.value == iri]
            part = BNode(f"{key}Property{number:04}")
            add(subject, VOID.propertyPartition, part)
            add(part, VOID.property, URIRef(iri))
            count(part, "triples", len(of))
            count(part, "distinctSubjects", len({t.subject for t in of}))
            count(part, "distinctObjects", len({t.object for t in of}))

    dataset(FOLDER, deposit.title, deposit.part.triples, "all")
    add(FOLDER, DCTERMS.description, Literal(deposit.summary, lang="en"))
    add(FOLDER, DCTERMS.issued, Literal(deposit.date, datatype=XSD.date))
    add(FOLDER, DCTERMS.language, URIRef("http://id.loc.gov/vocabulary/iso639-1/en"))
    add(FOLDER, DCTERMS.conformsTo, URIRef(f"{BASE}ontology"))
    add(FOLDER, VOID.vocabulary, *map(URIRef, VOCABULARIES))
    add(FOLDER, VOID.dataDump, URIRef("graph.ttl"), URIRef("graph.trig"), URIRef("graph.jsonld"))
    credit(FOLDER, deposit.creators, deposit.credits)
    if deposit.doi:
        add(FOLDER, DCTERMS.identifier, Literal(f"https://doi.org/{deposit.doi}", datatype=XSD.anyURI))
    for number, each in enumerate(deposit.credits, 1):
        part = URIRef(f"#enquiry-{number}")
        dataset(part, each.label, each.part.triples, f"enquiry{number}")
        add(part, DCTERMS.subject, URIRef(each.enquiry))
        credit(part, each.creators, [each])
        if each.date:
            add(part, DCTERMS.modified, Literal(each.date, datatype=XSD.date))
        add(FOLDER, VOID.subset, part)
        add(FOLDER, DCTERMS.hasPart, part)
    for piece in pieces:
        file, node = URIRef(piece.name), URIRef(f"#{piece.name}")
        add(FOLDER, DCAT.distribution, node)
        add(node, RDF.type, DCAT.Distribution)
        add(node, DCTERMS.title, Literal(piece.name))
        add(node, DCTERMS.description, Literal(piece.what, lang="en"))
        add(node, DCAT.downloadURL, file)
        add(node, DCAT.accessURL, FOLDER)
        add(node, DCAT.mediaType, URIRef(MEDIA_TYPES + piece.media_type))
        if piece.triples is not None:
            count(node, "triples", piece.triples)
        if piece.content is not None:
            add(node, DCAT.byteSize, Literal(len(piece.content), datatype=XSD.nonNegativeInteger))
            checksum = BNode(f"sum{list(pieces).index(piece):02}")
            add(node, SPDX.checksum, checksum)
            add(checksum, RDF.type, SPDX.Checksum)
            add(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
            add(checksum, SPDX.checksumValue, Literal(piece.sha256, datatype=XSD.hexBinary))
    return graph.serialize(format="turtle", encoding="utf-8")


def _is_iri(term: object) -> bool:
    return isinstance(term, ox.NamedNode)
