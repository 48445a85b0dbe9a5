"""Parts of the graph in files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from nlc_graph import Graph, find_links, open_graph
from nlc_graph.errors import UnknownFormatError, UnwritableFileError
from nlc_graph.export import to_evidence_csv, to_jsonld, to_ntriples, to_turtle, write_file, writer_for
from nlc_graph.subgraph import with_evidence

T = "https://example.org/tiny/"
CLAIM = [T + "alder-attendance"]


def test_a_claim_brings_all_it_rests_on_and_nothing_else(tiny: Graph) -> None:
    subjects = {str(t.subject)[1:-1].removeprefix(T) for t in with_evidence(tiny, CLAIM) if T in str(t.subject)}
    assert subjects == {
        *("alder-attendance", "alder", "alder-school", "alder-mentors", "alder-change", "alder-2000", "alder-2004"),
        *("alder-inspected", "nation-2004", "nation", "inspection", "y2000", "y2004", "wigan"),
        *("alder-passage", "section-alder", "report", "enquiry", "authors"),
    }


def test_a_part_read_alone_gives_the_same_link(tiny: Graph, tmp_path: Path) -> None:
    (tmp_path / "part.ttl").write_bytes(to_turtle(tiny, CLAIM))
    part = open_graph(tmp_path / "part.ttl", bundled=False)
    whole = next(link for link in find_links(tiny).links if list(link.claims) == CLAIM)
    assert find_links(part).links == (whole,)


def test_turtle_ntriples_and_jsonld_hold_the_same_triples(tiny: Graph) -> None:
    triples = rdflib.Graph().parse(data=to_ntriples(tiny, CLAIM), format="nt")
    assert isomorphic(rdflib.Graph().parse(data=to_turtle(tiny, CLAIM), format="turtle"), triples)
    assert isomorphic(rdflib.Graph().parse(data=to_jsonld(tiny, CLAIM), format="json-ld"), triples)


def test_jsonld_reads_as_plain_names(tiny: Graph) -> None:
    nodes = {node["id"]: node for node in json.loads(to_jsonld(tiny, CLAIM))["@graph"]}
    claim = nodes[CLAIM[0]]
    assert (claim["type"], claim["strategy"]) == ("nlc:Claim", T + "alder-mentors")
    assert claim["label"] == "Attendance rose"


def test_csv_has_a_row_for_each_piece_of_evidence(tiny: Graph) -> None:
    rows = list(csv.DictReader(io.StringIO(to_evidence_csv(tiny, CLAIM).decode("utf-8-sig"))))
    assert [(row["bearing"], row["kind"], row["strategy"], row["passage_opens"]) for row in rows] == [
        ("qualifies", "inspection report", "Mentors (Alder)", "Alder is a"),
        ("supports", "statistic", "Mentors (Alder)", "Alder is a"),
    ]
    assert rows[0]["network"] == "Alder NLC"


def test_cells_that_a_spreadsheet_would_run_become_text(tmp_path: Path) -> None:
    source = (
        (Path(__file__).parent / "tiny.ttl").read_text(encoding="utf-8").replace("Stories made writing", "=1+1 writing")
    )
    (tmp_path / "x.ttl").write_text(source, encoding="utf-8")
    graph = open_graph(tmp_path / "x.ttl", bundled=False)
    text = to_evidence_csv(graph, [T + "birch-writing"]).decode("utf-8-sig")
    assert "'=1+1 writing better." in text


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "x.ttl"
    write_file(target, b"one")
    with pytest.raises(UnwritableFileError, match="it exists; use --force"):
        write_file(target, b"two")
    write_file(target, b"two", force=True)
    assert target.read_bytes() == b"two"
    with pytest.raises(UnwritableFileError, match="No such file or directory"):
        write_file(tmp_path / "no" / "x.ttl", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["x.ttl"]


def test_an_unknown_suffix_names_the_known_ones() -> None:
    with pytest.raises(UnknownFormatError, match=r"no format for '.xls'; known: .ttl, .nt, .jsonld, .csv"):
        writer_for("x.xls")
