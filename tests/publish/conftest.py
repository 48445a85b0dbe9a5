"""A publication of two enquiries, of which only Riverside states who coded it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.publish import Deposit, describe, publish

from ..conftest import TINY

RIVERSIDE = TINY.parent / "riverside.ttl"
R, T = "https://example.org/riverside/", "https://example.org/tiny/"
CODED = """
@prefix r:       <https://example.org/riverside/> .
@prefix prov:    <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs:    <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd:     <http://www.w3.org/2001/XMLSchema#> .
r:coding a prov:Entity ; rdfs:label "coded evidence of Riverside" ; prov:hadPrimarySource r:report ;
    dcterms:creator "Doe, Jane 0000-0002-1825-0097", "Riverside group" ; dcterms:created "2025-12-31"^^xsd:date ;
    dcterms:modified "2026-02-03T04:05:06Z"^^xsd:dateTime ;
    dcterms:license <http://creativecommons.org/licenses/by-sa/4.0> .
"""


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Return the graph of both enquiries."""
    coded = tmp_path_factory.mktemp("coded") / "coded.ttl"
    coded.write_text(CODED)
    return open_graph(TINY, RIVERSIDE, coded, bundled=False)


@pytest.fixture(scope="session")
def deposit(both: Graph) -> Deposit:
    """Return the deposit of both enquiries."""
    return describe(both, date="2026-03-04", doi="10.5281/zenodo.1234567")


@pytest.fixture(scope="session")
def files(deposit: Deposit) -> dict[str, bytes]:
    """Return the files of their publication."""
    return publish(deposit).files


@pytest.fixture(scope="session")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with these files."""
    place = tmp_path_factory.mktemp("publication")
    for name, content in files.items():
        (place / name).write_bytes(content)
    return place
