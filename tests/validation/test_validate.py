"""Files are validated with what they build on; findings have a code, an entity and a location."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph.errors import UnknownFormatError, UnreadableFileError
from nlc_graph.passages.document import Document
from nlc_graph.validation import Finding, shapes, validate
from tests.conftest import TINY
from tests.ontology.conftest import HEADER

WRONG = (
    HEADER
    + """PREFIX my: <https://example.org/my/>
my:mentors a nlc:Strategy ; rdfs:label "Mentors (Excel)" ;
    nlc:practice practice:lerning-mentors ;
    nlc:usedBy nlc2005:excell ; nlc:statedIn my:passage .
my:passage a nlc:Passage ; nlc:source nlc2005:summary ; nlc:section section:title-page ;
    nlc:opens "It is" ; nlc:closes "so" .
"""
)
RIGHT = WRONG.replace("excell", "excel").replace("lerning", "learning")
LINE = HEADER.count("\n")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine.ttl"


def brief(finding: Finding) -> tuple[str, str, int | None]:
    return finding.code, str(finding.entity).rsplit("/", 1)[-1], finding.line


def test_bundled_graph_has_no_findings() -> None:
    report = validate()
    assert report.findings == ()
    assert (len(report.checked), len(report.not_checked)) == (3, 1)


def test_files_without_a_statement_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "own.jsonld").write_text('{"name": "x", "claim": "y"}')
    (finding,) = validate([str(tmp_path / "own.jsonld")]).findings
    assert (finding.code, finding.path) == ("syntax", str(tmp_path / "own.jsonld"))
    (tmp_path / "own.ttl").write_text("<urn:a> <urn:b> 1 .")
    assert validate([str(tmp_path)]).triples == 1  # a JSON-LD context beside data is right


def test_file_whose_triples_are_all_in_the_bundled_graph_is_validated(mine: Path) -> None:
    mine.write_text(HEADER + "nlc2005:excel a nlc:Network .\n")
    report = validate([str(mine)])
    assert (report.triples, report.findings) == (1, ())


def test_unknown_names_have_a_line_and_suggestions(mine: Path) -> None:
    """That practice:lerning-mentors is not an nlc:Practice follows from its being unknown, and is not reported."""
    mine.write_text(WRONG)
    report = validate([str(mine)])
    assert [brief(finding) for finding in report.findings] == [
        ("dangling-reference", "mentors", LINE + 4),
        ("unknown-vocabulary-term", "mentors", LINE + 3),
    ]
    assert [finding.suggestions[0] for finding in report.findings] == ["nlc2005:excel", "practice:learning-mentors"]
    assert {finding.path for finding in report.findings} == {str(mine)}


def test_without_the_bundled_evidence_its_entities_are_unknown(mine: Path) -> None:
    mine.write_text(RIGHT)
    assert validate([str(mine)]).findings == ()
    values = [str(finding.details["value"]) for finding in validate([str(mine)], bundled=False).findings]
    assert [value.rsplit("/", 1)[-1] for value in values] == ["excel", "title-page", "summary"]


def test_records_are_checked_by_shapes_and_the_graph_by_rules(mine: Path) -> None:
    silent = "my:silent a nlc:Speaker ; rdfs:label 'a pupil' ; nlc:speakerRole role:pupil .\n"
    mine.write_text(RIGHT.replace('"so"', '"a b c d e f g h"') + silent)
    assert [brief(finding) for finding in validate([str(mine)]).findings] == [
        ("orphan-speaker", "silent", LINE + 7),
        ("shape", "passage", LINE + 6),
    ]


def test_findings_outside_the_files_are_left_out(mine: Path, tmp_path: Path) -> None:
    context = tmp_path / "context.ttl"
    context.write_text(HEADER + "nlc2005:silent a nlc:Speaker ; rdfs:label 'a pupil' ; nlc:speakerRole role:pupil .\n")
    mine.write_text(HEADER + "nlc2005:excel rdfs:comment 'A network.' .\n")
    assert validate([str(mine)], context=[str(context)]).findings == ()
    found = validate(context=[str(context)]).findings
    assert [brief(finding)[:2] for finding in found] == [("orphan-speaker", "silent")]


def test_after_a_syntax_error_nothing_else_is_checked(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> .\n")
    (tmp_path / "b.jsonld").write_text('{"@id": "urn:a",\n "urn:b": }')
    (tmp_path / "c.ttl").write_text("<urn:a> <urn:b> 1 .\n")
    report = validate([str(tmp_path)])
    assert [(Path(f.path).name, f.line, f.column) for f in report.findings] == [("a.ttl", 1, 17), ("b.jsonld", 2, 11)]
    assert (report.triples, report.checked) == (1, ("syntax of 3 files",))


def test_passages_are_located_in_a_copy() -> None:
    copy = Document(
        "ALDER\nAlder was a network. It is said at last.\nBIRCH\nBirch is a network. It has walls as well.\n"
    )
    report = validate(context=[str(TINY)], bundled=False, copy=copy)
    (finding,) = [finding for finding in report.findings if finding.code == "passage"]
    line = TINY.read_text(encoding="utf-8").split("t:alder-passage a")[0].count("\n") + 1
    assert (finding.suggestions, Path(finding.path).name, finding.line) == (("Alder was a",), "tiny.ttl", line)
    assert "2 passages against the copy" in report.checked


def test_without_an_engine_shapes_are_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "ENGINES", {})
    assert "nlc-graph[validate]" in validate().not_checked[0]


def test_missing_file_and_unknown_format_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        validate([str(tmp_path / "none.ttl")])
    (tmp_path / "x.pdf").touch()
    with pytest.raises(UnknownFormatError):
        validate([str(tmp_path / "x.pdf")])
