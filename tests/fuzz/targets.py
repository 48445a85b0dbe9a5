"""Fuzz targets: each takes any bytes and must read them or refuse them with an error of ours.

``make fuzz`` runs them with atheris; the tests run them with inputs that are the same each time.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import pyoxigraph as ox

from nlc_graph import open_graph
from nlc_graph.errors import NlcGraphError
from nlc_graph.evidence.claims import Passage
from nlc_graph.evidence.search import find_near, find_text
from nlc_graph.graph.graph import Graph
from nlc_graph.graph.queries import read_query
from nlc_graph.passages.document import Document
from nlc_graph.passages.locate import Copy
from nlc_graph.sheet import read_sheets
from nlc_graph.table import Ref

from ..cli.runner import TINY
from ..cli.test_validate import SHEET
from ..hostile.corpus import rdf_xml, text, workbook

Target = Callable[[bytes], object]
REPORT = "Annual report\n\nMentors at work\nSince the mentors came, pupils are here every day – or nearly.\n"
ROW = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>network</t></is></c></row></sheetData>'


@cache
def graph() -> Graph:
    """Return the vocabularies and a little evidence."""
    return open_graph(TINY, bundled=False)


@cache
def folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder for inputs that must be files."""
    return tempfile.TemporaryDirectory(prefix="fuzz-")


def write(data: bytes, name: str) -> str:
    """Write an input and return its path."""
    path = os.path.join(folder().name, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def read_sheet(suffix: str) -> Target:
    """Return a target that reads a sheet; what it becomes must be Turtle."""

    def read(data: bytes) -> None:
        found = read_sheets([write(data, f"x{suffix}")], graph(), enquiry="fuzz", new_terms=len(data) % 2 == 0)
        list(ox.parse(found.to_bytes(), format=ox.RdfFormat.TURTLE))

    return read


def read_rdf(suffix: str) -> Target:
    """Return a target that reads RDF."""
    return lambda data: list(map(str, open_graph(write(data, f"x{suffix}"), bundled=False).authored()))


def locate(data: bytes) -> None:
    """Read a copy and, after a line of hashes, the first and last words of a passage."""
    content, _, phrases = data.partition(b"\n###\n")
    document = Document.read(write(content, "copy"))
    opens, _, closes = phrases.decode(errors="replace").partition("\n")
    section = Ref("urn:section")
    passage = Passage(Ref("urn:passage"), section, opens, closes, Ref("urn:source"))
    place = Copy(document, [(section, "Mentors at work")]).locate(passage)
    assert place.reason or (place.span and 0 <= place.span[0] < place.span[1] <= len(document.text))


def resolve(data: bytes) -> None:
    """Resolve a name and search for it."""
    name = data.decode(errors="replace")
    with suppress(NlcGraphError):
        graph().resolve(name)
    find_text(graph(), name)
    find_near(graph(), name)


def query(data: bytes) -> None:
    """Read a query file, bind its parameters and, if it is short, ask it of an empty store."""
    named = read_query(write(data, "x.rq"))
    bound = named.bind(dict.fromkeys(named.required, "attendance"), graph().resolve)
    if len(bound) < 2000:
        for ask in (Graph().ask, Graph().select, Graph().triples):
            with suppress(NlcGraphError):
                ask(bound)


#: Name to target and the inputs from which the search starts.
TARGETS: dict[str, tuple[Target, list[bytes]]] = {
    "sheet-csv": (read_sheet(".csv"), [SHEET.encode(), SHEET.replace(",", ";").encode()]),
    "sheet-xlsx": (read_sheet(".xlsx"), [workbook(ROW), b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
    "passages": (locate, [f"{REPORT}\n###\nSince the mentors\nevery day".encode(), b"<html><p>x</p>\n###\nx\nx"]),
    "names": (resolve, [b"attendance", b"practice:learning-mentors", b"<https://example.org/tiny/alder>"]),
    "queries": (query, [b"#+ summary: x\nSELECT ?s { ?s nlc:outcome ?_outcome_iri FILTER(?n > 1) }"]),
    "turtle": (read_rdf(".ttl"), [b'@prefix a: <urn:a:> .\na:b a a:c ; a:d "x"@en, 1.5, [ a:e ( 1 2 ) ] .\n']),
    "jsonld": (read_rdf(".jsonld"), [b'{"@context": {"a": "urn:a:"}, "@id": "a:c", "a:b": [1, {"@value": "x"}]}']),
    "rdfxml": (read_rdf(".rdf"), [rdf_xml(text("&a;"), '<!DOCTYPE r [<!ENTITY a "urn:a:">]>').encode()]),
}
