"""Graphs that several tests ask."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import rdflib

from nlc_graph import Graph, open_graph

TINY = Path(__file__).parent / "tiny.ttl"


@pytest.fixture(scope="session")
def tiny() -> Graph:
    """Return the graph of tiny.ttl, without the bundled evidence."""
    return open_graph(TINY, bundled=False)


@pytest.fixture(scope="session")
def bundled() -> Graph:
    """Return the bundled graph."""
    return open_graph()


@pytest.fixture(scope="session")
def plain_rdflib(bundled: Graph) -> rdflib.Graph:
    """Return the bundled graph, derived triples included, in rdflib's own memory store and engine."""
    triples = "\n".join(f"{triple} ." for triple in bundled.triples("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))
    return rdflib.Graph().parse(data=triples, format="nt")


def in_ci() -> bool:
    """Tell whether a missing tool is a failure rather than a skip."""
    return os.environ.get("CI") == "true"
