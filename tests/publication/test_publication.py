"""The publication as a whole: the same graph in every form, the same bytes every time, nothing of the source's text."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyld.jsonld
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from nlc_graph import Graph, open_graph
from nlc_graph.evidence.subgraph import everything, recorded_by
from nlc_graph.explorer import render_page
from nlc_graph.export import to_ntriples
from nlc_graph.graph.disk import build_store, open_store
from nlc_graph.publish import Deposit, describe, publish
from nlc_graph.publish.deposit import FILES
from nlc_graph.sheet import heading, to_csv, to_rows

from ..conftest import TINY
from .conftest import RIVERSIDE

R, T = "https://example.org/riverside/", "https://example.org/tiny/"


def test_the_graph_is_what_export_gives_in_every_form(both: Graph, files: dict[str, bytes]) -> None:
    expected = rdflib.Graph().parse(data=to_ntriples(everything(both)), format="nt")
    for name, form in (("graph.ttl", "turtle"), ("graph.jsonld", "json-ld")):
        assert isomorphic(rdflib.Graph().parse(data=files[name], format=form), expected), name
    forms = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "trig": ox.RdfFormat.TRIG}
    for suffix, each in forms.items():  # literals too are written the same
        triples = {quad.triple for quad in ox.parse(files[f"graph.{suffix}"], format=each)}
        assert triples == set(everything(both).triples), suffix


def test_the_graph_with_the_context_beside_it_is_the_same(files: dict[str, bytes]) -> None:
    content = json.loads(files["graph.jsonld"])
    context = json.loads(files["context.jsonld"])
    assert content["@context"] == context["@context"]
    quads = pyld.jsonld.to_rdf({**content, **context}, {"format": "application/n-quads"})
    assert isomorphic(
        rdflib.Graph().parse(data=quads, format="nt"),
        rdflib.Graph().parse(data=files["graph.ttl"], format="turtle"),
    )


def test_one_enquiry_is_published_with_all_that_it_records_and_nothing_of_another(both: Graph) -> None:
    deposit = describe(both, [f"{T}enquiry"], date="2026-03-04")
    alone = open_graph(TINY, bundled=False)
    assert set(deposit.part.triples) == set(everything(alone).triples)
    found = [
        name for name, text in publish(deposit).files.items() if re.search(rb"(?<!@prefix r: <)" + R.encode(), text)
    ]
    assert found == []


def test_what_is_recorded_without_a_claim_belongs_to_its_enquiry(both: Graph) -> None:
    subjects = {str(triple.subject) for triple in recorded_by(both, [f"{T}enquiry"]).triples}
    assert {f"<{T}{name}>" for name in ("alder-place", "birch-area-not-reported", "birch-schools", "birch-walls")} <= (
        subjects
    )


def test_a_published_graph_can_be_published_again(files: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_bytes(files["graph.ttl"])
    again = describe(open_graph(tmp_path / "graph.ttl", bundled=False), date="2026-03-04", doi="10.5281/zenodo.1234567")
    assert changed(publish(again).files, files) == []


def test_a_store_gives_the_same_bytes(deposit: Deposit, files: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_bytes(files["graph.ttl"])
    build_store(tmp_path / "store", tmp_path / "graph.ttl", bundled=False)
    stored = describe(open_store(tmp_path / "store"), date="2026-03-04", doi="10.5281/zenodo.1234567")
    assert changed(publish(stored).files, files) == []


@pytest.mark.parametrize("seed", ["0", "1"])
def test_another_process_gives_the_same_bytes(seed: str, tmp_path: Path) -> None:
    """Neither the order of hashes nor the clock, the place or the language of the system shows."""
    code = (
        "import sys, hashlib; from nlc_graph import open_graph; from nlc_graph.publish import describe, publish;"
        "d = describe(open_graph(*sys.argv[1:], bundled=False), date='2026-03-04');"
        "print(sorted((n, hashlib.sha256(c).hexdigest()) for n, c in publish(d).files.items()))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Pacific/Apia", "LC_ALL": "C"}
    command = [sys.executable, "-c", code, str(TINY), str(RIVERSIDE)]
    told = [
        subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        for env in (environment, {**os.environ, "PYTHONHASHSEED": "42"})
    ]
    assert told[0] == told[1]


def test_sheet_and_page_hold_the_claims(both: Graph, files: dict[str, bytes]) -> None:
    assert files["evidence.csv"] == to_csv([heading(), *to_rows(both).rows])
    assert b"[https://example.org/riverside/came]" in files["evidence.csv"]
    assert files["explorer.html"].decode() == render_page(both)


def test_every_file_that_is_explained_is_there_and_flat(files: dict[str, bytes]) -> None:
    assert list(files) == list(FILES)
    assert not [name for name in files if "/" in name]  # Zenodo keeps no folders


def changed(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the names of files that differ."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
