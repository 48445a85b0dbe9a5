"""The publication as a whole: the same graph in every format, and the same bytes every time."""

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
from nlc_graph.evidence.loading import load_store
from nlc_graph.evidence.subgraph import everything
from nlc_graph.explorer import render_page
from nlc_graph.graph.disk import open_store
from nlc_graph.publish import Deposit, describe, publish
from nlc_graph.publish.deposit import FILES
from nlc_graph.sheet import heading, to_csv, to_rows

from ..conftest import TINY
from .conftest import RIVERSIDE, R, T

FORMATS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "trig": ox.RdfFormat.TRIG}


def test_all_files_are_there_and_flat(files: dict[str, bytes]) -> None:
    assert list(files) == list(FILES) and not [name for name in files if "/" in name]  # Zenodo has no folders


def test_each_format_holds_everything_recorded(both: Graph, files: dict[str, bytes]) -> None:
    for suffix, form in FORMATS.items():
        triples = {quad.triple for quad in ox.parse(files[f"graph.{suffix}"], format=form)}
        assert triples == set(everything(both).triples), suffix
    assert files["evidence.csv"] == to_csv([heading(), *to_rows(both).rows])
    assert files["explorer.html"].decode() == render_page(both)


def test_the_context_file_is_the_context_of_the_graph(files: dict[str, bytes]) -> None:
    content = json.loads(files["graph.jsonld"])
    context = json.loads(files["context.jsonld"])
    quads = pyld.jsonld.to_rdf({**content, **context}, {"format": "application/n-quads"})
    assert isomorphic(
        rdflib.Graph().parse(data=quads, format="nt"),
        rdflib.Graph().parse(data=files["graph.ttl"], format="turtle"),
    )


def test_one_enquiry_is_published_without_anything_of_another(both: Graph) -> None:
    deposit = describe(both, [f"{T}enquiry"], date="2026-03-04")
    assert set(deposit.part.triples) == set(everything(open_graph(TINY, bundled=False)).triples)
    pattern = rb"(?<!@prefix r: <)" + R.encode()
    assert [name for name, text in publish(deposit).files.items() if re.search(pattern, text)] == []


@pytest.mark.slow
def test_a_published_graph_or_its_store_gives_the_same_publication(files: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_bytes(files["graph.ttl"])
    load_store(tmp_path / "store", tmp_path / "graph.ttl", bundled=False)
    for graph in (open_graph(tmp_path / "graph.ttl", bundled=False), open_store(tmp_path / "store")):
        again = publish(describe(graph, date="2026-03-04", doi="10.5281/zenodo.1234567")).files
        assert [name for name in FILES if again[name] != files[name]] == []


@pytest.mark.slow
def test_hash_seed_time_zone_and_locale_do_not_matter(deposit: Deposit, tmp_path: Path) -> None:
    code = (
        "import sys, hashlib; from nlc_graph import open_graph; from nlc_graph.publish import describe, publish;"
        "d = describe(open_graph(*sys.argv[1:], bundled=False), date='2026-03-04');"
        "print(sorted((n, hashlib.sha256(c).hexdigest()) for n, c in publish(d).files.items()))"
    )
    command = [sys.executable, "-c", code, str(TINY), str(RIVERSIDE)]
    environments = ({"PYTHONHASHSEED": "0", "TZ": "Pacific/Apia", "LC_ALL": "C"}, {"PYTHONHASHSEED": "42"})
    printed = set()
    for given in environments:
        done = subprocess.run(command, env={**os.environ, **given}, cwd=tmp_path, stdout=subprocess.PIPE, check=True)
        printed.add(done.stdout)
    assert len(printed) == 1
