"""Parameters, and what is plainly wrong with a query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlc_graph import Graph, open_graph
from nlc_graph.errors import ParameterError, QuerySyntaxError
from nlc_graph.graph import sparql
from nlc_graph.graph.sparql import MAX_DEPTH, Parameter


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
        # Engines read these as comparisons, where the grammar has an IRI, <2)SERVICE?x#>, that would hide a call.
        ("SELECT * { FILTER(1<2)SERVICE?x#>)\n{ ?s ?p ?o } }", "line 1, column 20", "write a space after it"),
        ("SELECT * { FILTER(1<2#>'''\n) SERVICE <http://e.org/> { } #''')\n }", "line 1, column 20", "write a space"),
    ],
)
def test_bad_sparql_says_where_and_what_was_expected(empty: Graph, query: str, place: str, words: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        empty.select(query)
    message = str(caught.value)
    assert place in message and words in message and "\n" not in message


def test_prefixes_of_the_project_need_no_declaration(empty: Graph) -> None:
    assert empty.ask("ASK { feature:attainment skos:notation '1' }")


#: Each crashes Oxigraph at this length.
CHAINS = {
    "not": "ASK { ?s ?p ?o FILTER(" + "!" * 60_000 + "?o) }",
    "plus": "ASK { FILTER(" + "1+" * 60_000 + "1) }",
    "path": "ASK { ?s <urn:a>" + "/<urn:a>" * 60_000 + " ?o }",
    "statements": "ASK { " + "<< " * 20_000 + "?s ?p ?o" + " >> ?p ?o" * 20_000 + " }",
    "in an IRI": "ASK { FILTER(1<2" + "-1" * 30_000 + "&&2>1) }",
    "in a string": "ASK { FILTER('<http://'=" + "!" * 60_000 + "'>') }",
}


@pytest.mark.parametrize("chain", CHAINS)
def test_chains_that_crash_engines_are_refused_to_python_callers(empty: Graph, chain: str) -> None:
    with pytest.raises(QuerySyntaxError, match=r"more than 1,000 operators|write a space after it"):
        empty.ask(CHAINS[chain])


def test_long_lists_of_iris_need_no_check_and_are_answered(empty: Graph) -> None:
    text = f"SELECT ?x {{ VALUES ?x {{ {'<https://example.org/a-b/c.d#e> ' * 2000} }} }}"
    assert not sparql.is_suspect(text)
    assert len(empty.select(text).rows) == 2000


def test_iris_in_parentheses_are_no_comparisons() -> None:
    sparql.check(
        "ASK { VALUES (?a ?b) { (<urn:a> <http://e.org/a#b_(c)>) } FILTER(?a = <urn:x#y> || ?b IN (<#a>, <#b>)) }"
    )
    sparql.check("ASK { ?s (<urn:x#y>/^<urn:z#y>) ?o FILTER(?o<3 && ?o>2) }")
