"""A part with texts that formats stumble over."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from nlc_graph import Graph
from nlc_graph.evidence.subgraph import Subgraph, cut
from nlc_graph.graph.graph import graph_of
from nlc_graph.vocabulary import PREFIXES

T = "https://example.org/tiny/"
CLAIM = f"{T}birch-writing"


@pytest.fixture(scope="session")
def part(tiny: Graph) -> Subgraph:
    """Return one claim of tiny.ttl with all it rests on."""
    return cut(tiny, [f"{T}alder-attendance"])


def relabelled(tiny: Graph, label: str) -> Subgraph:
    """Return a claim of tiny.ttl whose label is another text, with all it rests on."""
    name = ox.NamedNode(f"{PREFIXES['rdfs']}label")
    triples = [
        ox.Triple(
            t.subject, t.predicate, ox.Literal(label) if t.subject.value == CLAIM and t.predicate == name else t.object
        )
        for t in cut(tiny, [CLAIM]).triples
        if isinstance(t.subject, ox.NamedNode)
    ]
    return cut(graph_of(triples, tiny.prefixes), [CLAIM])
