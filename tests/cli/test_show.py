"""``nlc-graph show`` and ``nlc-graph find``."""

from __future__ import annotations

import pytest

from .runner import BOTH, ONLY_TINY, objects, refused, rows, succeeded


def test_text_has_claims_evidence_and_passages() -> None:
    lines = succeeded(*ONLY_TINY, "show", "story-making").splitlines()
    assert lines[0] == "story-making  [practice:story-making]"
    assert "3 claims (reported relationships, not proof of cause)" in lines
    assert any("supported by quoted testimony, a pupil in Birch: I write more." in line for line in lines)
    assert any("read on in Birch: “Birch is a … walls as well”" in line for line in lines)
    assert not any("alder-attendance" in line for line in lines)


def test_json_has_the_same() -> None:
    (claim,) = objects(*ONLY_TINY, "show", "t:alder-attendance")["claims"]
    assert claim["outcome"] == [{"id": "outcome:attendance", "label": "attendance"}]
    assert [item["bearing"] for item in claim["evidence"]] == ["qualifiedBy", "supportedBy"]


def test_entity_without_a_label() -> None:
    assert "84" in succeeded(*ONLY_TINY, "show", "https://example.org/tiny/alder-2000")


def test_several_enquiries() -> None:
    text = succeeded(*BOTH, "show", "story-making")
    assert "  enquiry: Riverside enquiry, Tiny enquiry\n" in text and "(Riverside enquiry)\n" in text
    alone = succeeded(*BOTH, "show", "story-making", "--enquiry", "Riverside enquiry")
    assert "\n1 claim (" in alone and "Tiny" not in alone
    assert "enquiry:" not in succeeded(*ONLY_TINY, "show", "story-making").split("\n\n")[0]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("lerning mentors", "unknown-name"),
        ("attainment", "ambiguous-name"),
        ("https://w3id.org/x> ?p ?o } #", "bad-iri"),
        ("http://", "bad-iri"),
    ],
)
def test_wrong_names(name: str, code: str) -> None:
    assert refused(*ONLY_TINY, "show", name).code == code


def test_missing_name() -> None:
    assert refused(*ONLY_TINY, "show").code == "usage"


def test_find_searches_labels_and_paraphrases() -> None:
    assert "t:birch-pupil-says" in succeeded(*ONLY_TINY, "find", "write", "more")


def test_find_names_the_enquiry_of_each_row() -> None:
    (row,) = [row for row in rows(*BOTH, "find", "stories") if "r:stories" in row.values()]
    assert row["enquiry"] == "Riverside enquiry"
    assert "enquiry" not in rows(*ONLY_TINY, "find", "story")[0]
    alone = rows(*BOTH, "find", "writing", "--enquiry", "riverside")
    assert alone and all("Riverside enquiry" in row["enquiry"] for row in alone)
