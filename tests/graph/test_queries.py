"""Query files and the values of their parameters."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import rdflib

from nlc_graph import Graph, resources
from nlc_graph.errors import ParameterError, UnknownQueryError, UnreadableFileError
from nlc_graph.graph.queries import named_query, parse_query, read_query, read_stream
from nlc_graph.graph.sparql import MAX_LENGTH, Parameter

HEADER = "#+ summary: What is asked?\n#+ description: One row\n#+   a thing.\n#+ defaults:\n#+   - least: 2\n"


def test_header_is_read() -> None:
    query = parse_query(HEADER + "SELECT ?x { ?x ?p ?_least_integer }", "q")
    assert (query.summary, query.description, query.defaults) == ("What is asked?", "One row a thing.", {"least": "2"})
    assert query.parameters == {"least": Parameter("least", "integer")}


@pytest.mark.parametrize("text", ["#+ summary: x\n#+ what\nASK {}", "#+ defaults:\n#+   - least\nASK {}"])
def test_malformed_headers_are_refused(text: str) -> None:
    with pytest.raises(UnreadableFileError) as error:
        parse_query(text, "q", "q.rq")
    assert (error.value.path, error.value.code) == ("q.rq", "bad-header")


def test_values_are_bound_by_type() -> None:
    query = parse_query("ASK { ?_a_iri ?p ?_b_integer, ?_c }", "q")
    bound = query.bind({"a": "attendance", "b": "3", "c": 'say "x"'}, lambda text, name: f"urn:{name}:{text}")
    assert bound == 'ASK { <urn:a:attendance> ?p 3, "say \\"x\\"" }'


@pytest.mark.parametrize(
    ("value", "kind"), [("many", "integer"), ("1.5", "integer"), ("NaN", "decimal"), ("x", "decimal")]
)
def test_numbers_are_checked(value: str, kind: str) -> None:
    query = parse_query(f"ASK {{ ?s ?p ?_n_{kind} }}", "q")
    with pytest.raises(ParameterError):
        query.bind({"n": value}, lambda text, _: text)


def test_an_rdflib_term_is_bound_as_it_is(tiny: Graph) -> None:
    iri = rdflib.URIRef("https://w3id.org/nlc-graph/outcome/attendance")
    assert tiny.query("practices-for-outcome", outcome=iri) == tiny.query("practices-for-outcome", outcome="attendance")


def test_an_unknown_query_suggests_the_nearest() -> None:
    with pytest.raises(UnknownQueryError) as error:
        named_query("practice-for-outcome")
    assert error.value.nearest[0] == "practices-for-outcome" and "practices-for-outcome" in error.value.known


def test_unknown_and_missing_parameters_are_refused(tiny: Graph) -> None:
    with pytest.raises(ParameterError, match="'outcom'"):
        tiny.query("practices-for-outcome", outcom="attendance")
    with pytest.raises(ParameterError, match='-p outcome="'):  # an example from the header
        tiny.query("practices-for-outcome")


def test_only_parameters_with_a_default_that_are_no_entity_may_be_left_out() -> None:
    query = parse_query("#+ defaults:\n#+   - a: x\n#+   - b: .\nASK { ?_a_iri ?p ?_b, ?_c }", "q")
    assert query.required == {"a": "x", "c": ""}
    assert query.bind({"a": "y", "c": "z"}, lambda text, _: f"urn:{text}").endswith('ASK { <urn:y> ?p ".", "z" }')
    with pytest.raises(ParameterError, match="-p c=VALUE"):
        query.bind({"a": "y"}, lambda text, _: f"urn:{text}")


def test_a_query_matches_words_of_its_name_question_description_and_parameters() -> None:
    query = parse_query(HEADER + "SELECT ?x { ?x ?p ?_least_integer }", "some-name")
    assert query.matches() and query.matches("Some-Name", "asked thing", "least")
    assert not query.matches("some", "other")


def test_files_that_are_no_query_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_bytes(b"# caf\xe9\nASK {}")
    with pytest.raises(UnreadableFileError) as error:
        read_query(file)
    assert error.value.code == "not-utf8"
    with pytest.raises(UnreadableFileError) as error:
        read_stream(io.BytesIO(b" " * (MAX_LENGTH + 1)), "q", "standard input")
    assert error.value.code == "too-large"


def test_queries_are_found_in_subfolders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b", "figures/c", "claims/a"):
        path = tmp_path / "queries" / f"{name}.rq"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("ASK {}")
    monkeypatch.setattr(resources, "root", lambda: str(tmp_path))
    assert list(resources.query_files()) == ["a", "b", "c"]
