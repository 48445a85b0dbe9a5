"""The line at which a thing, or one of its properties, is described."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from nlc_graph.validation.places import find_lines
from nlc_graph.vocabulary import RDF_TYPE

PREFIXES = {"a": "urn:a:", "rdf": RDF_TYPE.removesuffix("type")}


def lines(tmp_path: Path, name: str, text: str) -> dict[tuple[str, str], int]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return find_lines(str(tmp_path / name), PREFIXES)


def test_turtle(tmp_path: Path) -> None:
    text = '''@prefix a: <urn:a:> .
PREFIX b: <urn:b:>
# a:comment a:p 1 .
a:one a a:Kind ;  # not a:this
  a:p """a text .
a:no a:p 2 .""", 'x\\'y', 3.5 ;
  a:q [ a:inner a:two ; a:r ( a:three ) ], a:four .

<urn:a:five>
  a:p a:six.7, true .
a:one a:s -1e3 .
'''
    assert lines(tmp_path, "x.ttl", text) == {
        ("urn:a:one", ""): 4,
        ("urn:a:one", RDF_TYPE): 4,
        ("urn:a:one", "urn:a:p"): 5,
        ("urn:a:one", "urn:a:q"): 7,
        ("urn:a:five", ""): 9,
        ("urn:a:five", "urn:a:p"): 10,
        ("urn:a:one", "urn:a:s"): 11,
    }


def test_named_graphs(tmp_path: Path) -> None:
    text = "a:g {\n a:one a:p 1 .\n a:two a:p 2 }\nGRAPH a:h {\n a:three a:p 3 }\n"
    found = lines(tmp_path, "x.trig", text)
    assert {key: line for key, line in found.items() if not key[1] and key[0][6:] in ("one", "two", "three")} == {
        ("urn:a:one", ""): 2,
        ("urn:a:two", ""): 3,
        ("urn:a:three", ""): 5,
    }


def test_json_ld_tells_a_description_from_a_reference(tmp_path: Path) -> None:
    text = '[{"@id": "a:one",\n "a:p": {"@id": "a:two"}},\n {"a:q": 1,\n  "id": "urn:a:two"}]'
    assert lines(tmp_path, "x.jsonld", text) == {("urn:a:one", ""): 1, ("urn:a:two", ""): 4}


def test_rdf_xml(tmp_path: Path) -> None:
    text = "<rdf:RDF>\n<rdf:Description rdf:about='urn:a:one'/>\n<a:K rdf:about=\"urn:a:two\"/></rdf:RDF>"
    assert lines(tmp_path, "x.rdf", text) == {("urn:a:one", ""): 2, ("urn:a:two", ""): 3}


def test_a_file_that_has_gone_or_is_of_another_kind_has_no_lines(tmp_path: Path) -> None:
    assert find_lines(str(tmp_path / "none.ttl"), PREFIXES) == {}
    assert find_lines(str(tmp_path / "x.pdf"), PREFIXES) == {}


TERMS = st.one_of(
    st.sampled_from(["urn:a:one", "urn:a:two", "urn:a:x.y"]).map(ox.NamedNode),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00")).map(ox.Literal),
)


@given(st.lists(st.tuples(st.sampled_from(["one", "two"]), st.sampled_from("pq"), TERMS), max_size=8))
def test_every_subject_and_property_of_any_turtle_has_a_line(statements: list[tuple[str, str, ox.Literal]]) -> None:
    import tempfile

    triples = [ox.Triple(ox.NamedNode(f"urn:a:{s}"), ox.NamedNode(f"urn:a:{p}"), o) for s, p, o in statements]
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes={"a": "urn:a:"}) or b""
    with tempfile.NamedTemporaryFile(suffix=".ttl") as file:
        file.write(text)
        file.flush()
        found = find_lines(file.name, PREFIXES)
    assert set(found) == {key for s, p, _ in statements for key in ((f"urn:a:{s}", ""), (f"urn:a:{s}", f"urn:a:{p}"))}
