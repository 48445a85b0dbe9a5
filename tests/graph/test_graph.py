"""Opening, changing and querying a graph."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib

from nlc_graph import Graph, Ref, resources
from nlc_graph.errors import (
    EmptyGraphError,
    InstallationError,
    NlcGraphError,
    ParameterError,
    QueryFormError,
    ServiceError,
    UnreadableFileError,
)
from nlc_graph.graph.disk import build_store, open_store
from nlc_graph.graph.graph import open_graph

from ..conftest import TINY

NLC = "https://w3id.org/nlc-graph/ontology#"
T = "https://example.org/tiny/"


def local(value: object) -> str:
    return str(value).rsplit("/", 1)[-1]


def test_values_are_python_values(tiny: Graph) -> None:
    table = tiny.select(
        "SELECT ?s ?v ?y ?none { t:birch-schools nlc:value ?v ; nlc:about ?s . t:alder nlc:formedYear ?y }"
    )
    assert table.rows == ((Ref(T + "birch"), Decimal("7"), 2002, None),)


def test_ill_typed_values_stay_as_they_are_written() -> None:
    text = 'SELECT ?x { VALUES ?x { "many"^^xsd:integer "1e400"^^xsd:double "1.5."^^xsd:decimal } }'
    assert open_graph(bundled=False).select(text).rows == (("many",), (float("inf"),), ("1.5.",))


def test_construct_returns_an_rdflib_graph(tiny: Graph) -> None:
    found = tiny.construct("CONSTRUCT { ?n a nlc:Network } { ?n a nlc:Network }")
    network = rdflib.URIRef(NLC + "Network")
    assert set(found) == {(rdflib.URIRef(T + name), rdflib.RDF.type, network) for name in ("alder", "birch")}


def test_other_forms_of_query_are_refused(tiny: Graph) -> None:
    assert len(tiny.construct("DESCRIBE t:y2000")) == 4
    for method, text in ((tiny.construct, "SELECT ?s { ?s ?p ?o }"), (tiny.select, "ASK { ?s ?p ?o }")):
        with pytest.raises(QueryFormError) as error:
            method(text)
        assert (error.value.code, error.value.form) == ("wrong-query-form", text.split()[0])


def test_labelled_fills_in_labels(tiny: Graph) -> None:
    table = tiny.select("SELECT ?n ?year { ?n a nlc:Network ; nlc:formedYear ?year } ORDER BY ?n")
    assert tiny.labelled(table)._repr_html_().count("Alder NLC") == 1
    assert [row["n"].label for row in tiny.labelled(table)] == ["Alder NLC"]  # type: ignore[union-attr]


def test_resolve_takes_labels_curies_and_iris(tiny: Graph) -> None:
    iri = "https://w3id.org/nlc-graph/outcome/attendance"
    assert {tiny.resolve(text) for text in ("attendance", "outcome:attendance", iri)} == {iri}
    assert tiny.resolve("attainment", "feature").endswith("feature/attainment")
    assert tiny.resolve("urn:not-in-the-graph") == "urn:not-in-the-graph"
    with pytest.raises(ParameterError) as error:
        tiny.resolve("http://not an iri")
    assert error.value.code == "bad-iri"


def test_rules_derive_links_but_not_from_an_aim(tiny: Graph) -> None:
    relates = tiny.select("SELECT ?s ?o { ?s nlc:relatesTo ?o } ORDER BY ?s ?o")
    assert [f"{local(s)} {local(o)}" for s, o in relates.rows] == [
        *("alder-mentors attendance", "alder-mentors engagement", "alder-rooms engagement"),
        *("alder-stories writing", "birch-stories writing"),
        *("learning-mentors attendance", "learning-mentors engagement"),
        *("nurture-room engagement", "story-making writing"),
    ]
    assert tiny.ask("ASK { t:birch-maps nlc:aimsAt outcome:confidence }")


def test_rules_compute_changes_and_designs(tiny: Graph) -> None:
    assert tiny.select("SELECT ?v { t:alder-change nlc:computedValue ?v }").rows == ((Decimal("6"),),)
    designs = tiny.select("SELECT ?c ?d { ?c nlc:comparisonDesign ?d } ORDER BY ?c")
    assert {local(claim): local(design) for claim, design in designs.rows} == {
        "alder-attendance": "change",
        "alder-engagement": "no-figures",
        "alder-writing": "no-figures",
        "birch-aim": "no-figures",
        "birch-picture": "no-figures",
        "birch-points": "change-with-comparator",
        "birch-writing": "no-figures",
    }


def test_passages_have_a_web_annotation_form(tiny: Graph) -> None:
    query = (Path(resources.root()) / "ontology" / "exports" / "web-annotation.rq").read_text(encoding="utf-8")
    found = tiny.construct(query).query("""SELECT ?source ?exact ?prefix ?empty {
      t:alder-passage oa:hasSource ?source ; oa:hasSelector ?range .
      ?range oa:hasStartSelector/oa:exact ?exact ; oa:hasEndSelector ?end . ?end oa:prefix ?prefix ; oa:exact ?empty
    }""")
    assert [{str(name): str(value) for name, value in binding.items()} for binding in found.bindings] == [
        {"source": T + "report", "exact": "Alder is a", "prefix": "said at last", "empty": ""}
    ]


def test_rdflib_reads_and_writes_the_same_store() -> None:
    graph = open_graph(TINY, bundled=False)
    view = graph.to_rdflib()
    assert len(view) == len(graph)
    view.add((rdflib.URIRef(T + "new"), rdflib.RDFS.label, rdflib.Literal("new")))
    assert graph.select("SELECT ?l { t:new rdfs:label ?l }").rows == (("new",),)


def test_authored_leaves_out_derived_triples(tiny: Graph) -> None:
    predicates = {triple.predicate.value for triple in tiny.authored()}
    assert NLC + "strategy" in predicates
    assert not predicates & {NLC + name for name in ("relatesTo", "aimsAt", "computedValue", "comparisonDesign")}


def test_adding_derives_again_adds_prefixes_and_empties_the_cache() -> None:
    graph = open_graph(bundled=False)
    assert not graph.ask("ASK { ?s nlc:relatesTo ?o }")
    graph.cache["claims"] = ()
    graph.add(TINY)
    assert graph.ask("ASK { t:birch-stories nlc:relatesTo outcome:writing }")
    assert graph.names.find("Birch NLC").iri == T + "birch"
    assert "claims" not in graph.cache


def test_nothing_is_added_if_one_file_is_malformed(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.ttl", tmp_path / "b.ttl"
    good.write_text("<urn:a> <urn:b> <urn:c> .")
    bad.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> nope:c .")
    graph = open_graph(bundled=False)
    before = len(graph)
    for files in ((good, bad), (bad, good)):
        with pytest.raises(UnreadableFileError) as error:
            graph.add(*files)
        assert (error.value.path, error.value.line, error.value.code) == (str(bad), 2, "bad-syntax")
    assert len(graph) == before


def test_a_graph_without_claims_is_refused_when_some_are_needed() -> None:
    with pytest.raises(EmptyGraphError):
        open_graph(bundled=False).require_evidence()


def test_repr_says_what_it_holds(tmp_path: Path) -> None:
    graph = open_graph(bundled=False)
    assert repr(graph) == f"Graph: {len(graph):,} triples in memory"


@pytest.mark.parametrize("damage", ["cut", "missing", "no data"])
def test_a_damaged_installation_is_named(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("ontology", "data"):
        shutil.copytree(Path(resources.root()) / folder, tmp_path / folder)
    ontology = tmp_path / "ontology" / "nlc.ttl"
    if damage == "cut":
        ontology.write_bytes(ontology.read_bytes()[:5000])
    elif damage == "missing":
        ontology.unlink()
    else:
        shutil.rmtree(tmp_path / "data")
    monkeypatch.setattr(resources, "root", lambda: str(tmp_path))
    with pytest.raises(InstallationError) as error:
        open_graph()
    assert Path(error.value.path).is_relative_to(tmp_path)


_BLANK = {
    ".ttl": '_:b0 <urn:n> "NUMBER" .',
    ".nq": '_:b0 <urn:n> "NUMBER" <urn:g> .',
    ".jsonld": '{"@id": "_:b0", "urn:n": "NUMBER"}',
}


@pytest.mark.parametrize("how", ["together", "added", "store"])
@pytest.mark.parametrize("suffix", _BLANK)
def test_blank_nodes_of_two_files_are_two(suffix: str, how: str, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}{suffix}" for number in (1, 2)]
    for number, file in enumerate(files):
        file.write_text(_BLANK[suffix].replace("NUMBER", str(number)))
    graph: Graph
    if how == "store":
        build_store(tmp_path / "store", *files, bundled=False)
        graph = open_store(tmp_path / "store")
    elif how == "together":
        graph = open_graph(*files, bundled=False)
    else:
        graph = open_graph(bundled=False)
        for file in files:
            graph.add(file)
    rows = graph.select("SELECT ?thing ?n { ?thing <urn:n> ?n } ORDER BY ?n").rows
    assert [n for _, n in rows] == ["0", "1"]
    assert rows[0][0] != rows[1][0]


def test_errors_of_the_engine_are_translated() -> None:
    graph = open_graph(bundled=False)
    graph.allow_service = True
    with pytest.raises(ServiceError):
        graph.select("SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?s ?p ?x } }")
    with pytest.raises(NlcGraphError) as error:
        graph.select("SELECT (<urn:f>(1) AS ?x) { }")
    assert error.value.code == "bad-sparql"
