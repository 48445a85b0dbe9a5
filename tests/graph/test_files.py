"""RDF files: found, read, named when malformed, refused when a parser would not survive them."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import open_graph
from nlc_graph.errors import UnknownFormatError, UnreadableFileError
from nlc_graph.graph.files import MAX_DEPTH, check_limits, triples_in, what_it_is

TRIPLE = "<urn:a> <urn:b> <urn:c> .\n"
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
#: A file name, its text, and the code and line of its error.
REFUSED = {
    "x.ttl": ("<urn:a> <urn:b> 'open\n", "bad-syntax", 1),
    "undeclared.ttl": (f"{TRIPLE}x:a x:b x:c .", "bad-syntax", 2),
    "spaces.ttl": ("<http://exa mple/> <urn:b> <urn:c> .", "bad-syntax", 1),
    "deep-lists.ttl": ("<urn:a> <urn:b> " + "(" * 20_000, "bad-syntax", 1),
    "page.ttl": ("<!DOCTYPE html><html><body>404", "wrong-kind-of-file", None),
    "pointer.ttl": ("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "wrong-kind-of-file", None),
    "nulls.ttl": (f"\0\0{TRIPLE}", "wrong-kind-of-file", None),
    "packed.nt": ("\x1f\x8b\x08", "wrong-kind-of-file", None),
    "binary.nt": (bytes(range(1, 256)).decode("latin-1"), "bad-syntax", 1),
    "empty.jsonld": ("", "bad-syntax", None),
    "remote.jsonld": ('{"@context": "http://example.org/c", "@id": "urn:a", "name": "x"}', "bad-syntax", None),
    "import.jsonld": ('{"@context": {"@version": 1.1, "@import": "http://example.org/c"}}', "bad-syntax", None),
    "deep.jsonld": ('\n{"@id":"urn:a","urn:b":' * 600 + "1" + "}" * 600, "too-deep", MAX_DEPTH + 2),
    "deep.rdf": (f"<rdf:RDF {RDF}>" + "\n<a><b>" * 600, "too-deep", MAX_DEPTH // 2 + 1),
    "deep.nt": ("# one\n<urn:a> <urn:p> " + "<<( <urn:a> <urn:p> " * 600, "too-deep", 2),
}
READ = {
    "x.ttl": TRIPLE,
    "bom.ttl": f"\ufeff@prefix u: <urn:> .\n{TRIPLE}",
    "bom.nt": f"\ufeff{TRIPLE}",
    "bom.trig": "\ufeff<urn:g> { <urn:a> <urn:b> <urn:c> }",
    "x.nq": "<urn:a> <urn:b> <urn:c> <urn:g> .",
    "x.jsonld": '{"@id": "urn:a", "urn:b": {"@id": "urn:c"}}',
    "x.rdf": f'<rdf:RDF {RDF} xmlns:u="urn:"><rdf:Description rdf:about="urn:a"><u:b rdf:resource="urn:c"/>'
    "</rdf:Description></rdf:RDF>",
    "deep.ttl": f"{TRIPLE}<urn:x> <urn:y> " + "[ <urn:y> " * 5_000 + "1" + "]" * 5_000 + " .",
    "texts.jsonld": '[{"@id": "urn:a", "urn:b": {"@id": "urn:c"}}, {"@id": "urn:x", "urn:y": "' + "[" * 999 + '\\""}]',
    "texts.ttl": f'{TRIPLE}# {"<<(" * 999}\n<urn:x> <urn:y> "{"<<(" * 999}", """{"<<(" * 999}\\"""", \'<<(\' .',
    "terms.nt": f"{TRIPLE}<urn:x> <urn:y> {'<<( <urn:x> <urn:y> ' * MAX_DEPTH}<urn:z>{' )>>' * MAX_DEPTH} .",
}


@pytest.mark.parametrize("name", READ)
def test_files_are_read(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(READ[name], encoding="utf-8")
    graph = open_graph(tmp_path / name, bundled=False)
    assert graph.ask("ASK { <urn:a> <urn:b> <urn:c> }")
    assert " ".join(map(str, next(triples_in(str(tmp_path / name))))) == "<urn:a> <urn:b> <urn:c>"


@pytest.mark.parametrize("name", REFUSED)
def test_files_are_refused_with_code_and_line(name: str, tmp_path: Path) -> None:
    content, code, line = REFUSED[name]
    (tmp_path / name).write_bytes(content.encode("latin-1"))
    with pytest.raises(UnreadableFileError) as error:
        open_graph(tmp_path / name, bundled=False)
    assert (error.value.path, error.value.code) == (str(tmp_path / name), code)
    assert line is None or error.value.line == line
    assert "\n" not in str(error.value)


def test_a_folder_is_read_with_its_subfolders(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.ttl").write_text(TRIPLE)
    (tmp_path / "b.nt").write_text("<urn:d> <urn:e> <urn:f> .\n")
    (tmp_path / "notes.txt").write_text("not data")
    assert open_graph(tmp_path, bundled=False).ask("ASK { <urn:a> ?p ?o . <urn:d> ?q ?r }")


def test_missing_files_empty_folders_and_unknown_suffixes(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.ttl", tmp_path):
        with pytest.raises(UnreadableFileError) as error:
            open_graph(path)
        assert error.value.code == "missing-file"
    (tmp_path / "x.png").write_bytes(b"")
    with pytest.raises(UnknownFormatError) as unknown:
        open_graph(tmp_path / "x.png")
    assert unknown.value.given == "x.png" and ".ttl" in unknown.value.known


def test_a_kind_of_file_is_recognised_by_its_first_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x"
    for start, kind in ((b"%PDF-1.7", "PDF"), (b"PK\x03\x04", "ZIP"), (b"\xff\xfea\0", "UTF-16"), (b" <html>", "HTML")):
        path.write_bytes(start)
        found = what_it_is(str(path))
        assert found and kind in found[0]


@pytest.mark.parametrize(
    "entity", ['a "&b;"', f'a "{"x" * 1001}"', 'a SYSTEM "file:///etc/passwd"', '% a "x"', "a PUBLIC '' 'http://x.org'"]
)
def test_xml_entities_are_refused(entity: str, tmp_path: Path) -> None:
    path = tmp_path / "x.rdf"
    path.write_text(f"<!DOCTYPE r [\n<!ENTITY {entity}>]><rdf:RDF {RDF}/>")
    with pytest.raises(UnreadableFileError) as error:
        open_graph(path, bundled=False)
    assert (error.value.code, error.value.line) == ("xml-entity", 2)


def test_xml_entities_that_abbreviate_namespaces_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.rdf"
    subject = '<rdf:Description rdf:about="&a;x"><rdf:value>1</rdf:value></rdf:Description>'
    path.write_text(f'<!DOCTYPE r [\n<!ENTITY a "urn:a:">]><rdf:RDF {RDF}>{subject}</rdf:RDF>')
    assert open_graph(path, bundled=False).ask("ASK { <urn:a:x> ?p ?o }")


def test_triple_terms_are_found_where_the_pieces_read_meet(tmp_path: Path) -> None:
    path = tmp_path / "x.nt"
    term = "<urn:a> <urn:p> " + "<<( <urn:a> <urn:p> " * (MAX_DEPTH + 1)
    for before in (2**20 - 2, 2**20 - 1):
        path.write_text("#" * (before - 1 - len("<urn:a> <urn:p> ")) + "\n" + term)
        assert path.read_bytes().index(b"<<(") == before
        with pytest.raises(UnreadableFileError) as error:
            check_limits(str(path))
        assert error.value.code == "too-deep"
