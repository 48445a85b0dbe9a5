"""Opening, adding and asking."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import rdflib

from nlc_graph import Graph, Ref, open_graph, resources
from nlc_graph.errors import EmptyGraphError, QueryFormError, UnknownFormatError, UnreadableFileError
from nlc_graph.graph.disk import build_store, open_store

from .conftest import TINY

NLC = "https://w3id.org/nlc-graph/ontology#"


def test_values_come_as_python_values(tiny: Graph) -> None:
    table = tiny.select(
        "SELECT ?s ?v ?y ?none { t:birch-schools nlc:value ?v ; nlc:about ?s . t:alder nlc:formedYear ?y }"
    )
    assert table.rows == ((Ref("https://example.org/tiny/birch"), Decimal("7"), 2002, None),)


def test_construct_gives_an_rdflib_graph(tiny: Graph) -> None:
    found = tiny.construct("CONSTRUCT { ?n a nlc:Network } { ?n a nlc:Network }")
    kind = rdflib.URIRef(NLC + "Network")
    things = [rdflib.URIRef(f"https://example.org/tiny/{name}") for name in ("alder", "birch")]
    assert set(found) == {(thing, rdflib.RDF.type, kind) for thing in things}


def test_describe_counts_as_construct_and_select_does_not(tiny: Graph) -> None:
    assert len(tiny.construct("DESCRIBE t:y2000")) == 4
    with pytest.raises(QueryFormError, match="this is a SELECT query where a CONSTRUCT query is needed"):
        tiny.construct("SELECT ?s { ?s ?p ?o }")
    with pytest.raises(QueryFormError, match="this is an ASK query where a SELECT query is needed"):
        tiny.select("ASK { ?s ?p ?o }")


def test_rules_derive_links_and_never_from_an_aim(tiny: Graph) -> None:
    relates = tiny.select("SELECT ?s ?o { ?s nlc:relatesTo ?o } ORDER BY ?s ?o")
    names = [f"{str(s).rsplit('/', 1)[-1]} {str(o).rsplit('/', 1)[-1]}" for s, o in relates.rows]
    assert names == [
        *("alder-mentors attendance", "alder-mentors engagement", "alder-rooms engagement"),
        *("alder-stories writing", "birch-stories writing"),
        *(
            "learning-mentors attendance",
            "learning-mentors engagement",
            "nurture-room engagement",
            "story-making writing",
        ),
    ]
    assert tiny.ask("ASK { t:birch-maps nlc:aimsAt outcome:confidence }")


def test_rules_compute_changes_and_designs(tiny: Graph) -> None:
    assert tiny.select("SELECT ?v { t:alder-change nlc:computedValue ?v }").rows == ((Decimal("6"),),)
    designs = tiny.select("SELECT ?c ?d { ?c nlc:comparisonDesign ?d } ORDER BY ?c")
    assert {str(c).rsplit("/", 1)[-1]: str(d).rsplit("/", 1)[-1] for c, d in designs.rows} == {
        "alder-attendance": "change",
        "alder-engagement": "no-figures",
        "alder-writing": "no-figures",
        "birch-aim": "no-figures",
        "birch-picture": "no-figures",
        "birch-points": "change-with-comparator",
        "birch-writing": "no-figures",
    }


def test_rdflib_sees_and_writes_the_same_store() -> None:
    graph = open_graph(TINY, bundled=False)
    view = graph.rdflib
    assert len(view) == len(graph)
    thing = rdflib.URIRef("https://example.org/tiny/new")
    view.add((thing, rdflib.RDFS.label, rdflib.Literal("new")))
    assert graph.select("SELECT ?l { t:new rdfs:label ?l }").rows == (("new",),)


def test_passages_have_a_web_annotation_form(tiny: Graph) -> None:
    query = (Path(resources.root()) / "ontology" / "exports" / "web-annotation.rq").read_text(encoding="utf-8")
    view = tiny.construct(query)
    found = view.query("""SELECT ?source ?exact ?prefix ?empty {
      t:alder-passage oa:hasSource ?source ; oa:hasSelector ?range .
      ?range oa:hasStartSelector/oa:exact ?exact ; oa:hasEndSelector ?end . ?end oa:prefix ?prefix ; oa:exact ?empty
    }""")
    assert [{str(name): str(value) for name, value in binding.items()} for binding in found.bindings] == [
        {"source": "https://example.org/tiny/report", "exact": "Alder is a", "prefix": "said at last", "empty": ""}
    ]


def test_authored_leaves_out_what_was_derived(tiny: Graph) -> None:
    predicates = {triple.predicate.value for triple in tiny.authored()}
    assert NLC + "strategy" in predicates
    assert not predicates & {NLC + name for name in ("relatesTo", "aimsAt", "computedValue", "comparisonDesign")}


def test_adding_derives_anew_and_learns_prefixes(tmp_path: Path) -> None:
    graph = open_graph(bundled=False)
    assert not graph.ask("ASK { ?s nlc:relatesTo ?o }")
    graph.add(TINY)
    assert graph.ask("ASK { t:birch-stories nlc:relatesTo outcome:writing }")
    assert graph.names.find("Birch NLC").iri == "https://example.org/tiny/birch"


def test_a_folder_is_read_with_its_subfolders(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    (tmp_path / "b.nt").write_text("<urn:d> <urn:e> <urn:f> .\n")
    (tmp_path / "notes.txt").write_text("not data")
    graph = open_graph(tmp_path, bundled=False)
    assert graph.ask("ASK { <urn:a> ?p ?o . <urn:d> ?q ?r }")


def test_named_graphs_are_read_into_one(tmp_path: Path) -> None:
    (tmp_path / "a.trig").write_text("<urn:g> { <urn:a> <urn:b> <urn:c> }")
    assert open_graph(tmp_path / "a.trig", bundled=False).ask("ASK { <urn:a> <urn:b> <urn:c> }")


def test_a_malformed_file_is_named_with_its_line_and_nothing_is_added(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.ttl", tmp_path / "b.ttl"
    good.write_text("<urn:a> <urn:b> <urn:c> .")
    bad.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> nope:c .")
    graph = open_graph(bundled=False)
    before = len(graph)
    with pytest.raises(UnreadableFileError) as caught:
        graph.add(good, bad)
    assert str(caught.value).startswith(f"{bad}, line 2: ") and "nope" in str(caught.value)
    assert len(graph) == before


@pytest.mark.parametrize(("content", "line"), [(b"<\xff\xfe\x00", 1), (b'<urn:a> <urn:b> "open\n', 1)])
def test_undecodable_and_unended_files_are_named(tmp_path: Path, content: bytes, line: int) -> None:
    file = tmp_path / "x.ttl"
    file.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=f"x.ttl, line {line}: "):
        open_graph(file)


def test_missing_files_empty_folders_and_unknown_suffixes(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such file or folder"):
        open_graph(tmp_path / "nothing.ttl")
    with pytest.raises(UnreadableFileError, match=r"no file in this folder ends in \.ttl"):
        open_graph(tmp_path)
    (tmp_path / "x.xlsx").write_bytes(b"")
    with pytest.raises(UnknownFormatError, match=r"no format for 'x.xlsx'; known: \.ttl"):
        open_graph(tmp_path / "x.xlsx")


def test_a_graph_without_claims_is_refused_where_some_are_needed() -> None:
    with pytest.raises(EmptyGraphError, match="holds no evidence; add evidence with --data"):
        open_graph(bundled=False).require_evidence()


_BLANK = {
    ".ttl": '_:b0 <urn:n> "NUMBER" .',
    ".nt": '_:b0 <urn:n> "NUMBER" .',
    ".nq": '_:b0 <urn:n> "NUMBER" <urn:g> .',
    ".trig": '<urn:g> { _:b0 <urn:n> "NUMBER" }',
    ".jsonld": '{"@id": "_:b0", "urn:n": "NUMBER"}',
    ".rdf": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:"><r:Description r:nodeID="b0">'
    "<u:n>NUMBER</u:n></r:Description></r:RDF>",
}


@pytest.mark.parametrize("how", ["together", "added", "store"])
@pytest.mark.parametrize("suffix", _BLANK)
def test_blank_nodes_of_two_files_are_two(suffix: str, how: str, tmp_path: Path) -> None:
    """Whatever they are called: a name such as _:b0 counts within its file alone."""
    files = [tmp_path / f"{number}{suffix}" for number in (1, 2)]
    for number, file in enumerate(files):
        file.write_text(_BLANK[suffix].replace("NUMBER", str(number)))
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
