"""``nlc-graph validate`` and ``nlc-graph sheet``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from .runner import BOTH, ONLY_TINY, objects, refused, run, succeeded

SHEET = (
    "network,practice,outcome,key feature,link,direction,kind of evidence,who says it,in our words,passage opens,"
    "passage closes,section,source\n"
    "Riverside,learning mentors,attendance,Achievement,attributed,improved,quoted testimony,a headteacher,"
    "Mentors got them to come.,Since the,every day,Mentors,Report\n"
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Return a good sheet of one row."""
    path = tmp_path / "mine.csv"
    path.write_text(SHEET)
    return path


def test_findings_have_location_hint_and_suggestion(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        "PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>\nPREFIX t: <https://example.org/tiny/>\n"
        "t:alder nlc:partner t:colege .\n"
    )
    done = run(*ONLY_TINY, "validate", str(path))
    text = " ".join(done.stdout.split())
    assert (done.returncode, done.stderr) == (1, "")
    assert "[dangling-reference: 1] What to do: " in text
    assert "mine.ttl:3 Alder NLC [t:alder]; property: partner [nlc:partner];" in text
    assert "did you mean t:college?" in text and "NOT checked: passages" in text


def test_syntax_error_as_json(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text("<urn:a> <urn:b> .\n")
    done = run("validate", "--format", "json", str(path))
    (finding,) = json.loads(done.stdout)["findings"]
    assert (done.returncode, finding["code"]) == (1, "syntax")
    assert (finding["path"], finding["line"], finding["column"]) == (str(path), 1, 17)


@pytest.mark.slow
def test_bundled_graph_has_no_findings() -> None:
    assert objects("validate")["findings"] == []


@pytest.mark.parametrize(
    ("path", "code"),
    [("/nowhere.ttl", "missing-file"), ("/dev/null", "unknown-format"), ("x.ods", "missing-file")],
)
def test_unreadable_files(path: str, code: str) -> None:
    assert refused("validate", path).code == code


def test_sheet_import_writes_turtle_that_impacts_reads(sheet: Path, tmp_path: Path) -> None:
    target = str(tmp_path / "mine.ttl")
    done = run("--no-bundled", "sheet", "import", str(sheet), "-o", target)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Riverside" in done.stderr and target in done.stderr
    assert "learning mentors" in succeeded("--no-bundled", "--data", target, "impacts", "attendance")


def test_sheet_import_lists_errors_and_writes_nothing(sheet: Path, tmp_path: Path) -> None:
    sheet.write_text(SHEET.replace("learning mentors", "lerning mentors"))
    done = run("sheet", "import", str(sheet), "-o", str(tmp_path / "mine.ttl"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "row 2" in done.stderr and "'practice'" in done.stderr and "learning mentors" in done.stderr
    assert not (tmp_path / "mine.ttl").exists()


def test_sheet_template_and_export(tmp_path: Path) -> None:
    assert "who says it" in succeeded("sheet", "template")
    assert run("sheet", "template", "-o", str(tmp_path / "t.csv")).returncode == 0
    path = tmp_path / "b.csv"
    assert run(*ONLY_TINY, "sheet", "export", "--network", "Birch", "-o", str(path)).returncode == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert {"story-maps", "story-making"} <= {row["practice"] for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("import", "SHEET", "-o", "THERE.ttl"), "unwritable-file"),
        (("import", "SHEET", "-o", "x.csv"), "unknown-format"),
        (("import", "SHEET", "SHEET", "-o", "x.ttl"), "bad-parameter"),
        (("import", "none.csv", "-o", "x.ttl"), "unreadable-file"),
        (("export", "-o", "x.ods"), "unknown-format"),
    ],
)
def test_sheet_refusals(args: tuple[str, ...], code: str, sheet: Path, tmp_path: Path) -> None:
    (tmp_path / "there.ttl").touch()
    paths = {"SHEET": str(sheet), "THERE.ttl": str(tmp_path / "there.ttl")}
    assert refused("sheet", *(paths.get(arg, arg) for arg in args)).code == code


def test_sheet_export_needs_one_enquiry(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    done = refused(*BOTH, "sheet", "export", "-o", str(path))
    assert done.code == "bad-parameter" and "'Riverside enquiry'" in done.stderr and not path.exists()
