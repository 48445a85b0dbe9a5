"""A subgraph of tiny.ttl, and one with any label, for the tests of the formats."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from nlc_graph import Graph
from nlc_graph.evidence.subgraph import Subgraph, cut
from nlc_graph.graph.graph import graph_of
from nlc_graph.vocabulary import PREFIXES

T = "https://example.org/tiny/"
CLAIM = f"{T}birch-writing"
#: Labels that some format has to escape.
LABELS = (
    "a \"quoted\" <b> & 'label'",
    "two\nlines\r\nor\rfour\t\u2028\x0b\x85",
    "学校 ネットワーク مدرسة",
    "NUL \x00 and \ufffe",
    "]]> &lt; \\ends\\",
    "=1+1",
    "",
)


@pytest.fixture(scope="session")
def part(tiny: Graph) -> Subgraph:
    """Return one claim of tiny.ttl with everything it rests on."""
    return cut(tiny, [f"{T}alder-attendance"])


def relabelled(tiny: Graph, label: str) -> Subgraph:
    """Return a claim of tiny.ttl with another label, and everything it rests on."""
    claim, name = ox.NamedNode(CLAIM), ox.NamedNode(f"{PREFIXES['rdfs']}label")
    triples = [t for t in cut(tiny, [CLAIM]).triples if (t.subject, t.predicate) != (claim, name)]
    triples.append(ox.Triple(claim, name, ox.Literal(label)))
    return cut(graph_of(triples, tiny.prefixes), [CLAIM])
