"""What is fuzzed: each target takes any bytes, and must read them or refuse them with an error of ours.

Where it reads them, it says what must hold then. The same targets serve the fuzzer (``make fuzz``) and, with a few
hundred inputs that are the same each time, the tests.
"""

from __future__ import annotations

import copy
import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pyoxigraph as ox

from nlc_graph.errors import NlcGraphError
from nlc_graph.evidence.claims import Passage
from nlc_graph.evidence.search import find_near, find_text
from nlc_graph.graph.graph import Graph, open_graph
from nlc_graph.graph.names import SORTS
from nlc_graph.graph.queries import read_query
from nlc_graph.passages.document import Document, fold
from nlc_graph.passages.locate import Copy, open_copy
from nlc_graph.sheet import COLUMNS, heading, read_sheets, to_csv
from nlc_graph.sheet.entity_index import EntityIndex
from nlc_graph.sheet.workbook import open_sheet
from nlc_graph.table import Ref
from nlc_graph.validation.places import find_lines
from nlc_graph.vocabulary import PREFIXES

from ..conftest import TINY
from ..sheet.conftest import AIM, CLAIM, FIGURE

Target = Callable[[bytes], None]

ROWS = [{**CLAIM}, {**FIGURE}, {**AIM}]
SHEET = [heading(), *([row.get(column.name, "") for column in COLUMNS] for row in ROWS)]
TEXT = "Annual report\n\nMentors at work\nSince the mentors came, pupils are here every day – or nearly.\n" * 2
QUERIES = Path(__file__).parent.parent.parent / "queries"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: The parts of a small workbook; one of them is what the fuzzer writes.
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="A1:C2"/><sheetData><row r="1">'
    '<c r="A1" t="inlineStr"><is><t>network</t></is></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="str"><v>outcome</v>'
    '</c></row><row r="2"><c r="A2"><v>38353</v></c><c r="B2" s="1"><v>1.5E3</v></c><c r="C2" t="b"><v>1</v></c>'
    '<c r="D2" t="e"><v>#REF!</v></c><c r="E2"><f>1+1</f><v>2</v></c></row></sheetData><mergeCells count="1">'
    '<mergeCell ref="A1:B1"/></mergeCells></worksheet>',
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="2"><si><t>practice</t></si><si><r><t xml:space="preserve"> a'
    "</t></r><r><t>b</t></r></si></sst>",
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm"/>'
    '</numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="evidence" sheetId="1" '
    'r:id="rId1"/></sheets><definedNames><definedName name="a">evidence!$A$1</definedName></definedNames></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
    f'Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="{RELATIONS}/styles" '
    'Target="styles.xml"/></Relationships>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    f'Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    f'Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{KIND}.'
    f'sheet.main+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>',
}


@cache
def terms() -> Graph:
    """Return the vocabularies, with what is tiny."""
    return open_graph(TINY, bundled=False)


@cache
def tiny() -> Graph:
    """Return what is tiny alone, so that asking it takes a millisecond."""
    graph = Graph()
    graph.read(str(TINY))
    return graph


@cache
def _names() -> EntityIndex:
    return EntityIndex(terms())


def _copied_names(_: Graph) -> EntityIndex:
    """Return what names mean, which takes most of the time of reading a small sheet, for one sheet."""
    names = copy.copy(_names())
    names.labels, names.taken = dict(names.labels), set(names.taken)
    return names


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="fuzz-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)  # noqa: S108


def _written(data: bytes, name: str) -> str:
    path = os.path.join(_folder().name, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def _told(error: NlcGraphError) -> None:
    """What is refused is refused in words."""
    assert str(error).strip(), repr(error)


def sheet_csv(data: bytes) -> None:
    """A sheet as CSV: what it becomes is Turtle."""
    path = _written(data, "x.csv")
    try:
        with patch("nlc_graph.sheet.to_rdf.EntityIndex", _copied_names):
            read = read_sheets([path], terms(), enquiry="fuzz", new_terms=len(data) % 2 == 0)
    except NlcGraphError as error:
        _told(error)
        return
    for _ in ox.parse(read.to_bytes(), format=ox.RdfFormat.TURTLE):
        pass


def sheet_cells(data: bytes) -> None:
    """The cells of an otherwise good sheet: lines are values for the columns of the first row."""
    lines = data.decode("utf-8", errors="replace").split("\n")
    row = list(SHEET[1])
    for line in lines:
        number, _, value = line.partition(":")
        if number.isascii() and number.isdigit():
            row[int(number[:3]) % len(row)] = value
    sheet_csv(to_csv([SHEET[0], row, *SHEET[2:]]))


def sheet_xlsx(data: bytes) -> None:
    """A sheet as a workbook."""
    path = _written(data, "x.xlsx")
    try:
        for number, cells in open_sheet(path).rows:
            assert number > 0 and all(isinstance(cell, str) for cell in cells)
    except NlcGraphError as error:
        _told(error)


def sheet_xlsx_parts(data: bytes) -> None:
    """A workbook of which one part is the data; its first byte chooses the part."""
    names = list(PARTS)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in PARTS.items():
            archive.writestr(name, data[1:] if data and name == names[data[0] % len(names)] else content)
    sheet_xlsx(out.getvalue())


def passages(data: bytes) -> None:
    """A copy and, after a line of hashes, phrases of passages: what is found is what was asked for."""
    text, _, phrases = data.partition(b"\n###\n")
    try:
        document = Document.read(_written(text, "copy"))
    except NlcGraphError as error:
        _told(error)
        return
    opens, _, closes = phrases.decode("utf-8", errors="replace").partition("\n")
    section = Ref("urn:section")
    place = Copy(document, [(section, "Mentors at work")]).locate(
        Passage(Ref("urn:passage"), section, opens, closes, Ref("urn:source"))
    )
    if place.span:
        start, end = place.span
        assert 0 <= start < end <= len(document.text)
        assert fold(document.text[start:end]).startswith(fold(opens)[:1])
        assert "".join(document.around(place.span, 3)).strip()
    else:
        assert place.reason
    located, known = open_copy(tiny(), document)
    for passage in known:
        located.locate(passage)


def things(data: bytes) -> None:
    """A name: one thing, or a refusal."""
    text = data.decode("utf-8", errors="replace")
    sorts = [name for name in SORTS if text.startswith(name)]
    try:
        assert tiny().names.find(text, *sorts).label
    except NlcGraphError as error:
        _told(error)
    try:
        tiny().names.containing(text, *sorts)
        tiny().resolve(text)
    except NlcGraphError as error:
        _told(error)
    try:
        find_text(tiny(), text)
        find_near(tiny(), text)
    except NlcGraphError as error:
        _told(error)


def queries(data: bytes) -> None:
    """A query file, headers and all: bound with values and, where it is short, asked of an empty store."""
    try:
        asked = read_query(_written(data, "x.rq"))
        values: dict[str, object] = {name: "attendance" for name in asked.required}
        text = asked.bind(values, lambda name, sort: tiny().resolve(name, sort))
    except NlcGraphError as error:
        _told(error)
        return
    if len(text) > 2000:
        return
    try:
        graph = Graph()
        graph.know(PREFIXES)
        for ask in (graph.ask, graph.select, graph.triples):
            ask(text)
    except NlcGraphError as error:
        _told(error)


def _rdf(suffix: str) -> Target:
    def read(data: bytes) -> None:
        path = _written(data, f"x{suffix}")
        graph = Graph()
        try:
            graph.read(path)
        except NlcGraphError as error:
            _told(error)
            return
        for triple in graph.authored():
            str(triple)
        find_lines(path, graph.prefixes)

    return read


#: Name to target and the inputs from which it sets out.
TARGETS: dict[str, tuple[Target, list[bytes]]] = {
    "sheet-csv": (sheet_csv, [to_csv(SHEET), to_csv(SHEET[:2]).replace(b",", b";"), "\n".join(SHEET[0]).encode()]),
    "sheet-cells": (
        sheet_cells,
        [
            "\n".join(f"{number}:{cell}" for number, cell in enumerate(row) if cell).encode()
            for row in (*SHEET[1:], [column.example for column in COLUMNS])
        ],
    ),
    "sheet-xlsx": (sheet_xlsx, [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
    "sheet-xlsx-parts": (
        sheet_xlsx_parts,
        [bytes([number]) + part.encode() for number, part in enumerate(PARTS.values())],
    ),
    "passages": (
        passages,
        [
            (TEXT + "\n###\nSince the mentors\nevery day").encode(),
            f"<!DOCTYPE html><html><head><title>x</title></head><p>{TEXT}</p></html>\n###\nevery\nd".encode(),
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n4 0 obj<</Length 30>>stream\nBT (Since) Tj ET\n"
            b"endstream endobj\ntrailer<</Root 1 0 R>>\n###\na\nb",
        ],
    ),
    "things": (
        things,
        [b"attendance", b"practice:learning-mentors", b"<https://example.org/tiny/alder>", b"networkAl"],
    ),
    "queries": (queries, [path.read_bytes() for path in sorted(QUERIES.glob("*.rq"))[::4]]),
    "turtle": (
        _rdf(".ttl"),
        [b'@prefix a: <urn:a:> .\na:b a a:c ; a:d "x"@en, 1.5, [ a:e ( 1 2 ) ], """y\n""", <<( a:b a:c a:d )>> .\n'],
    ),
    "trig": (_rdf(".trig"), [b'PREFIX a: <urn:a:> GRAPH a:g { a:b a:c _:d {| a:e "f" |} }\n', b"<urn:a> {}"]),
    "ntriples": (_rdf(".nt"), [b'<urn:a> <urn:b> "c\\u00e9"^^<urn:d> .\n_:a <urn:b> _:c .\n']),
    "jsonld": (
        _rdf(".jsonld"),
        [
            b'{"@context": {"a": "urn:a:", "b": {"@id": "a:b", "@container": "@list"}}, "@id": "a:c", "b": [1, "x"]}',
            b'{"@graph": [{"@id": "urn:a", "@type": "urn:b", "@reverse": {"urn:c": {"@value": 1.5}}}]}',
        ],
    ),
    "rdfxml": (
        _rdf(".rdf"),
        [
            b'<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "urn:a:">]>\n<rdf:RDF xml:base="http://x/" xmlns:rdf='
            b'"http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="urn:a:"><rdf:Description rdf:about="&a;b"><a:c '
            b'rdf:parseType="Collection"><a:d rdf:ID="e"/></a:c><a:f xml:lang="en">x</a:f></rdf:Description></rdf:RDF>'
        ],
    ),
}
