"""The description for catalogues: true of the files beside it, counted anew from the triples written."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
import rdflib
from rdflib import DCAT, DCTERMS, RDF, VOID, XSD, Literal, URIRef

from nlc_graph.publish.dcat import SPDX
from nlc_graph.publish.deposit import CHECKSUMS, CRATE, DESCRIPTION, FILES

R, T = "https://example.org/riverside/", "https://example.org/tiny/"


@pytest.fixture(scope="session")
def place(folder: Path) -> str:
    """Return the address of the folder, as a program that reads the description takes it."""
    return f"{folder.as_uri()}/"


@pytest.fixture(scope="session")
def description(folder: Path, place: str) -> rdflib.Graph:
    """Return the description, read from where it lies."""
    return rdflib.Graph().parse(folder / DESCRIPTION, publicID=place + DESCRIPTION)


def written(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / "graph.ttl")


def test_each_distribution_is_a_file_and_each_file_a_distribution(
    description: rdflib.Graph, folder: Path, place: str
) -> None:
    files = {
        unquote(str(file)).removeprefix(place)
        for node in description.objects(URIRef(place), DCAT.distribution)
        for file in description.objects(node, DCAT.downloadURL)
    }
    assert files == {path.name for path in folder.iterdir()} == set(FILES)


def test_checksums_sizes_and_media_types_are_those_of_the_files(
    description: rdflib.Graph, folder: Path, place: str
) -> None:
    without = set()
    for name in FILES:
        node = URIRef(f"{place}{DESCRIPTION}#{name}")
        content = (folder / name).read_bytes()
        checksum = description.value(node, SPDX.checksum)
        media_type = f"https://www.iana.org/assignments/media-types/{FILES[name][0]}"
        assert description.value(node, DCAT.mediaType) == URIRef(media_type)
        if checksum is None:
            without.add(name)
            continue
        assert description.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        digest = description.value(checksum, SPDX.checksumValue)
        assert isinstance(digest, Literal) and digest.datatype == XSD.hexBinary
        assert str(digest).lower() == hashlib.sha256(content).hexdigest()
        assert str(description.value(node, DCAT.byteSize)) == str(len(content))
    assert without == {DESCRIPTION, CRATE, CHECKSUMS}  # written after it, or holding its own checksum


def test_counts_are_those_of_the_triples_written(description: rdflib.Graph, folder: Path, place: str) -> None:
    graph, whole = written(folder), URIRef(place)
    assert counts(description, whole) == {
        "triples": len(graph),
        "entities": len(set(graph.subjects())),
        "distinctSubjects": len(set(graph.subjects())),
        "distinctObjects": len(set(graph.objects())),
        "classes": len(set(graph.objects(None, RDF.type))),
        "properties": len(set(graph.predicates())),
    }
    classes = {
        description.value(part, VOID["class"]): counts(description, part)["entities"]
        for part in description.objects(whole, VOID.classPartition)
    }
    assert classes == Counter(graph.objects(None, RDF.type))
    properties = {
        description.value(part, VOID.property): counts(description, part)
        for part in description.objects(whole, VOID.propertyPartition)
    }
    assert properties == {
        name: {
            "triples": len(list(graph.subject_objects(name))),
            "distinctSubjects": len(set(graph.subjects(name))),
            "distinctObjects": len(set(graph.objects(None, name))),
        }
        for name in set(graph.predicates())
    }


def test_triples_of_each_file_are_counted(description: rdflib.Graph, folder: Path, place: str) -> None:
    said = {
        name: description.value(URIRef(f"{place}{DESCRIPTION}#{name}"), VOID.triples)
        for name in FILES
        if (URIRef(f"{place}{DESCRIPTION}#{name}"), VOID.triples, None) in description
    }
    found = {}
    for name in said:
        graphs = rdflib.Dataset()
        graphs.parse(folder / name)  # statements in two graphs are two
        found[name] = Literal(len(list(graphs.quads())), datatype=XSD.integer)
    assert said == found and len(said) == 5


def test_each_enquiry_is_described_on_its_own(description: rdflib.Graph, place: str) -> None:
    found = {}
    for part in description.objects(URIRef(place), VOID.subset):
        claims = next(
            counts(description, each)["entities"]
            for each in description.objects(part, VOID.classPartition)
            if str(description.value(each, VOID["class"])).endswith("#Claim")
        )
        found[str(description.value(part, DCTERMS.subject))] = (
            str(description.value(part, DCTERMS.title)),
            str(description.value(part, DCTERMS.source)),
            sorted(str(description.value(c, rdflib.FOAF.name)) for c in description.objects(part, DCTERMS.creator)),
            str(description.value(part, DCTERMS.license) or description.value(part, DCTERMS.rights)),
            claims,
        )
    assert found == {
        f"{R}enquiry": (
            *("Riverside enquiry", f"{R}report", ["Jane Doe", "Riverside group"]),
            *("https://creativecommons.org/licenses/by-sa/4.0/", 3),
        ),
        f"{T}enquiry": ("Tiny enquiry", f"{T}report", [], "Tiny enquiry: no licence is stated", 7),
    }


def test_the_whole_says_its_title_date_and_identifier(description: rdflib.Graph, place: str) -> None:
    whole = URIRef(place)
    assert {(str(p).rsplit("/", 1)[-1], str(o)) for p, o in description.predicate_objects(whole)} >= {
        ("title", "Evidence graph: Riverside enquiry; Tiny enquiry"),
        ("issued", "2026-03-04"),
        ("identifier", "https://doi.org/10.5281/zenodo.1234567"),
        ("conformsTo", "https://w3id.org/nlc-graph/ontology"),
    }


def counts(description: rdflib.Graph, node: rdflib.term.Node) -> dict[str, int]:
    names = ("triples", "entities", "distinctSubjects", "distinctObjects", "classes", "properties")
    values = {name: description.value(node, VOID[name]) for name in names}
    return {name: int(str(value)) for name, value in values.items() if value is not None}
