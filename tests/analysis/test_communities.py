"""Communities of practices and networks, on graphs with a known answer."""

from __future__ import annotations

import os
import subprocess
import sys

import networkx as nx
import pytest

from nlc_graph import Graph
from nlc_graph.analysis.communities import find_communities, louvain, stability
from nlc_graph.table import Ref

from ..conftest import TINY

T = "https://example.org/tiny/"


def test_two_separate_networks_are_two_communities() -> None:
    # Two components of equal weight: modularity 1 - 2 (1/2)² = 1/2 at best.
    graph = nx.Graph([(Ref(a), Ref(b), {"weight": 1}) for a, b in ("pN", "qN", "rM", "sM")])
    found, modularity = louvain(graph, seed=1)
    assert [set(members) for members in found] == [{"p", "q", "N"}, {"r", "s", "M"}]
    assert modularity == pytest.approx(0.5)
    assert louvain(nx.Graph(), seed=1) == ([], 0.0)


def test_stability_is_the_share_of_partitions_that_keep_a_pair_together() -> None:
    a, b, c = map(Ref, "abc")
    # Of three pairs, all are together in the first partition and one in the second: 4 of 6.
    assert stability([a, b, c], [[[a, b, c]], [[a, b], [c]]]) == 4 / 6
    assert stability([a], [[[a]]]) is None


def test_communities_name_members_and_uses(tiny: Graph) -> None:
    found = find_communities(tiny, draws=99)
    rows = found.tables["communities"].rows
    # Story-making is in both networks; the rest is in one of them each. Each community has one network.
    assert sorted(str(row[1][0]) for row in rows) == [f"{T}alder", f"{T}birch"]  # type: ignore[index]
    assert sorted(len(row[2]) for row in rows) == [2, 3]  # type: ignore[arg-type]
    # 5 of 6 edges are inside; ends of edges are 7 and 5 of 12: 5/6 - (49 + 25)/144 = 0.319.
    assert {name: round(value, 3) for name, value in found.numbers.items()} == {
        "practices": 5,
        "practices of a single network": 4,
        "networks": 2,
        "modularity": 0.319,
        "seed": 2005,
        "seeds compared": 100,
        "lowest modularity": 0.319,
        "highest modularity": 0.319,
        "different partitions": 2,
        "pairs tested": 0,
        "pairs with q up to 0.05": 0,
        "random graphs": 99,
    }
    assert len(found.tables["uses"]) == 6


@pytest.mark.slow
def test_communities_are_the_same_in_every_process() -> None:
    command = ["-m", "nlc_graph", "--no-bundled", "--data", str(TINY), "analyse", "groups", "--format", "json"]
    outputs = {
        subprocess.check_output([sys.executable, *command], env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
