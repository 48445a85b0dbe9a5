"""Files are checked with what they build on; findings name thing, place and remedy."""

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
LINE = HEADER.count("\n")


def found(finding: Finding) -> tuple[str, str, int | None]:
    return finding.check, str(finding.thing).rsplit("/", 1)[-1], finding.line


def test_the_bundled_graph_has_no_findings() -> None:
    report = validate()
    assert report.findings == ()
    assert report.checked[-1] == "single records against the SHACL shapes"
    assert report.not_checked == ("passages against the source: give a copy of it with --copy FILE",)


def test_files_without_a_statement_are_not_found_right(tmp_path: Path) -> None:
    (tmp_path / "own.jsonld").write_text('{"name": "x", "claim": "y"}')
    (finding,) = validate([str(tmp_path / "own.jsonld")]).findings
    assert (finding.problem, finding.file) == ("It holds no statement.", str(tmp_path / "own.jsonld"))
    (tmp_path / "own.ttl").write_text("<urn:a> <urn:b> 1 .")
    assert validate([str(tmp_path)]).triples == 1  # a context beside data is no mistake


def test_misspelt_names_have_a_line_and_suggestions(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(WRONG)
    report = validate([str(path)])
    assert [found(finding) for finding in report.findings] == [
        ("dangling-reference", "mentors", LINE + 4),
        ("unknown-vocabulary-term", "mentors", LINE + 3),
    ]
    assert [finding.suggestions[0] for finding in report.findings] == ["nlc2005:excel", "practice:learning-mentors"]
    assert {finding.file for finding in report.findings} == {str(path)}
    assert report.findings[1].problem == "A term is used that the vocabulary of its namespace does not have."


def test_what_follows_from_an_unknown_name_is_not_said_again(tmp_path: Path) -> None:
    """That practice:lerning-mentors is no nlc:Practice, and nlc2005:excell no nlc:Unit, tells nothing new."""
    path = tmp_path / "mine.ttl"
    path.write_text(WRONG)
    assert "shape" not in {finding.check for finding in validate([str(path)]).findings}


def test_without_the_bundled_evidence_its_things_are_unknown(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(WRONG.replace("excell", "excel").replace("lerning", "learning"))
    assert validate([str(path)]).findings == ()
    alone = validate([str(path)], bundled=False)
    assert [str(finding.details["value"]).rsplit("/", 1)[-1] for finding in alone.findings] == [
        "excel", "title-page", "summary",
    ]  # fmt: skip


def test_single_records_and_rules_for_the_whole_graph(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(WRONG.replace("excell", "excel").replace("lerning", "learning").replace('"so"', '"a b c d e f g h"')
                    + "my:silent a nlc:Speaker ; rdfs:label 'a pupil' ; nlc:speakerRole role:pupil .\n")  # fmt: skip
    assert [found(finding) for finding in validate([str(path)]).findings] == [
        ("orphan-speaker", "silent", LINE + 7),
        ("shape", "passage", LINE + 6),
    ]


def test_things_of_the_bundled_graph_are_not_reported_unless_the_file_speaks_of_them(tmp_path: Path) -> None:
    context = tmp_path / "context.ttl"
    context.write_text(HEADER + "nlc2005:silent a nlc:Speaker ; rdfs:label 'a pupil' ; nlc:speakerRole role:pupil .\n")
    mine = tmp_path / "mine.ttl"
    mine.write_text(HEADER + "nlc2005:excel rdfs:comment 'A network.' .\n")
    assert validate([str(mine)], context=[str(context)]).findings == ()
    assert [found(finding)[:2] for finding in validate(context=[str(context)]).findings] == [
        ("orphan-speaker", "silent"),
    ]


def test_syntax_of_every_file_is_told_and_nothing_else_is_checked(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> .\n")
    (tmp_path / "b.jsonld").write_text('{"@id": "urn:a",\n "urn:b": }')
    (tmp_path / "c.ttl").write_text("<urn:a> <urn:b> 1 .\n")
    report = validate([str(tmp_path)])
    assert [(Path(f.file).name, f.line, f.column) for f in report.findings] == [("a.ttl", 1, 17), ("b.jsonld", 2, 11)]
    assert (report.checked, report.not_checked) == (("syntax of 3 files",), ("everything else: mend the syntax first",))
    assert report.triples == 1


def test_passages_are_looked_for_in_a_copy() -> None:
    copy = Document(
        "ALDER\nAlder was a network. It is said at last.\nBIRCH\nBirch is a network that has walls as well.\n"
    )
    report = validate(context=[str(TINY)], bundled=False, copy=copy)
    (finding,) = [finding for finding in report.findings if finding.check == "passage"]
    assert finding.details["why"] == "its opening words are not in the copy"
    assert (finding.suggestions, Path(finding.file).name, finding.line) == (
        ("Alder was a",),
        "tiny.ttl",
        line_of("t:alder-passage a"),
    )
    assert "2 passages against the copy" in report.checked


def line_of(start: str) -> int:
    return next(n for n, line in enumerate(TINY.read_text().splitlines(), 1) if line.startswith(start))


def test_without_an_engine_the_report_says_that_shapes_were_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "ENGINES", {})
    report = validate()
    assert report.not_checked[0].startswith("single records against the SHACL shapes: python -m pip install")


def test_a_path_that_cannot_be_read_is_no_finding(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such file"):
        validate([str(tmp_path / "none.ttl")])
    (tmp_path / "x.pdf").touch()
    with pytest.raises(UnknownFormatError):
        validate([str(tmp_path / "x.pdf")])
