"""Parameters, and what is plainly wrong with a query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlc_graph import Graph, open_graph, sparql
from nlc_graph.errors import ParameterError, QuerySyntaxError
from nlc_graph.sparql import MAX_DEPTH, Parameter


@pytest.fixture(scope="module")
def empty() -> Graph:
    return open_graph(bundled=False)


def test_only_variables_are_bound() -> None:
    text = "# ?_x\nSELECT * { ?s <http://e.org/?_x> \"?_x\", '?_x' ; ?p ?_x }"
    assert sparql.bind(text, {"x": '"v"'}) == text.replace("?p ?_x", '?p "v"')


def test_types_of_parameters() -> None:
    assert list(sparql.parameters("ASK { ?_a ?_b_iri ?_c_integer , ?_d_string , ?plain }").values()) == [
        Parameter("a", "string"),
        Parameter("b", "iri"),
        Parameter("c", "integer"),
        Parameter("d", "string"),
    ]


def test_unknown_and_missing_parameters_name_the_known_ones() -> None:
    with pytest.raises(ParameterError, match="no parameter 'b'; known parameters: a"):
        sparql.bind("ASK { ?s ?p ?_a }", {"a": "1", "b": "1"})
    with pytest.raises(ParameterError, match="needs the parameter 'a'"):
        sparql.bind("ASK { ?s ?p ?_a }", {})


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_comes_through_an_engine_unchanged(empty: Graph, text: str) -> None:
    table = empty.select("SELECT ?x { BIND(?_text AS ?x) }", text=text)
    assert table.rows == ((text,),)


@pytest.mark.parametrize(
    ("query", "place", "words"),
    [
        ("", "query:", "expected SELECT"),
        ("SELEC ?x {}", "line 1, column 1", "'SELEC' is no form of query"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "line 1, column 1", "read-only"),
        ("SELECT ?x {\n ?x foo:bar ?y }", "line 2, column 5", "the prefix foo: is not declared"),
        ("SELECT ?x { ?x ?y ?z", "line 1, column 11", "'{' is never closed; expected '}'"),
        ("SELECT ?x { ?x ?y ?z ) }", "line 1, column 22", "closes nothing"),
        ("SELECT ?x { ?x ?y 'z }", "line 1, column 19", "the string that ' opens is never closed"),
        ("SELECT ?x { SERVICE <http://e.org/> { ?x ?y ?z } }", "line 1, column 13", "another host"),
        ("SELECT ?x { ?x a }", "line 1, column 19", "cannot read on after '}'; expected"),
        ("SELECT ?x { ?x ?y ?z } LIMIT many", "line 1", "cannot read"),
        ("SELECT (COUNT(?x) AS n) { ?x ?y ?z }", "line 1, column 22", "'n' after AS; expected a variable"),
        ("SELECT * {" + "{" * MAX_DEPTH + "}" * MAX_DEPTH + "}", "line 1", "nested more than"),
    ],
)
def test_bad_sparql_says_where_and_what_was_expected(empty: Graph, query: str, place: str, words: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        empty.select(query)
    message = str(caught.value)
    assert place in message and words in message and "\n" not in message


def test_prefixes_of_the_project_need_no_declaration(empty: Graph) -> None:
    assert empty.ask("ASK { feature:attainment skos:notation '1' }")
