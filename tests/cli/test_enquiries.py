"""Each command with two enquiries in the graph: answers say theirs, and one can be asked alone."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from ..conftest import TINY
from ..test_cli import NOTHING_DIFFERS, run, succeeded

RIVERSIDE = Path(__file__).parents[1] / "riverside.ttl"
ONE = ("--no-bundled", "--data", str(TINY))
BOTH = (*ONE, "--data", str(RIVERSIDE))


def rows(*args: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(succeeded(*args, "--format", "csv"))))


def test_find() -> None:
    found = {row["thing"]: row["enquiry"] for row in rows(*BOTH, "find", "stories")}
    assert found["r:stories"] == "Riverside enquiry"
    assert "enquiry" not in rows(*ONE, "find", "story")[0]
    alone = rows(*BOTH, "find", "writing", "--enquiry", "riverside")
    assert {row["enquiry"] for row in alone} >= {"Riverside enquiry"}
    assert all("Riverside enquiry" in row["enquiry"] for row in alone)


def test_named_queries() -> None:
    asked = ("query", "practices-for-outcome", "-p", "outcome=writing")
    found = {(row["claim"], row["enquiry"]) for row in rows(*BOTH, *asked)}
    assert ("r:worse", "Riverside enquiry") in found
    assert {enquiry for _, enquiry in found} == {"Riverside enquiry", "Tiny enquiry"}
    assert "enquiry" not in rows(*ONE, *asked)[0]
    alone = rows(*BOTH, *asked, "--enquiry", "Riverside enquiry")
    assert len(alone) == 1 and {row.get("enquiry", "Riverside enquiry") for row in alone} == {"Riverside enquiry"}


@pytest.mark.parametrize(
    "measure",
    [
        ("rank",), ("gaps",), ("paths", "story-making", "outcome:writing"), ("groups", "--draws", "99"),
        ("robustness",), ("peers", "Riverside NLC"), ("timeline",),
    ],
    ids=lambda measure: measure[0],
)  # fmt: skip
def test_every_measure_says_from_which_enquiry_each_row_comes(measure: tuple[str, ...]) -> None:
    parts = json.loads(succeeded(*BOTH, "analyse", *measure, "--format", "json"))["parts"]
    told = {part["name"]: [row.get("enquiry") for row in part["rows"]] for part in parts}
    assert {name for each in told.values() for said in each if said for name in said.split(", ")} == {
        "Tiny enquiry", *([] if measure == ("timeline",) else ["Riverside enquiry"]),  # which gives no figures
    }  # fmt: skip
    network = "Alder NLC" if measure[0] == "peers" else ""
    plain = measure if not network else ("peers", network)
    parts = json.loads(succeeded(*ONE, "analyse", *plain, "--format", "json"))["parts"]
    assert all("enquiry" not in row for part in parts for row in part["rows"])


def test_a_measure_of_one_enquiry_alone() -> None:
    asked = ("analyse", "rank", "--format", "json")
    (alone, *_) = json.loads(succeeded(*BOTH, *asked, "--enquiry", "Riverside enquiry"))["parts"]
    (by_itself, *_) = json.loads(succeeded("--no-bundled", "--data", str(RIVERSIDE), *asked))["parts"]
    assert alone["rows"] == by_itself["rows"] != []


def test_show_and_export_say_it() -> None:
    text = succeeded(*BOTH, "show", "story-making")
    assert "  enquiry: Riverside enquiry, Tiny enquiry\n" in text and "(Riverside enquiry)\n" in text
    alone = succeeded(*BOTH, "show", "story-making", "--enquiry", "Riverside enquiry")
    assert "\n1 claim (" in alone and "Tiny" not in alone
    assert "enquiry:" not in succeeded(*ONE, "show", "story-making").split("\n\n")[0]
    table = list(
        csv.DictReader(io.StringIO(succeeded(*BOTH, "export", "--format", "evidence", "-o", "-").lstrip("\ufeff")))
    )
    assert {row["enquiry"] for row in table} == {"Riverside enquiry", "Tiny enquiry"}
    for given, found in ((BOTH, {"r:enquiry", "t:enquiry"}), (ONE, set())):
        edges = json.loads(succeeded(*given, "export", "--format", "cytoscape", "--shape", "linkage", "-o", "-"))
        assert {edge["data"].get("enquiries", "") for edge in edges["elements"]["edges"]} - {""} == found


def test_a_sheet_holds_one_enquiry(tmp_path: Path) -> None:
    sheet = str(tmp_path / "sheet.csv")
    done = run(*BOTH, "sheet", "export", "-o", sheet)
    assert done.returncode == 2 and not Path(sheet).exists()
    assert done.stderr == (
        "nlc-graph: a sheet holds one enquiry, and here are several; choose with --enquiry:"
        " 'Riverside enquiry' or 'Tiny enquiry'\n"
    )
    succeeded(*BOTH, "sheet", "export", "-o", sheet, "--enquiry", "Riverside enquiry")
    with open(sheet, encoding="utf-8-sig", newline="") as file:
        assert {row["network"] for row in csv.DictReader(file)} == {
            "Riverside NLC [https://example.org/riverside/network]"
        }


def test_an_unknown_enquiry_is_told_with_those_there_are() -> None:
    for asked in (("find", "x"), ("query", "network-facts"), ("analyse", "rank"), ("impacts",)):
        done = run(*BOTH, *asked, "--enquiry", "Delta 1999")
        assert done.returncode == 2 and done.stdout == ""
        assert done.stderr.startswith("nlc-graph: no enquiry is called 'Delta 1999'; did you mean ")
        assert "Riverside enquiry" in done.stderr and "Traceback" not in done.stderr


def test_files_that_use_one_identifier_for_two_things_are_warned_of(tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text(RIVERSIDE.read_text().replace('label "Riverside NLC"', 'label "Another network"'))
    warnings = (
        "warning: r:network stands for both 'Another network' and 'Riverside NLC'\n"
        "warning: what the files say of these is mixed up; leave one file out, or import its sheet again under another"
        " --enquiry\n"
    )
    done = run(*BOTH, "--data", str(other), "impacts")
    assert (done.returncode, done.stderr) == (0, warnings)
    done = run(*BOTH, "--data", str(other), "load", str(tmp_path / "store"))
    assert done.returncode == 0
    assert done.stderr.startswith(warnings) and "loaded into" in done.stderr.removeprefix(warnings)
    assert run(*BOTH, "impacts").stderr == ""


def test_comparison_in_parts() -> None:
    parts = succeeded(*BOTH, "compare", "tiny", "riverside").split("\n\n")
    assert [part.split("\n")[0] for part in parts] == [
        "Both report the practice with the outcome (2)",
        "Both report the practice, with outcomes that the other does not (1)",
        "Only Tiny enquiry reports (3)",
        "Only Riverside enquiry reports (1)",
        "practices by outcomes: 1 differ, 1 agree, 6 reported by one only (reported relationships, not proof of cause)",
    ]
    assert parts[0].split("\n")[3].split() == (
        "differ story-making writing improved 1 (attributed 1); unchanged 1 (co-reported 1)"
        " worsened 1 (attributed 1)".split()
    )
    (differ, agree, *only) = rows(*BOTH, "compare", "tiny", "riverside")
    assert (differ["verdict"], differ["second_results"], differ["second_claims"]) == (
        "differ", "worsened 1 (attributed 1)", "r:worse",
    )  # fmt: skip
    assert agree["verdict"] == "agree" and {row["verdict"] for row in only} == {
        "only Tiny enquiry", "only Riverside enquiry",
    }  # fmt: skip


def test_differences_in_figures_are_told(tmp_path: Path) -> None:
    """The number of a level that a change ends with, and the words of a passage."""
    old, new = tmp_path / "old.ttl", tmp_path / "new.ttl"
    old.write_text(TINY.read_text())
    new.write_text(TINY.read_text().replace("nlc:value 90.0", "nlc:value 91.0"))
    (row,) = rows("diff", str(old), str(new))
    assert (row["change"], row["what"], row["before"], row["after"]) == ("changed", "value", "90", "91")
    assert row["item"].startswith("statistic, attendance rate, ")
    new.write_text(TINY.read_text().replace("nlc:value 7.0", "nlc:value 8.0"))
    lines = succeeded("diff", str(old), str(new)).splitlines()
    assert " ".join(lines[2].split()) == "changed figure statistic, number of schools, Birch NLC, undated value 7 8"
    assert lines[-1] == "claims: 0 added, 0 withdrawn, 0 changed; besides: figure 1 changed"
    (row,) = rows("diff", str(old), str(new))
    assert (row["kind"], row["thing_id"], row["item"], row["what"]) == ("figure", "t:birch-schools", "", "value")
    assert succeeded("diff", str(old), str(old)) == NOTHING_DIFFERS
    done = run("diff", str(old), str(tmp_path / "none.ttl"))
    assert done.returncode == 2 and done.stderr.endswith("none.ttl: no such file or folder\n")
