"""Findings get the file and line, or the row of a sheet, in which their entity is described."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph.table import Ref
from nlc_graph.validation import Finding
from nlc_graph.validation.locate import locate, numbered_triples

TURTLE = '''@prefix a: <urn:a:> .
# a:comment a:p 1 .
a:one a a:Kind ;  # not a:this
  a:p """a text .
a:no a:p 2 .""", 3.5 ;
  a:q [ a:inner a:two ], a:four .
<urn:a:five>
  a:p a:six, true .
'''
JSON = '[{"@id": "urn:a:one",\n "urn:a:p": {"@id": "urn:a:two"}},\n {"urn:a:q": 1,\n  "@id": "urn:a:two"}]'
XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="urn:a:">
<rdf:Description rdf:about="urn:a:one"><a:p>x</a:p>
</rdf:Description>
<a:K rdf:about="urn:a:two"/></rdf:RDF>"""
TRIG = "<urn:a:g> {\n <urn:a:one> <urn:a:p> 1 .\n}\nGRAPH <urn:a:h> {\n <urn:a:two> <urn:a:p> 3 }\n"


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        (
            "x.ttl",
            TURTLE,
            [("one", 3), ("one", 5), ("one", 5), ("", 6), ("one", 6), ("one", 6), ("five", 8), ("five", 8)],
        ),
        ("x.nt", "<urn:a:one> <urn:a:p> <urn:a:o> .\n\n<urn:a:two> <urn:a:p> <urn:a:o> .", [("one", 1), ("two", 3)]),
        ("x.jsonld", JSON, [("one", 2), ("two", 4)]),
        ("x.rdf", XML, [("one", 2), ("two", 4)]),
        ("x.trig", TRIG, [("one", 2), ("two", 5)]),
    ],
)
def test_triples_have_the_line_in_which_they_end(
    tmp_path: Path, name: str, text: str, lines: list[tuple[str, int]]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = [(str(triple.subject), line) for line, triple in numbered_triples(str(tmp_path / name))]
    assert [(name[7:-1] if name.startswith("<urn:a:") else "", line) for name, line in found] == lines


@pytest.mark.parametrize(
    ("entity", "properties", "line"),
    [
        ("urn:a:one", (), 3),
        ("urn:a:one", ("urn:a:none", "urn:a:q"), 6),
        ("urn:a:six", (), 8),  # described nowhere, but a value in this line
    ],
)
def test_finding_has_the_line_of_a_property_or_of_its_entity(
    tmp_path: Path, entity: str, properties: tuple[str, ...], line: int
) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    finding = Finding("code", "Wrong.", entity=Ref(entity), properties=properties)
    (found,) = locate([finding], {str(path): str(path)}, {})
    assert (found.path, found.line) == (str(path), line)


def test_finding_on_an_entity_of_no_file_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    blank, unknown = Finding("code", "Wrong.", entity=Ref("_:b")), Finding("code", "Wrong.", entity=Ref("urn:a:none"))
    assert locate([blank, unknown], {str(path): str(path)}, {}) == [blank]


def test_finding_has_the_row_of_its_sheet(tmp_path: Path) -> None:
    """A school is described in the rows of its claims."""
    path = tmp_path / "sheet.ttl"
    path.write_text("<urn:claim> <urn:about> <urn:school> . <urn:other> <urn:about> <urn:school> .", encoding="utf-8")
    rows = {"urn:claim": ("x.csv", 7), "urn:other": ("x.csv", 4)}
    findings = [Finding("code", "Wrong.", entity=Ref(entity)) for entity in ("urn:claim", "urn:school")]
    found = locate(findings, {"x.csv": str(path)}, rows)
    assert [(each.path, each.line) for each in found] == [("x.csv", 7), ("x.csv", 4)]
