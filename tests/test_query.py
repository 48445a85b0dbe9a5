"""Reading query files and binding what users say."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from nlc_graph import Graph
from nlc_graph.errors import ParameterError, UnknownQueryError, UnreadableFileError
from nlc_graph.graph.queries import named_query, parse_query, read_query
from nlc_graph.graph.sparql import Parameter

HEADER = "#+ summary: What is asked?\n#+ description: One row\n#+   a thing.\n#+ defaults:\n#+   - least: 2\n"


def test_header_is_read() -> None:
    query = parse_query(HEADER + "SELECT ?x { ?x ?p ?_least_integer }", "q")
    assert (query.summary, query.description, query.defaults) == ("What is asked?", "One row a thing.", {"least": "2"})
    assert query.parameters == {"least": Parameter("least", "integer")}


def test_a_header_line_that_is_none_is_named() -> None:
    with pytest.raises(UnreadableFileError, match=r"q\.rq, line 2: header line 'what'"):
        parse_query("#+ summary: x\n#+ what\nASK {}", "q", "q.rq")


def test_a_default_without_value_is_named() -> None:
    with pytest.raises(UnreadableFileError, match="'least' is not 'parameter: value'"):
        parse_query("#+ defaults:\n#+   - least\nASK {}", "q")


def test_values_are_bound_by_type() -> None:
    query = parse_query("ASK { ?_a_iri ?p ?_b_integer, ?_c }", "q")
    bound = query.bind({"a": "attendance", "b": "3", "c": 'say "x"'}, lambda text, name: f"urn:{name}:{text}")
    assert bound == 'ASK { <urn:a:attendance> ?p 3, "say \\"x\\"" }'


@pytest.mark.parametrize(
    ("value", "kind"), [("many", "integer"), ("1.5", "integer"), ("NaN", "decimal"), ("x", "decimal")]
)
def test_a_number_that_is_none_is_refused(value: str, kind: str) -> None:
    query = parse_query(f"ASK {{ ?s ?p ?_n_{kind} }}", "q")
    with pytest.raises(ParameterError, match=f"takes {kind} values, not '{value}'"):
        query.bind({"n": value}, lambda text, _: text)


def test_an_rdflib_term_is_taken_as_it_is(tiny: Graph) -> None:
    iri = rdflib.URIRef("https://w3id.org/nlc-graph/outcome/attendance")
    assert tiny.query("has-figures", outcome=iri) is True


def test_unknown_query_names_near_and_known_ones() -> None:
    with pytest.raises(UnknownQueryError) as caught:
        named_query("practice-for-outcome")
    assert "did you mean practices-for-outcome" in str(caught.value) and "evidence-matrix" in str(caught.value)


def test_unknown_parameter_names_the_known_ones(tiny: Graph) -> None:
    with pytest.raises(
        ParameterError, match="query 'has-figures' has no parameter 'outcom'; known parameters: outcome"
    ):
        tiny.query("has-figures", outcom="attendance")


def test_a_thing_that_is_not_named_is_asked_for_with_an_example(tiny: Graph) -> None:
    with pytest.raises(ParameterError) as caught:
        tiny.query("network-account")
    assert str(caught.value) == (
        "query 'network-account' needs the parameter 'network': -p network=\"Southampton\", for example; "
        "known parameters: network"
    )


def test_what_only_narrows_may_be_left_out_and_a_parameter_without_default_may_not() -> None:
    query = parse_query("#+ defaults:\n#+   - a: x\n#+   - b: .\nASK { ?_a_iri ?p ?_b, ?_c }", "q")
    assert query.required == {"a": "x", "c": ""}
    assert query.bind({"a": "y", "c": "z"}, lambda text, _: f"urn:{text}").endswith('ASK { <urn:y> ?p ".", "z" }')
    with pytest.raises(
        ParameterError, match="query 'q' needs the parameter 'c': -p c=VALUE; known parameters: a, b, c"
    ):
        query.bind({"a": "y"}, lambda text, _: f"urn:{text}")


def test_a_query_speaks_of_words_in_name_question_description_and_parameters() -> None:
    query = parse_query(HEADER + "SELECT ?x { ?x ?p ?_least_integer }", "some-name")
    assert query.speaks_of() and query.speaks_of("Some-Name", "asked thing", "least")
    assert not query.speaks_of("some", "other")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_bytes(b"# caf\xe9\nASK {}")
    with pytest.raises(UnreadableFileError, match="not UTF-8 text; save it as UTF-8"):
        read_query(file)
