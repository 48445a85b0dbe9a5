"""``nlc-graph impacts``."""

from __future__ import annotations

import json

import pytest

from .runner import BOTH, ONLY_TINY, objects, refused, rows, run, succeeded


def test_table_has_links_caution_and_number_filtered_out() -> None:
    header, rule, row, summary = succeeded(*ONLY_TINY, "impacts", "attendance").splitlines()
    assert header.split("  ")[0] == "practice" and set(rule) == {"-", " "}
    assert row.split() == (
        "learning mentors attendance Alder NLC co-reported 1 statistic 1 change over time, no comparator".split()
    )
    assert summary == "1 link (reported relationships, not proof of cause); 4 filtered out"


def test_json_and_json_lines_have_the_same_links() -> None:
    asked = (*ONLY_TINY, "impacts", "--link", "intended")
    (link,) = objects(*asked)
    assert (link["practice"]["id"], link["outcome"]["id"], link["links"]) == (
        "practice:story-maps", "outcome:confidence", {"intended": 1},
    )  # fmt: skip
    assert json.loads(succeeded(*asked, "--format", "jsonl")) == link


def test_csv_has_counts_and_claims() -> None:
    found = rows(*ONLY_TINY, "impacts", "writing")
    assert [(row["practice_id"], row["networks"], row["attributed"], row["co-reported"]) for row in found] == [
        ("practice:story-making", "Alder NLC; Birch NLC", "1", "1")
    ]
    assert found[0]["claims"].split() == ["t:alder-writing", "t:birch-writing"]


def test_filters_can_leave_nothing() -> None:
    text = succeeded(*ONLY_TINY, "impacts", "--practice", "talent walls")
    assert text.startswith("0 links (") and text.endswith("; 5 filtered out\n")


def test_several_enquiries_add_a_column() -> None:
    (both,) = objects(*BOTH, "impacts", "writing")
    assert both["enquiries"] == ["r:enquiry", "t:enquiry"]
    text = succeeded(*BOTH, "impacts", "writing", "--enquiry", "Riverside enquiry")
    assert "Riverside enquiry" in text and "Tiny enquiry" not in text and "Riverside NLC" in text


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--practice", "lerning mentors"), "unknown-name"),
        (("xyzzy",), "unknown-name"),
        (("--enquiry", "Delta 1999"), "unknown-name"),
        (("--format", "foo"), "usage"),
        (("--practise", "x"), "usage"),
    ],
)
def test_wrong_arguments(args: tuple[str, ...], code: str) -> None:
    assert refused(*ONLY_TINY, "impacts", *args).code == code


def test_unknown_practice_gets_a_suggestion() -> None:
    assert "learning mentors" in refused(*ONLY_TINY, "impacts", "--practice", "lerning mentors").stderr


def test_graph_without_evidence() -> None:
    assert refused("--no-bundled", "impacts").code == "empty-graph"
    assert run("--no-bundled", "queries").returncode == 0
