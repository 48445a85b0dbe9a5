"""``nlc-graph query`` and ``nlc-graph queries``."""

from __future__ import annotations

from pathlib import Path

import pytest

from .runner import BOTH, ONLY_TINY, objects, refused, rows, run, succeeded

NETWORKS = "SELECT ?n { ?n a nlc:Network ; rdfs:label ?_label } # own query"


def test_rows_have_identifiers_and_labels() -> None:
    row = rows(*ONLY_TINY, "query", "by-way-of")[0]
    assert (row["outcome"], row["outcome_label"]) == ("outcome:engagement", "engagement")


def test_standard_input_and_file(tmp_path: Path) -> None:
    assert "Birch NLC" in succeeded(*ONLY_TINY, "query", "-", "-p", "label=Birch NLC", stdin=NETWORKS)
    (tmp_path / "own.rq").write_text(NETWORKS)
    assert "Alder NLC" in succeeded(*ONLY_TINY, "query", str(tmp_path / "own.rq"), "-p", "label=Alder NLC")


def test_ask_prints_the_answer_and_exits_with_it() -> None:
    asked = "ASK { ?claim nlc:outcome ?_outcome_iri ; nlc:supportedBy/nlc:evidenceKind kind:statistic }"
    assert succeeded(*ONLY_TINY, "query", "-", "-p", "outcome=attendance", stdin=asked) == "true\n"
    done = run(*ONLY_TINY, "query", "-", "-p", "outcome=writing", stdin=asked)
    assert (done.returncode, done.stdout) == (1, "false\n")


def test_construct_prints_turtle() -> None:
    asked = "CONSTRUCT { ?s ?p ?o } { VALUES ?s { t:alder-mentors } ?s ?p ?o }"
    assert "t:alder-mentors a nlc:Strategy" in succeeded(*ONLY_TINY, "query", "-", stdin=asked)


def test_rows_of_a_named_query_name_their_enquiry() -> None:
    asked = ("query", "practices-for-outcome", "-p", "outcome=writing")
    found = {(row["claim"], row["enquiry"]) for row in rows(*BOTH, *asked)}
    assert ("r:worse", "Riverside enquiry") in found
    assert {enquiry for _, enquiry in found} == {"Riverside enquiry", "Tiny enquiry"}
    assert "enquiry" not in rows(*ONLY_TINY, *asked)[0]
    assert [row["claim"] for row in rows(*BOTH, *asked, "--enquiry", "Riverside enquiry")] == ["r:worse"]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("practise-for-outcome",), "unknown-query"),
        (("./none.rq",), "unknown-query"),
        (("practices-for-outcome", "-p", "outcom=x"), "bad-parameter"),
        (("practices-for-outcome", "-p", "outcome"), "bad-parameter"),
        (("practices-for-outcome", "-p", "outcome=writing", "-p", "outcome=reading"), "bad-parameter"),
        (("practices-for-outcome", "-p", "outcome=writting"), "unknown-name"),
        (("by-way-of", "--format", "ttl"), "bad-parameter"),
    ],
)
def test_wrong_arguments(args: tuple[str, ...], code: str) -> None:
    assert refused(*ONLY_TINY, "query", *args).code == code


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("SELECT ?x {\n ?x foo:bar ?y }", "line 2, column 5"),
        ("SELECT ?x { ?x ?y }", "line 1, column 20"),
        ("SELECT (<urn:f>(1) AS ?x) {}", "urn:f"),
        ("", ""),
    ],
)
def test_bad_sparql(text: str, position: str) -> None:
    done = refused(*ONLY_TINY, "query", "-", stdin=text)
    assert done.code == "bad-sparql" and position in done.stderr, done


def test_format_for_rows_refuses_triples() -> None:
    asked = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    assert refused(*ONLY_TINY, "query", "-", "--format", "csv", stdin=asked).code == "bad-parameter"


def test_queries_lists_questions_and_parameters() -> None:
    found = {row["name"]: row["parameters"] for row in objects("queries")}
    assert found["practices-for-outcome"].startswith("outcome")
    some = {row["name"] for row in objects("queries", "practice", "outcome")}
    assert "practices-for-outcome" in some and some < found.keys()
    assert objects("queries", "practice", "xyzzy") == []
