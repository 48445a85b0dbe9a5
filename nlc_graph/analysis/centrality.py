"""Which practices, or outcome types, reach most widely."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import networkx as nx

from ..graph.graph import Graph
from ..projection import (
    CLAIM_IRIS,
    FEATURE_IRIS,
    LINKAGE,
    NETWORK_IRIS,
    WEIGHT,
    Count,
    reported_links,
    side,
    to_bipartite,
)
from ..table import Ref
from .findings import DESCRIPTION, Findings, part, ranks

By = Literal["breadth", "degree", "betweenness", "bridging", "pagerank"]
ORDERS: tuple[By, ...] = ("breadth", "degree", "betweenness", "bridging", "pagerank")
SIDES = ("practices", "outcomes")

#: Betweenness is exact while nodes times edges stay below this (some seconds); else so many edge visits are spent on a
#: sample of nodes.
EXACT_WORK = 2_500_000
SEED = 2005
#: Damping and precision of PageRank; networkx has the same damping.
DAMPING, TOLERANCE = 0.85, 1e-9
#: Numbers that differ by less are ties.
SAME = 9


class Ranked(NamedTuple):
    """A practice, or an outcome type.

    :param rank: with an equals sign where several share it
    :param features: number of key features reached
    :param networks: number of networks reached
    :param partners: number of outcome types tied to the practice; of practices tied to the outcome type
    :param degree: sum of the weights of its links
    :param betweenness: share of shortest paths between two other nodes that pass through it, 0 to 1
    :param bridging: share of shortest paths between two key features that pass through it, mean over pairs, 0 to 1
    :param pagerank: its share of all PageRank
    :param claims: the claims behind it
    """

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


def rank(graph: Graph, *, of: str = "practices", by: By = "breadth", count: Count = "networks") -> Findings:
    """Rank practices, or outcome types, by how widely they reach.

    :param of: one of :data:`SIDES`
    :param by: what decides the order; ``breadth`` is key features, then networks
    :param count: what the weight of a link counts
    """
    graph.read_ahead(LINKAGE, shown=("practice", "outcome"))
    linkage = to_bipartite(reported_links(graph), graph.names, count=count)
    between, sampled = betweenness(linkage)
    walks = pagerank(linkage)
    things = side(linkage, SIDES.index(of))
    bridges = bridging(linkage, things)
    found = []
    for thing in things:
        edges = [data for _, _, data in linkage.edges(thing, data=True)]
        features, networks, claims = (
            {iri for data in edges for iri in data[name]} for name in (FEATURE_IRIS, NETWORK_IRIS, CLAIM_IRIS)
        )
        found.append(
            Ranked(
                *("", thing, len(features), len(networks), len(edges), sum(data[WEIGHT] for data in edges)),
                *(between[thing], bridges[thing], walks[thing], tuple(sorted(claims))),
            )
        )
    found.sort(key=lambda row: (*_falling(row, by), graph.names.label(row.thing), row.thing))
    places = ranks([_falling(row, by) for row in found])
    rows = [row._replace(rank=place) for row, place in zip(found, places, strict=True)]
    return Findings("rank", (part(of, Ranked, rows),), _says(of, by, count, linkage, sampled))


def betweenness(linkage: nx.Graph) -> tuple[dict[Ref, float], int]:
    """Return the betweenness of each node, and the number of nodes sampled; 0 if it is exact.

    Shortest paths count links, not weights; values are divided by the number of pairs of other nodes.
    """
    nodes, edges = linkage.number_of_nodes(), linkage.number_of_edges()
    if nodes * edges <= EXACT_WORK:
        return nx.betweenness_centrality(linkage), 0
    pivots = min(max(EXACT_WORK // edges, 10), nodes)
    return nx.betweenness_centrality(linkage, k=pivots, seed=SEED), pivots


def bridging(linkage: nx.Graph, things: Sequence[Ref]) -> dict[Ref, float]:
    """Return for each thing its share of the shortest paths between two key features, mean over the pairs of features.

    The graph joins things to the key features under which a link of theirs is reported.
    """
    reached = nx.Graph()
    reached.add_nodes_from(things)
    for thing in things:
        for _, _, features in linkage.edges(thing, data=FEATURE_IRIS):
            reached.add_edges_from((thing, feature) for feature in features)
    features = sorted(set(reached) - set(things))
    pairs = len(features) * (len(features) - 1) / 2
    found = nx.betweenness_centrality_subset(reached, features, features)
    return {thing: found[thing] / pairs if pairs else 0.0 for thing in things}


def pagerank(linkage: nx.Graph) -> dict[Ref, float]:
    """Return PageRank, by power iteration; the values of all nodes add up to 1.

    Our own twenty lines, since networkx's call SciPy, which is larger than everything else that this package needs.
    """
    nodes = list(linkage)
    if not nodes:
        return {}
    place = {node: index for index, node in enumerate(nodes)}
    sums = [linkage.degree(node, weight=WEIGHT) for node in nodes]
    into = [
        [(place[other], data[WEIGHT] / sums[place[other]]) for other, data in linkage[node].items() if data[WEIGHT]]
        for node in nodes
    ]
    dangling = [index for index, total in enumerate(sums) if not total]
    shares = [1 / len(nodes)] * len(nodes)
    change = 1.0
    while change > TOLERANCE:
        base = (1 - DAMPING + DAMPING * sum(shares[index] for index in dangling)) / len(nodes)
        new = [base + DAMPING * sum(shares[index] * part for index, part in parts) for parts in into]
        change = sum(abs(one - other) for one, other in zip(new, shares, strict=True))
        shares = new
    return dict(zip(nodes, shares, strict=True))


def _falling(row: Ranked, by: By) -> tuple[float, ...]:
    values = (row.features, row.networks) if by == "breadth" else (getattr(row, by),)
    return tuple(-round(value, SAME) for value in values)


def _says(of: str, by: By, count: Count, linkage: nx.Graph, sampled: int) -> tuple[tuple[str, str], ...]:
    practices, outcomes = (len(side(linkage, number)) for number in (0, 1))
    other = "outcome types" if of == "practices" else "practices"
    exactly = f"an estimate from {sampled} nodes drawn with seed {SEED} (Brandes and Pich 2007)" if sampled else "exact"
    counted = {
        "networks": "distinct networks that its claims are about, 0 if they are about none",
        "claims": "claims",
        "evidence": "supporting pieces of evidence",
    }[count]
    return (
        ("node", f"a practice ({practices}) or an outcome type ({outcomes}) with a result reported; aims left out"),
        ("weight", f"of a link between the two ({linkage.number_of_edges()}): {counted}"),
        ("order", f"by {by}{': key features, then networks' if by == 'breadth' else ''}; = marks ties"),
        (
            "features, networks",
            "key features under which its claims are reported; networks that they are about, themselves or by a school",
        ),
        ("partners", f"{other} tied to it; degree: the sum of its weights"),
        (
            "betweenness",
            "share of shortest paths between two other nodes that pass through it, mean of all pairs, 0 for a pair "
            f"without a path; links count 1 each (Freeman 1977; Brandes 2001); {exactly}",
        ),
        (
            "bridging",
            "the same for paths between two key features, mean of their pairs, in the graph that joins each of the "
            f"{of} ranked to its key features",
        ),
        (
            "pagerank",
            f"share of a random walk's time, steps by weight, damping {DAMPING} (Page et al. 1999); undirected, so "
            "close to degree",
        ),
        ("mind", f"{DESCRIPTION}; a link counts whatever its direction"),
    )
