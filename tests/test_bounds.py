"""What could fill memory is refused; what people write is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import open_graph
from nlc_graph.errors import UnreadableFileError
from nlc_graph.graph.limits import MAX_DEPTH, check_bounds

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="&a;x"/></rdf:RDF>'


def test_entities_that_abbreviate_addresses_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "x.rdf"
    path.write_text(f'<!DOCTYPE r [\n<!ENTITY a "http://example.org/">]>{RDF}')
    open_graph(path, bundled=False)


@pytest.mark.parametrize(
    "entity", ['a "&b;"', f'a "{"x" * 1001}"', 'a SYSTEM "file:///etc/passwd"', '% a "x"', "a PUBLIC '' 'http://x.org'"]
)
def test_other_entities_are_refused_with_their_line(entity: str, tmp_path: Path) -> None:
    path = tmp_path / "x.rdf"
    path.write_text(f"<!DOCTYPE r [\n<!ENTITY {entity}>]>{RDF}")
    with pytest.raises(UnreadableFileError, match="an XML entity that could fill memory") as raised:
        open_graph(path, bundled=False)
    assert raised.value.line == 2


def test_depth_counts_brackets_outside_texts(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonld"
    path.write_text('{"@id": "urn:a", "urn:b": "' + "[" * 2 * MAX_DEPTH + '\\""}')
    open_graph(path, bundled=False)
    path.write_text("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    with pytest.raises(UnreadableFileError, match=f"nested more than {MAX_DEPTH} deep"):
        check_bounds(str(path))


def _nested(depth: int) -> str:
    return "<urn:a> <urn:p> " + "<<( <urn:a> <urn:p> " * depth + "<urn:x>" + " )>>" * depth + " .\n"


@pytest.mark.parametrize("suffix", ["nt", "ttl", "trig", "nq"])
def test_triple_terms_are_bounded(suffix: str, tmp_path: Path) -> None:
    """Deeper ones end the process that reads them."""
    path = tmp_path / f"x.{suffix}"
    path.write_text("# one\n" + _nested(MAX_DEPTH + 1))
    with pytest.raises(UnreadableFileError, match=f"triple terms are nested more than {MAX_DEPTH} deep") as raised:
        open_graph(path, bundled=False)
    assert raised.value.line == 2
    path.write_text(_nested(MAX_DEPTH))
    open_graph(path, bundled=False)


def test_a_triple_term_is_found_across_the_pieces_that_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.nt"
    for before in (2**20 - 2, 2**20 - 1):
        path.write_text("#" * (before - 1 - len("<urn:a> <urn:p> ")) + "\n" + _nested(MAX_DEPTH + 1))
        assert path.read_bytes().index(b"<<(") == before
        with pytest.raises(UnreadableFileError, match="triple terms are nested"):
            check_bounds(str(path))


def test_what_only_looks_like_a_triple_term_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    begin = "<<(" * 2 * MAX_DEPTH
    path.write_text(f'# {begin}\n<urn:a> <urn:p> "{begin}", """"{begin}\\"""", \'{begin}\', \'\'\'{begin}\n\'\'\' .\n')
    open_graph(path, bundled=False)
    hidden = "".join('<<( <urn:a> <urn:p> # )>>\n <<( <urn:a> ")>>" ' for _ in range(MAX_DEPTH))
    path.write_text(f"<urn:a> <urn:p> {hidden}")
    with pytest.raises(UnreadableFileError, match="triple terms are nested"):
        check_bounds(str(path))
