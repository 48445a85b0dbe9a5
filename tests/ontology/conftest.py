"""A tiny graph with one entity of each kind and no error in it (valid.ttl), and the real ontology around it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from nlc_graph import resources
from nlc_graph.vocabulary import PREFIXES

HEADER = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
VALID = Path(__file__).with_name("valid.ttl")


@pytest.fixture(scope="session")
def valid_quads() -> list[ox.Quad]:
    """Return the ontology, its vocabularies and the tiny graph."""
    paths = [*resources.ontology_files(), str(VALID)]
    return [quad for path in paths for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]


@pytest.fixture
def store(valid_quads: list[ox.Quad]) -> ox.Store:
    """Return a fresh store with the ontology, its vocabularies and the tiny graph."""
    store = ox.Store()
    store.extend(valid_quads)
    return store
