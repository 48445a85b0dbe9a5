"""Graphs that several tests ask."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest
import rdflib

from nlc_graph import Graph, open_graph

# How long an example takes depends on what else the machine does.
hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.load_profile("project")

TINY = Path(__file__).parent / "tiny.ttl"
#: Where a reader's copy of the source may lie; it is no part of this repository.
BESIDE = Path(__file__).parent.parent.parent / "shared" / "source" / "ncsl-enquiry-2005.txt"


@pytest.fixture(scope="session")
def tiny() -> Graph:
    """Return the graph of tiny.ttl, without the bundled evidence."""
    return open_graph(TINY, bundled=False)


@pytest.fixture(scope="session")
def own_features() -> Graph:
    """Return the graph of tiny.ttl with key features of an enquiry's own, mapped to and from the seven."""
    return open_graph(TINY, TINY.with_name("own-features.ttl"), bundled=False)


@pytest.fixture(scope="session")
def bundled() -> Graph:
    """Return the bundled graph."""
    return open_graph()


@pytest.fixture(scope="session")
def plain_rdflib(bundled: Graph) -> rdflib.Graph:
    """Return the bundled graph, derived triples included, in rdflib's own memory store and engine."""
    return in_rdflib(bundled)


def in_rdflib(graph: Graph) -> rdflib.Graph:
    """Return all triples of a graph in rdflib's own memory store and engine."""
    triples = "\n".join(f"{triple} ." for triple in graph.triples("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))
    return rdflib.Graph().parse(data=triples, format="nt")


@pytest.fixture(scope="session")
def source_copy() -> Path:
    """Return a copy of the enquiry's summary; say so plainly where there is none."""
    path = Path(os.environ.get("NLC_SOURCE", BESIDE))
    if not path.is_file():
        pytest.skip("no copy of the source: set NLC_SOURCE to one (text, PDF or HTML); passages were NOT checked")
    return path


def in_ci() -> bool:
    """Tell whether a missing tool is a failure rather than a skip."""
    return os.environ.get("CI") == "true"
