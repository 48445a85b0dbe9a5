"""Parameters of query texts, and queries that no engine is given."""

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


def test_unknown_and_missing_parameters_are_refused() -> None:
    for terms in ({"a": "1", "b": "1"}, {}):
        with pytest.raises(ParameterError):
            sparql.bind("ASK { ?s ?p ?_a }", terms)


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_passes_an_engine_unchanged(empty: Graph, text: str) -> None:
    assert empty.select("SELECT ?x { BIND(?_text AS ?x) }", text=text).rows == ((text,),)


@pytest.mark.parametrize(
    ("query", "position", "code"),
    [
        ("", None, "bad-sparql"),
        ("SELEC ?x {}", (1, 1), "bad-sparql"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", (1, 1), "bad-sparql"),
        ("SELECT ?x {\n ?x foo:bar ?y }", (2, 5), "bad-sparql"),
        ("SELECT ?x { ?x ?y ?z", (1, 11), "bad-sparql"),
        ("SELECT ?x { ?x ?y ?z ) }", (1, 22), "bad-sparql"),
        ("SELECT ?x { ?x ?y 'z }", (1, 19), "bad-sparql"),
        ("SELECT ?x { ?x a }", (1, 19), "bad-sparql"),
        ("SELECT ?x { ?x ?y ?z } LIMIT many", (1, 30), "bad-sparql"),
        ("SELECT ?x { SERVICE <http://e.org/> { ?x ?y ?z } }", (1, 13), "service-refused"),
        ("SELECT * {" + "{" * MAX_DEPTH + "}" * MAX_DEPTH + "}", (1, 110), "too-deep"),
        # Engines read these as comparisons, where the grammar has an IRI, <2)SERVICE?x#>, that would hide a call.
        ("SELECT * { FILTER(1<2)SERVICE?x#>)\n{ ?s ?p ?o } }", (1, 20), "bad-sparql"),
        ("SELECT * { FILTER(1<2#>'''\n) SERVICE <http://e.org/> { } #''')\n }", (1, 20), "bad-sparql"),
    ],
)
def test_bad_queries_are_refused_with_their_position(
    empty: Graph, query: str, position: tuple[int, int] | None, code: str
) -> None:
    with pytest.raises(QuerySyntaxError) as error:
        empty.select(query)
    found = error.value
    assert ((found.line, found.column) if position else None, found.code) == (position, code)
    assert "\n" not in str(found)


#: Each of these crashes Oxigraph.
CHAINS = {
    "not": "ASK { ?s ?p ?o FILTER(" + "!" * 60_000 + "?o) }",
    "plus": "ASK { FILTER(" + "1+" * 60_000 + "1) }",
    "path": "ASK { ?s <urn:a>" + "/<urn:a>" * 60_000 + " ?o }",
    "statements": "ASK { " + "<< " * 20_000 + "?s ?p ?o" + " >> ?p ?o" * 20_000 + " }",
    "in an IRI": "ASK { FILTER(1<2" + "-1" * 30_000 + "&&2>1) }",
    "in a string": "ASK { FILTER('<http://'=" + "!" * 60_000 + "'>') }",
}


@pytest.mark.parametrize("chain", CHAINS)
def test_chains_that_crash_engines_are_refused(empty: Graph, chain: str) -> None:
    with pytest.raises(QuerySyntaxError):
        empty.ask(CHAINS[chain])


def test_long_lists_of_iris_are_answered_without_a_check(empty: Graph) -> None:
    text = f"SELECT ?x {{ VALUES ?x {{ {'<https://example.org/a-b/c.d#e> ' * 2000} }} }}"
    assert not sparql.is_suspect(text)
    assert len(empty.select(text).rows) == 2000


def test_iris_in_parentheses_are_not_comparisons() -> None:
    sparql.check(
        "ASK { VALUES (?a ?b) { (<urn:a> <http://e.org/a#b_(c)>) } FILTER(?a = <urn:x#y> || ?b IN (<#a>, <#b>)) }"
    )
    sparql.check("ASK { ?s (<urn:x#y>/^<urn:z#y>) ?o FILTER(?o<3 && ?o>2) }")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("SELECT ?n { ?n a nlc:Network } # all", 2),
        ("SELECT DISTINCT ?type { ?n a nlc:Network, ?type }", 1),
        ("SELECT ?n { ?n a nlc:Network } LIMIT 1", 1),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . ?s a nlc:Network . ?s a ?type }", 13),
    ],
)
def test_counting_queries_count_the_answer(tiny: Graph, query: str, count: int) -> None:
    answer = tiny.triples(query) if query.startswith("CONSTRUCT") else tiny.select(query).rows
    assert tiny.select(sparql.counting(query)).rows == ((len(answer),),)
    assert len(answer) == count


def test_answers_that_have_no_simple_count() -> None:
    for query in ("DESCRIBE <urn:a>", "CONSTRUCT WHERE { ?s ?p ?o }", "SELECT ?s FROM <urn:g> { ?s ?p ?o }"):
        assert sparql.counting(query) == ""
