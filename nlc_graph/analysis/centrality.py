"""Rank practices, or outcome types, by how widely they reach in the graph of reported links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Literal, NamedTuple

import networkx as nx

from ..graph.graph import Graph
from ..projection import (
    CLAIM_IRIS,
    FEATURE_IRIS,
    NETWORK_IRIS,
    WEIGHT,
    Count,
    reported_links,
    side,
    to_bipartite,
)
from ..table import Ref
from .findings import Findings, to_table

By = Literal["breadth", "degree", "betweenness", "bridging", "pagerank"]
ORDERS: tuple[By, ...] = ("breadth", "degree", "betweenness", "bridging", "pagerank")
SIDES = ("practices", "outcomes")

#: Betweenness is exact while nodes times edges stay below this (some seconds); above, a sample of nodes is used.
EXACT_WORK = 2_500_000
SEED = 2005
#: Damping factor of PageRank (as in networkx), and the change of all values at which the iteration ends.
DAMPING, TOLERANCE = 0.85, 1e-9
#: Values that are equal when rounded to this many digits share a rank.
DIGITS = 9


class Ranked(NamedTuple):
    """A practice or an outcome type with its measures."""

    rank: str
    thing: Ref
    features: int
    networks: int
    partners: int
    degree: int
    betweenness: float
    bridging: float
    pagerank: float
    claims: tuple[Ref, ...]

    def order(self, by: By) -> tuple[float, ...]:
        """Return the sort key: the values that decide the rank, negated."""
        values = (self.features, self.networks) if by == "breadth" else (getattr(self, by),)
        return tuple(-round(value, DIGITS) for value in values)


def rank_nodes(graph: Graph, *, of: str = "practices", by: By = "breadth", count: Count = "networks") -> Findings:
    """Rank practices, or outcome types, by how widely they reach.

    :param of: one of :data:`SIDES`
    :param by: what decides the order; ``breadth`` is key features, then networks
    :param count: what the weight of a link counts
    """
    links = to_bipartite(reported_links(graph), graph.names, count=count)
    nodes = side(links, SIDES.index(of))
    between, sampled = betweenness(links)
    bridges, shares = bridging(links, nodes), pagerank(links)
    found = [_measured(links, node, between[node], bridges[node], shares[node]) for node in nodes]
    found.sort(key=lambda row: (row.order(by), graph.names.label(row.thing), row.thing))
    ranks = shared_ranks([row.order(by) for row in found])
    rows = [row._replace(rank=rank) for row, rank in zip(found, ranks, strict=True)]
    numbers = {"practices": len(side(links, 0)), "outcome types": len(side(links, 1)), "links": links.number_of_edges()}
    if sampled:
        numbers["nodes sampled for betweenness"] = sampled
    return Findings("rank", {of: to_table(Ranked._fields, rows)}, numbers, order=by)


def _measured(links: nx.Graph, node: Ref, between: float, bridges: float, share: float) -> Ranked:
    edges = [data for _, _, data in links.edges(node, data=True)]

    def union(name: str) -> set[Ref]:
        return set().union(*(data[name] for data in edges))

    return Ranked(
        rank="",
        thing=node,
        features=len(union(FEATURE_IRIS)),
        networks=len(union(NETWORK_IRIS)),
        partners=len(edges),
        degree=links.degree(node, weight=WEIGHT),
        betweenness=between,
        bridging=bridges,
        pagerank=share,
        claims=tuple(sorted(union(CLAIM_IRIS))),
    )


def shared_ranks(keys: Sequence[Hashable]) -> list[str]:
    """Return the rank of each key, given best first; equal keys share the best rank and get an equals sign.

    >>> shared_ranks([9, 7, 7, 1])
    ['1', '2=', '2=', '4']
    """
    times = Counter(keys)
    first: dict[Hashable, int] = {}
    for position, key in enumerate(keys, 1):
        first.setdefault(key, position)
    return [f"{first[key]}{'=' if times[key] > 1 else ''}" for key in keys]


def betweenness(links: nx.Graph) -> tuple[dict[Ref, float], int]:
    """Return the betweenness of each node, and the number of nodes sampled; 0 if it is exact.

    Shortest paths count links, not weights; values are divided by the number of pairs of other nodes.
    """
    nodes, edges = links.number_of_nodes(), links.number_of_edges()
    if nodes * edges <= EXACT_WORK:
        return nx.betweenness_centrality(links), 0
    sampled = min(max(EXACT_WORK // edges, 10), nodes)
    return nx.betweenness_centrality(links, k=sampled, seed=SEED), sampled


def bridging(links: nx.Graph, nodes: Sequence[Ref]) -> dict[Ref, float]:
    """Return each node's share of the shortest paths between two key features, as the mean over pairs of features.

    The paths run in a graph that joins nodes to the key features under which a link of theirs is reported.
    """
    reached = nx.Graph()
    reached.add_nodes_from(nodes)
    for node in nodes:
        for _, _, features in links.edges(node, data=FEATURE_IRIS):
            reached.add_edges_from((node, feature) for feature in features)
    features = sorted(set(reached) - set(nodes))
    pairs = len(features) * (len(features) - 1) / 2
    found = nx.betweenness_centrality_subset(reached, features, features)
    return {node: found[node] / pairs if pairs else 0.0 for node in nodes}


def pagerank(links: nx.Graph) -> dict[Ref, float]:
    """Return PageRank by power iteration; the values of all nodes add up to 1.

    networkx's own needs SciPy, which is larger than all that this package installs.
    """
    degrees = dict(links.degree(weight=WEIGHT))
    steps = {
        node: [(other, data[WEIGHT] / degrees[other]) for other, data in links[node].items() if data[WEIGHT]]
        for node in links
    }
    shares = dict.fromkeys(links, 1 / max(len(links), 1))
    change = 1.0
    while change > TOLERANCE:
        lost = sum(shares[node] for node in links if not degrees[node])
        base = (1 - DAMPING + DAMPING * lost) / max(len(links), 1)
        new = {node: base + DAMPING * sum(shares[other] * part for other, part in steps[node]) for node in links}
        change = sum(abs(new[node] - shares[node]) for node in links)
        shares = new
    return shares
