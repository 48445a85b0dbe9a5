"""Hostile and broken files: name to content."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

from ..cli.test_validate import SHEET

DEEP = 100_000
NLC = "@prefix nlc: <https://w3id.org/nlc-graph/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
Content = str | bytes


def rdf_xml(body: str, head: str = "", attributes: str = "") -> str:
    """Return RDF/XML."""
    namespaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:u:"'
    return f"{head}<rdf:RDF {namespaces} {attributes}>{body}</rdf:RDF>"


def text(content: str) -> str:
    """Return an RDF/XML description with a text."""
    return f'<rdf:Description rdf:about="urn:a"><u:p>{content}</u:p></rdf:Description>'


def entities(names: str) -> str:
    """Return entities that expand ten times at each level."""
    nested = [f"<!ENTITY {name} '{f'&{last};' * 10}'>" for last, name in pairwise(names)]
    return f"<!DOCTYPE r [<!ENTITY a 'ha'>{''.join(nested)}]>"


#: RDF that must be refused.
MALFORMED: dict[str, Content] = {
    "nested-blank-nodes.ttl": "<urn:a> <urn:b> " + "[ <urn:c> " * DEEP,
    "nested-lists.ttl": "<urn:a> <urn:b> " + "( " * DEEP,
    "nested-triple-terms.ttl": "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * DEEP,
    "nested.jsonld": '{"@id":"urn:a","urn:b":' * DEEP,
    "nested-lists.jsonld": '{"@id":"urn:a","urn:b":' + "[" * DEEP + "]" * DEEP + "}",
    "nested.rdf": rdf_xml("<rdf:Description><u:p>" * DEEP),
    "laughs.rdf": rdf_xml(text("&j;"), entities("abcdefghij")),
    "quadratic.rdf": rdf_xml(text("&a;" * 10_000), f"<!DOCTYPE r [<!ENTITY a '{'a' * 10_000}'>]>"),
    "external.rdf": rdf_xml(text("&x;"), "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"),
    "external-http.rdf": rdf_xml(text("&x;"), "<!DOCTYPE r [<!ENTITY x SYSTEM 'http://127.0.0.1:8099/'>]>"),
    "unended-string.ttl": '<urn:a> <urn:b> """' + "a" * 5_000_000,
    "unended-iri.nt": "<urn:" + "a" * 5_000_000,
    "report.ttl": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "page.ttl": "<!DOCTYPE html><html><body><p>404 Not found</p></body></html>",
    "lfs.ttl": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
    "latin1.ttl": '<urn:a> <urn:b> "Éveil" .'.encode("latin-1"),
    "nulls.ttl": bytes(1_000_000),
    "markup-in-iri.ttl": "<http://example.org/<script>> <urn:b> <urn:c> .",
    "undeclared.ttl": "nlcc:a a nlcc:Claim .",
    "truncated.jsonld": '{"@id": "urn:a", "urn:b": [',
    "remote.jsonld": '{"@context": "http://127.0.0.1:8099/", "@id": "urn:a", "name": "x"}',
    "remote-import.jsonld": '{"@context": {"@version": 1.1, "@import": "http://127.0.0.1:8099/c"}, "@id": "urn:a"}',
    "file-context.jsonld": '{"@context": "file:///etc/passwd", "@id": "urn:a", "name": "x"}',
}
#: RDF that is read as data; nothing that it asks for is done.
STRANGE: dict[str, Content] = {
    "comment.ttl": "# " + "x" * 3_000_000 + "\n<urn:a> <urn:b> <urn:c> .",
    "schemes.ttl": "<javascript:alert(1)> <urn:b> <file:///etc/passwd>, <data:text/html,x> .",
    "bidi.ttl": '<urn:a> <urn:b> "a\u202eb\u2066c" .',
    "control.ttl": '<urn:a> <urn:b> "a\\u0007\\u001b[31mred\\u0000" .',
    "imports.ttl": "<urn:o> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:8099/o.ttl> .",
    "numbers.ttl": f"<urn:a> <urn:b> 1e999999, {'9' * 10_000}, 1.0E+99999 .",
    "loop.ttl": f"{NLC} @prefix skos: <http://www.w3.org/2004/02/skos/core#> . <urn:a> skos:broader <urn:b> . <urn:b> "
    "skos:broader <urn:a> ; rdfs:subClassOf <urn:b> ; nlc:partOfStrategy <urn:b> .",
    "half.ttl": f"{NLC} <urn:a> a nlc:Claim, nlc:Passage, nlc:Network ; nlc:about <urn:a>, 5, [] ; rdfs:label 5 .",
    "stylesheet.rdf": rdf_xml(text("x"), "<?xml-stylesheet href='http://127.0.0.1:8099/x.xsl'?>"),
}


def workbook(sheet: str, shared: str = "<sst/>") -> bytes:
    """Return a workbook whose only sheet is some XML."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = '<Relationship Id="rId{}" Type="{}/{}" Target="{}"/>'.format
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        'Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": relations.format(relation(1, types, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{types}"><sheets><sheet name="x" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations.format(
            relation(1, types, "worksheet", "worksheets/sheet1.xml")
            + relation(2, types, "sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": f"<worksheet {main}>{sheet}</worksheet>",
        "xl/sharedStrings.xml": shared,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


HEADING = '<row r="1"><c r="A1" t="inlineStr"><is><t>network</t></is></c></row>'
#: Sheets that must be refused, by status 1 or 2.
SHEETS: dict[str, Content] = {
    "nulls.csv": SHEET.replace("Riverside", "River\0side"),
    "unended-quote.csv": SHEET + '"' + "a\n" * 1_000_000,
    "long-line.csv": "network,practice,outcome," + "a" * 6_000_000,
    "many-columns.csv": SHEET.replace("network,", "network," + ",".join(f"x{n}" for n in range(100_000)) + ",", 1),
    "page.csv": "<html><table><tr><td>network</td><td>practice</td></tr></table></html>",
    "workbook.csv": workbook(f"<sheetData>{HEADING}</sheetData>"),
    "empty.csv": "",
    "cut.xlsx": workbook("")[:300],
    "bomb.xlsx": workbook(f"<sheetData>{HEADING}</sheetData>", "<sst><si><t>" + "a" * 305_000_000),
    "far.xlsx": workbook(f'<sheetData>{HEADING}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    "huge-number.xlsx": workbook(f'<sheetData>{HEADING}<row r="2"><c r="A{"9" * 30}"><v>1</v></c></row></sheetData>'),
    "tags.xlsx": workbook("<c " * 1_000_000),
    "many-unknown.csv": SHEET + SHEET.splitlines()[1].replace("learning mentors", "mentours") * 3000,
    "long-cell.csv": SHEET.replace("Mentors got", "x" * 40_000),
}
#: Sheets that are read; their text stays text.
ODD_SHEETS: dict[str, Content] = {
    "formula.csv": SHEET.replace("Riverside", "=1+1"),
    "climbing.csv": SHEET.replace("Riverside", "../../../etc/passwd"),
    "markup.csv": SHEET.replace("Mentors got", "</script><script>alert(1)</script>"),
    "utf16.csv": SHEET.encode("utf-16"),
    "blank-rows.csv": SHEET + ",\n" * 300_000,
}
#: Triples of ``tests/tiny.ttl``, and values of a wrong type in their place.
ILL_TYPED = {
    "text for a number": ("nlc:value 84.0", 'nlc:value "about ninety"'),
    "IRI for a number": ("nlc:value 84.0", "nlc:value <urn:x>"),
    "NaN": ("nlc:value 84.0", 'nlc:value "NaN"^^<http://www.w3.org/2001/XMLSchema#double>'),
    "endless position": ("nlc:position 1", f"nlc:position {'9' * 5000}"),
    "text for a link type": ("nlc:linkType link:attributed", 'nlc:linkType "some <text> here"'),
    "text for an outcome": ("nlc:outcome outcome:attendance", 'nlc:outcome "some <text> here"'),
    "text for a practice": ("nlc:practice practice:learning-mentors", 'nlc:practice "some <text> here"'),
}
