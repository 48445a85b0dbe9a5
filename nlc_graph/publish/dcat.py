"""The description for catalogues: DCAT 3 with checksums (SPDX), and VoID with counts by class and property.

Addresses are relative to the folder, so the description stays true wherever the folder is put.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
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
#: What data may be written in, besides their own identifiers.
VOCABULARIES = [PREFIXES[name] for name in ("nlc", "skos", "rdfs", "prov", "org", "dcterms")]


def to_description(deposit: Deposit, pieces: Sequence[Piece]) -> bytes:
    """Return the description of a deposit and its files as Turtle."""
    description = _Description()
    description.whole(deposit)
    for number, credit in enumerate(deposit.credits, 1):
        description.enquiry(credit, number)
    for number, piece in enumerate(pieces):
        description.file(piece, number)
    return description.graph.serialize(format="turtle", encoding="utf-8")


class _Description:
    def __init__(self) -> None:
        self.graph = rdflib.Graph()
        for prefix, namespace in {**PREFIXES, "dcat": DCAT, "void": VOID, "spdx": SPDX, "foaf": FOAF}.items():
            self.graph.bind(prefix, namespace, replace=True)

    def whole(self, deposit: Deposit) -> None:
        """Describe the folder as a data set."""
        triples = deposit.part.triples
        self._dataset(FOLDER, deposit.title, triples, "all")
        self._credit(FOLDER, deposit.creators, deposit.credits)
        self._add(FOLDER, DCTERMS.description, Literal(deposit.summary, lang="en"))
        self._add(FOLDER, DCTERMS.issued, Literal(deposit.date, datatype=XSD.date))
        self._add(FOLDER, DCTERMS.language, URIRef("http://id.loc.gov/vocabulary/iso639-1/en"))
        self._add(FOLDER, DCTERMS.conformsTo, URIRef(f"{BASE}ontology"))
        self._add(FOLDER, VOID.dataDump, *map(URIRef, ("graph.ttl", "graph.trig", "graph.jsonld")))
        used = {t.predicate.value for t in triples} | set(_entities(triples))
        self._add(FOLDER, VOID.vocabulary, *(URIRef(v) for v in VOCABULARIES if any(iri.startswith(v) for iri in used)))
        if deposit.doi:
            self._add(FOLDER, DCTERMS.identifier, Literal(f"https://doi.org/{deposit.doi}", datatype=XSD.anyURI))

    def enquiry(self, credit: Credit, number: int) -> None:
        """Describe what one enquiry records as a part of the whole."""
        part = URIRef(f"#enquiry-{number}")
        self._dataset(part, credit.label, credit.part.triples, f"enquiry{number}")
        self._credit(part, credit.creators, [credit])
        self._add(part, DCTERMS.subject, URIRef(credit.enquiry))
        if credit.date:
            self._add(part, DCTERMS.modified, Literal(credit.date, datatype=XSD.date))
        self._add(FOLDER, VOID.subset, part)
        self._add(FOLDER, DCTERMS.hasPart, part)

    def file(self, piece: Piece, number: int) -> None:
        """Describe a file as a distribution."""
        node = URIRef(f"#{piece.name}")
        self._add(FOLDER, DCAT.distribution, node)
        self._add(node, RDF.type, DCAT.Distribution)
        self._add(node, DCTERMS.title, Literal(piece.name))
        self._add(node, DCTERMS.description, Literal(piece.what, lang="en"))
        self._add(node, DCAT.downloadURL, URIRef(piece.name))
        self._add(node, DCAT.accessURL, FOLDER)
        self._add(node, DCAT.mediaType, URIRef(MEDIA_TYPES + piece.media_type))
        if piece.triples is not None:
            self._count(node, "triples", piece.triples)
        if piece.content is not None:
            checksum = BNode(f"checksum{number:02}")
            self._add(node, DCAT.byteSize, Literal(len(piece.content), datatype=XSD.nonNegativeInteger))
            self._add(node, SPDX.checksum, checksum)
            self._add(checksum, RDF.type, SPDX.Checksum)
            self._add(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
            self._add(checksum, SPDX.checksumValue, Literal(piece.sha256, datatype=XSD.hexBinary))

    def _dataset(self, subject: URIRef, title: str, triples: Sequence[ox.Triple], key: str) -> None:
        """Count what VoID counts (section 4.6). The nodes of counts have names, for the same bytes each time."""
        entities = _entities(triples)
        by_property: dict[str, list[ox.Triple]] = defaultdict(list)
        for triple in triples:
            by_property[triple.predicate.value].append(triple)
        self._add(subject, RDF.type, DCAT.Dataset, VOID.Dataset)
        self._add(subject, DCTERMS.title, Literal(title, lang="en"))
        self._count_triples(subject, triples)
        self._count(subject, "entities", len({t.subject for t in triples}))
        self._count(subject, "classes", len(entities))
        self._count(subject, "properties", len(by_property))
        for number, (iri, count) in enumerate(sorted(entities.items())):
            part = BNode(f"{key}Class{number:04}")
            self._add(subject, VOID.classPartition, part)
            self._add(part, VOID["class"], URIRef(iri))
            self._count(part, "entities", count)
        for number, iri in enumerate(sorted(by_property)):
            part = BNode(f"{key}Property{number:04}")
            self._add(subject, VOID.propertyPartition, part)
            self._add(part, VOID.property, URIRef(iri))
            self._count_triples(part, by_property[iri])

    def _count_triples(self, subject: URIRef | BNode, triples: Sequence[ox.Triple]) -> None:
        self._count(subject, "triples", len(triples))
        self._count(subject, "distinctSubjects", len({t.subject for t in triples}))
        self._count(subject, "distinctObjects", len({t.object for t in triples}))

    def _credit(self, subject: URIRef, creators: Sequence[Agent], credits: Sequence[Credit]) -> None:
        for agent in creators:
            node = URIRef(agent.iri or f"#{quote(agent.name)}")
            self._add(subject, DCTERMS.creator, node)
            self._add(node, RDF.type, FOAF.Person if agent.is_person else FOAF.Agent)
            self._add(node, FOAF.name, Literal(agent.spoken))
        for credit in credits:
            if credit.licence and credit.licence.iri:
                self._add(subject, DCTERMS.license, URIRef(credit.licence.iri))
            else:
                self._add(subject, DCTERMS.rights, Literal(f"{credit.label}: {stated_rights(credit)}", lang="en"))
            for work in credit.sources:
                self._add(subject, DCTERMS.source, URIRef(work.iri))
                self._add(URIRef(work.iri), DCTERMS.title, Literal(work.title))

    def _count(self, subject: URIRef | BNode, name: str, number: int) -> None:
        self._add(subject, VOID[name], Literal(number, datatype=XSD.integer))

    def _add(self, subject: URIRef | BNode, property_: URIRef, *values: URIRef | BNode | Literal) -> None:
        for value in values:
            self.graph.add((subject, property_, value))


def _entities(triples: Sequence[ox.Triple]) -> dict[str, int]:
    """Return class to how many things are of it."""
    found: dict[str, int] = defaultdict(int)
    for triple in triples:
        if triple.predicate.value == RDF_TYPE and isinstance(triple.object, ox.NamedNode):
            found[triple.object.value] += 1
    return found
