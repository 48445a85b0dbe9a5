"""Bad inputs, as a malicious or a confused person would bring them: name of the file to what makes it."""

from __future__ import annotations

import base64
import gzip
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from nlc_graph.sheet import COLUMNS, heading

from ..fuzz.targets import MAIN, PARTS
from ..sheet.conftest import CLAIM, FIGURE

DEEP = 100_000
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NLC = "@prefix nlc: <https://w3id.org/nlc-graph/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
Maker = Callable[[Path], object]


def xml(body: str, head: str = "", attributes: str = "") -> str:
    """Return RDF/XML."""
    return f'{head}<rdf:RDF xmlns:rdf="{RDF}" xmlns:u="urn:u:" {attributes}>{body}</rdf:RDF>'


ONE = '<rdf:Description rdf:about="urn:a"><u:p>TEXT</u:p></rdf:Description>'

#: Files of RDF. What is well-formed and merely strange stands in :data:`STRANGE`.
MALFORMED: dict[str, str | bytes] = {
    "nested-blank-nodes.ttl": "<urn:a> <urn:b> " + "[ <urn:c> " * DEEP,
    "nested-lists.ttl": "<urn:a> <urn:b> " + "( " * DEEP,
    "nested-triple-terms.ttl": "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * DEEP,
    "nested-reifiers.ttl": "<< " * DEEP,
    "nested-annotations.ttl": "<urn:a> <urn:b> <urn:c> " + "{| <urn:b> <urn:c> " * DEEP,
    "nested-graphs.trig": "<urn:a> { " * DEEP,
    "unended-string.ttl": '<urn:a> <urn:b> """' + "a" * 5_000_000,
    "unended-iri.nt": "<urn:" + "a" * 5_000_000,
    "gzip.ttl": gzip.compress(b"<urn:a> <urn:b> <urn:c> ."),
    "gzip.jsonld": gzip.compress(b"{}"),
    "gzip.rdf": gzip.compress(b"<a/>"),
    "zip.nt": b"PK\x03\x04" + bytes(range(256)),
    "office.ttl": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
    "report.ttl": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "page.ttl": "<!DOCTYPE html><html><body><p>404 Not found</p></body></html>",
    "page.jsonld": "<html><body>Please log in</body></html>",
    "lfs.ttl": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
    "utf16.ttl": "<urn:a> <urn:b> <urn:c> .".encode("utf-16"),
    "utf32.ttl": "<urn:a> <urn:b> <urn:c> .".encode("utf-32"),
    "latin1.ttl": '<urn:a> <urn:b> "Éveil" .'.encode("latin-1"),
    "overlong.nt": b'<urn:a> <urn:b> "\xc0\xaf" .',
    "surrogate.ttl": b'<urn:a> <urn:b> "\xed\xa0\x80" .',
    "escaped-surrogate.ttl": '<urn:a> <urn:b> "\\ud800" .',
    "nulls.ttl": bytes(1_000_000),
    "spaces-in-iri.ttl": "<http://exa mple.org/> <urn:b> <urn:c> .",
    "markup-in-iri.ttl": "<http://example.org/<script>> <urn:b> <urn:c> .",
    "broken-percent.nt": "<http://example.org/%zz> <urn:b> <urn:c> .",
    "no-scheme.nt": "<relative> <urn:b> <urn:c> .",
    "undeclared.ttl": "nlcc:a a nlcc:Claim .",
    "sparql.ttl": "SELECT * WHERE { ?s ?p ?o }",
    "csv.ttl": "network,practice,outcome\na,b,c\n",
    "json.ttl": '{"a": 1}',
    "truncated.jsonld": '{"@id": "urn:a", "urn:b": [',
    "two.jsonld": '{"@id": "urn:a"} {"@id": "urn:b"}',
    "deep.jsonld": '{"@id":"urn:a","urn:b":' * DEEP,
    "deep-context.jsonld": '{"@context":' * 400 + "{}" + "}" * 400,
    "quotes.jsonld": '"' + '\\"' * 1_000_000,
    "remote.jsonld": '{"@context": "https://schema.org/", "@id": "urn:a", "name": "x"}',
    "remote-import.jsonld": '{"@context": {"@version": 1.1, "@import": "http://127.0.0.1:8099/c"}, "@id": "urn:a"}',
    "remote-scoped.jsonld": '{"@context": {"a": {"@id": "urn:a", "@context": "http://127.0.0.1:8099/"}}, "a": {}}',
    "file-context.jsonld": '{"@context": "file:///etc/passwd", "@id": "urn:a", "name": "x"}',
    "own-context.jsonld": '{"@context": "own-context.jsonld", "@id": "urn:a", "name": "x"}',
    "circular-context.jsonld": '{"@context": {"a": "b:x", "b": "a:x"}, "@id": "urn:a", "a:c": 1}',
    "surrogate.jsonld": '{"@id": "urn:a", "urn:b": "\\ud800"}',
    "nan.jsonld": '{"@id": "urn:a", "urn:b": NaN}',
    "laughs.rdf": xml(
        ONE.replace("TEXT", "&j;"),
        "<!DOCTYPE r [<!ENTITY a 'ha'>" + "".join(
            f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
        ) + "]>",
    ),
    "quadratic.rdf": xml(ONE.replace("TEXT", "&a;" * 10_000), f"<!DOCTYPE r [<!ENTITY a '{'a' * 10_000}'>]>"),
    "external.rdf": xml(ONE.replace("TEXT", "&x;"), "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"),
    "external-http.rdf": xml(ONE.replace("TEXT", "&x;"), "<!DOCTYPE r [<!ENTITY x SYSTEM 'http://127.0.0.1:8099/'>]>"),
    "parameter.rdf": xml(ONE, "<!DOCTYPE r [<!ENTITY % x SYSTEM 'http://127.0.0.1:8099/'> %x;]>"),
    "deep.rdf": xml('<rdf:Description><u:p>' * DEEP),
    "bad-base.rdf": xml(ONE.replace("urn:a", "x"), attributes='xml:base="not an IRI"'),
    "unknown-prefix.rdf": xml("<v:p/>"),
    "utf16.rdf": ("\ufeff" + xml(ONE)).encode("utf-16-le"),
    "html.rdf": "<!DOCTYPE html><html><body><br></body></html>",
}  # fmt: skip

#: Well-formed, and strange: read as data, or found fault with, but never anything done that it asks for.
STRANGE: dict[str, str | bytes] = {
    "empty.ttl": "",
    "empty.jsonld": "",
    "empty.rdf": "",
    "empty.nq": "",
    "bom.ttl": "\ufeff<urn:a> <urn:b> <urn:c> .",
    "comment.ttl": "# " + "x" * 3_000_000,
    "many-prefixes.ttl": "".join(f"@prefix p{n}: <urn:p{n}:> .\n" for n in range(2_000)) + "p1:a p2:b p3:c .",
    "schemes.ttl": "<javascript:alert(1)> <urn:b> <file:///etc/passwd>, <data:text/html,x>, <vbscript:x> .",
    "relative.ttl": "<> <urn:b> <../../etc/passwd>, <#x>, <?y>, <//example.org/x> .",
    "bidi.ttl": '<urn:a\u202eb> <urn:b> "a\u202eb\u2066c" .',
    "control.ttl": '<urn:a> <urn:b> "a\\u0007\\u001b[31mred\\u0000" .',
    "imports.ttl": "<urn:o> a <http://www.w3.org/2002/07/owl#Ontology> ; "
    "<http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:8099/o.ttl> .",
    "taken-prefix.ttl": "@prefix nlc: <http://127.0.0.1:8099/#> . nlc:a a nlc:Claim .",
    "numbers.ttl": '<urn:a> <urn:b> 1e999999, "x"^^<http://www.w3.org/2001/XMLSchema#integer>, '
    + "9" * 10_000 + ', 1.0E+99999, "NaN"^^<http://www.w3.org/2001/XMLSchema#double> .',
    "dates.ttl": '<urn:a> <urn:b> "99999999999-13-45"^^<http://www.w3.org/2001/XMLSchema#date> .',
    "loop.ttl": f"{NLC} @prefix skos: <http://www.w3.org/2004/02/skos/core#> . <urn:a> skos:broader <urn:b> . <urn:b> "
    "skos:broader <urn:a> ; rdfs:subClassOf <urn:b> ; nlc:partOfStrategy <urn:b> .",
    "half.ttl": f"{NLC} <urn:a> a nlc:Claim, nlc:Passage, nlc:Network ; nlc:about <urn:a>, 5, [] ; rdfs:label 5 .",
    "redefined.ttl": f"{NLC} nlc:Claim rdfs:subClassOf nlc:Network ; rdfs:label 'x' . nlc:about rdfs:range nlc:Claim .",
    "derived.ttl": f"{NLC} <urn:a> nlc:relatesTo <urn:b> ; nlc:comparisonDesign <urn:c> .",
    "generalised.jsonld": '{"@id": "_:a", "@type": "_:b", "_:c": 1, "urn:d": {"@id": "relative"}}',
    "numbers.jsonld": '{"@id": "urn:a", "urn:b": [1e400, -0, 123456789012345678901234567890]}',
    "twice.jsonld": '{"@id": "urn:a", "urn:b": 1, "urn:b": 2}',
    "base.rdf": xml(ONE.replace("urn:a", "x"), attributes='xml:base="javascript:alert(1)//"'),
    "subset.rdf": xml(ONE, "<!DOCTYPE r SYSTEM 'http://127.0.0.1:8099/x.dtd'>"),
    "stylesheet.rdf": xml(ONE, "<?xml-stylesheet href='http://127.0.0.1:8099/x.xsl'?>"),
    "include.rdf": xml(
        '<rdf:Description><xi:include href="file:///etc/passwd" parse="text"/></rdf:Description>',
        attributes='xmlns:xi="http://www.w3.org/2001/XInclude"',
    ),
    "encoding.rdf": xml(ONE, "<?xml version='1.0' encoding='utf-7'?>"),
    "attributes.rdf": xml(f'<rdf:Description {" ".join(f"u:a{n}={chr(34)}x{chr(34)}" for n in range(5000))}/>'),
}  # fmt: skip


def rows(*filled: dict[str, str], head: list[str] | None = None, delimiter: str = ",") -> str:
    """Return CSV with every column."""
    names = head or heading()
    lines = [names, *([row.get(name, "") for name in names] for row in filled)]
    return "".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) + "\r\n" for line in lines)


def changed(**cells: str) -> str:
    """Return a sheet of a row of which some cells are others; underscores stand for blanks."""
    return rows({**FIGURE, **{name.replace("_", " "): value for name, value in cells.items()}})


def workbook(parts: dict[str, str | bytes] | None = None, leave_out: str = "") -> bytes:
    """Return a workbook of which some parts are others."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, **(parts or {})}.items():
            if name != leave_out:
                archive.writestr(name, content)
    return out.getvalue()


def cells(body: str, before: str = "") -> bytes:
    """Return a workbook with a sheet of one's own after a heading."""
    head = "".join(
        f'<c r="{chr(65 + n)}1" t="inlineStr"><is><t>{name}</t></is></c>'
        for n, name in enumerate(("network", "practice", "outcome"))
    )
    sheet = f'{before}<worksheet xmlns="{MAIN}"><sheetData><row r="1">{head}</row>{body}</sheetData></worksheet>'
    return workbook({"xl/worksheets/sheet1.xml": sheet})


def lying(content: bytes, name: bytes) -> bytes:
    """Return an archive that says of a part that it unpacks to ten bytes."""
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(name))
    local = content.find(name) - 30
    return (
        content[: local + 22] + (10).to_bytes(4, "little") + content[local + 26 : at + 24]
        + (10).to_bytes(4, "little") + content[at + 28 :]
    )  # fmt: skip


BLANK = '<row r="{n}" s="1"><c r="A{n}" s="1"/></row>'
#: Sheets that are none, or cannot be read.
NO_SHEETS: dict[str, str | bytes] = {
    "utf16-without-mark.csv": rows(CLAIM).encode("utf-16-le"),
    "utf32.csv": rows(CLAIM).encode("utf-32"),
    "nulls.csv": rows(CLAIM).replace("NLC", "N\0LC"),
    "too-many-columns.csv": rows(CLAIM, head=[*heading(), *(f"extra {n}" for n in range(100_000))]),
    "only-nulls.csv": bytes(100_000),
    "page.csv": "<html><table><tr><td>network</td><td>practice</td></tr></table></html>",
    "old.csv": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "workbook.csv": workbook(),
    "gzip.csv": gzip.compress(rows(CLAIM).encode()),
    "report.csv": b"%PDF-1.4\n",
    "unended-quote.csv": rows(CLAIM) + '"' + "a\n" * 1_000_000,
    "long-line.csv": "network,practice,outcome," + "a" * 6_000_000,
    "heading-in-row-3.csv": "Evidence of our networks\n\n" + rows(CLAIM),
    "other-table.csv": "name;age\nx;3\n",
    "empty.csv": "",
    "blank.csv": "\n\n\n \n",
    "only-sep.csv": "sep=;",
    "only-mark.csv": "\ufeff",
    "quotes.csv": '"""""""',
    "empty.xlsx": b"",
    "text.xlsx": rows(CLAIM),
    "old.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "page.xlsx": "<html><table><tr><td>network</td></tr></table></html>",
    "cut.xlsx": workbook()[:300],
    "other.xlsx": base64.b64decode(
        "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="  # an archive with nothing in it
    ),
    "writer.xlsx": workbook({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "xl/workbook.xml"),
    "no-sheet.xlsx": workbook(leave_out="xl/worksheets/sheet1.xml"),
    "bomb.xlsx": workbook({"xl/sharedStrings.xml": "<sst><si><t>" + "a" * 305_000_000}),
    "lying-bomb.xlsx": lying(workbook({"xl/sharedStrings.xml": " " * 50_000_000}), b"xl/sharedStrings.xml"),
    "far.xlsx": cells('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "far-row.xlsx": cells('<row r="1048576"><c><v>1</v></c></row>'),
    "tags.xlsx": workbook({"xl/worksheets/sheet1.xml": "<c " * 1_000_000}),
    "external.xlsx": cells(
        '<row r="2"><c r="A2" t="inlineStr"><is><t>&x;</t></is></c></row>',
        "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    ),
    "no-xml.xlsx": workbook({"xl/worksheets/sheet1.xml": bytes(range(256)) * 10}),
}
#: Sheets with mistakes in them: each is told with its row, and nothing is written.
MISTAKES: dict[str, str | bytes] = {
    "undefined.csv": rows(CLAIM).encode() + b"\x81\x8d\xff",
    "far-column.xlsx": cells('<row r="2"><c r="AAA2"><v>1</v></c></row>'),
    "wide.xlsx": cells('<row r="100000"><c r="ZZ100000"><v>1</v></c></row>'),
    "huge-number.xlsx": cells(f'<row r="2"><c r="A{"9" * 30}"><v>1</v></c></row>'),
    "entities.xlsx": cells(
        '<row r="2"><c r="A2" t="inlineStr"><is><t>&b;</t></is></c></row>',
        "<!DOCTYPE r [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;&a;'>]>",
    ),
    "twice-headed.csv": rows(CLAIM, head=[*heading(), "network"]),
    "many-columns.csv": rows(CLAIM, head=[*heading(), *(f"extra {n}" for n in range(300))]),
    "many-unknown.csv": rows(*({**CLAIM, "practice": f"mentours {n}"} for n in range(4000))),
    "only-heading.csv": rows(),
    "percentage.csv": changed(from_value="45%"),
    "comma-percentage.csv": changed(from_value="45,3 %"),
    "thousands.csv": changed(from_value="1,234"),
    "decimal-comma.csv": changed(from_value="84,5"),
    "exponent.csv": changed(from_value="1e5"),
    "infinite.csv": changed(from_value="inf"),
    "many-digits.csv": changed(from_value="9" * 5000),
    "over-100.csv": changed(unit="per cent", from_value="140"),
    "serial-date.csv": changed(from_period="38353"),
    "date.csv": changed(from_period="2004-05-01"),
    "backwards.csv": changed(from_period="2006", to_period="2002"),
    "bidi.csv": changed(in_our_words="a\u202eb"),
    "control.csv": changed(in_our_words="a\x1b[31mred\x07"),
    "script-identifier.csv": changed(network="x [javascript:alert(1)]"),
    "file-identifier.csv": changed(claim="x [file:///etc/passwd]"),
    "copied.csv": changed(passage_opens="a whole sentence of the source with far more than seven words in it"),
    "long-cell.csv": changed(in_our_words="x" * 600),
    "unknown.csv": changed(practice="learning mentours", outcome="atendance"),
    "closing.csv": rows({**CLAIM}, {**CLAIM}),
    "formula-error.xlsx": cells('<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'),
    "blank-rows.xlsx": cells("".join(BLANK.format(n=n) for n in range(2, 200_000)))[:],
    "last-blank-row.xlsx": cells(BLANK.format(n=1_048_576)),
    "linked.xlsx": workbook(
        {"xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"><externalBook/></externalLink>',
         "xl/externalLinks/_rels/externalLink1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
         'package/2006/relationships"><Relationship Id="rId1" Type="x" Target="http://127.0.0.1:8099/book.xlsx" '
         'TargetMode="External"/></Relationships>'}
    ),
}  # fmt: skip
#: Sheets that look odd and are right.
RIGHT: dict[str, str | bytes] = {
    "nested-newlines.csv": changed(in_our_words='one\r\n"two"\n\nthree, four'),
    "semicolons.csv": rows(FIGURE, delimiter=";"),
    "tabs.csv": "sep=\t\n" + rows(FIGURE, delimiter="\t"),
    "mac.csv": rows(FIGURE).replace("\r\n", "\r"),
    "utf16.csv": rows(FIGURE).encode("utf-16"),
    "windows.csv": changed(network="Réseau “X” – Nord").encode("cp1252"),
    "blank-rows.csv": rows(FIGURE) + ",\n" * 300_000,
    "spaced-heading.csv": rows(FIGURE).replace('"in our words"', '"  In_Our  WORDS "'),
    "formula.csv": changed(network="=cmd|' /C calc'!A0", in_our_words="@SUM(1)"),
    "climbing.csv": changed(network="../../../etc/passwd", source="C:\\windows\\x"),
    "markup.csv": changed(network='<img src=x onerror="alert(1)">', in_our_words="</script><script>alert(1)</script>"),
    "blanks.csv": changed(network="a" + " " * 30_000 + "b"),
    "brackets.csv": changed(network="[" * 30_000),
    "marks.csv": changed(from_value="\u00a084.0", to_value="+90.5"),
}


def sparse(path: Path) -> None:
    """Make a file of a gigabyte that takes no room."""
    with path.open("wb") as file:
        file.truncate(1_000_000_000)


def pipe(path: Path) -> None:
    """Make a pipe to which nobody ever writes."""
    os.mkfifo(path)


def link(target: str) -> Maker:
    """Return what makes a symbolic link."""
    return lambda path: path.symlink_to(target)


#: What is there and is no file that one can read.
NO_FILES: dict[str, Maker] = {
    f"{what}{suffix}": maker
    for suffix in (".ttl", ".jsonld", ".rdf", ".csv", ".xlsx")
    for what, maker in {
        "pipe": pipe,
        "zeros": link("/dev/zero"),
        "noise": link("/dev/urandom"),
        "null": link("/dev/null"),
        "memory": link("/proc/self/mem"),
        "nowhere": link("none"),
        "loop": link(f"loop{suffix}"),
        "sparse": sparse,
    }.items()
}
assert len(COLUMNS) > 20
