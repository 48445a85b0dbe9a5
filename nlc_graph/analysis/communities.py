"""Find communities of practices and networks, how stable they are, and pairs of practices used together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import comb
from typing import NamedTuple

import networkx as nx

from ..evidence.claims_table import claims_table
from ..graph.graph import Graph
from ..projection import KIND, WEIGHT, side, to_practice_networks
from ..table import Ref
from .claims import group_claims
from .findings import Findings, to_table
from .null_model import DRAWS, LEVEL, SEED, Pair, affordable_draws, find_unusual_pairs

#: Seeds over which stability is computed: fewer, but at least 10, if they would visit more edges in all.
SEEDS, MAX_EDGES = 100, 4_000_000

Partition = Sequence[Sequence[Ref]]


class Community(NamedTuple):
    """Practices and networks that belong together."""

    group: int
    networks: tuple[Ref, ...]
    practices: tuple[Ref, ...]
    stability: float | None
    strategies: tuple[Ref, ...]
    claims: tuple[Ref, ...]


def find_communities(graph: Graph, *, seed: int = SEED, draws: int = DRAWS) -> Findings:
    """Find communities of practices and networks, and pairs of practices used together more often than by chance.

    :param seed: seed of the communities shown, and of the random graphs
    :param draws: random graphs with which pairs are compared
    """
    uses = to_practice_networks(graph)
    claims = group_claims(claims_table(graph).rows(), lambda claim: claim.strategies)
    partition, modularity = louvain(uses, seed=seed)
    seeds = min(SEEDS, max(MAX_EDGES // max(uses.number_of_edges(), 1), 10))
    others = [louvain(uses, seed=number) for number in range(seeds)]
    partitions = [partition for partition, _ in others]
    communities = [_community(uses, number, of, partitions, claims) for number, of in enumerate(partition, 1)]
    networks = {network: set(uses[network]) for network in side(uses, 1)}
    draws = affordable_draws(networks, draws)
    pairs = find_unusual_pairs(networks, draws=draws, seed=seed)
    repeated = sum(uses.degree(practice) > 1 for practice in side(uses, 0))
    return Findings(
        "groups",
        {
            "communities": to_table(Community._fields, communities),
            "practices used together": to_table(Pair._fields, (_with_claims(uses, pair, claims) for pair in pairs)),
            "uses": to_table(("practice", "network", "strategies"), _uses(uses, communities)),
        },
        {
            "practices": len(side(uses, 0)),
            "practices of a single network": len(side(uses, 0)) - repeated,
            "networks": len(networks),
            "modularity": modularity,
            "seed": seed,
            "seeds compared": seeds,
            "lowest modularity": min(score for _, score in others),
            "highest modularity": max(score for _, score in others),
            "different partitions": len({_as_sets(each) for each in partitions}),
            "pairs tested": comb(repeated, 2),
            f"pairs with q up to {LEVEL}": sum(pair.q <= LEVEL for pair in pairs),
            "random graphs": draws,
        },
    )


def louvain(graph: nx.Graph, *, seed: int) -> tuple[Partition, float]:
    """Return communities, largest first, and their modularity; the same for the same graph and seed.

    Nodes are numbered first, because the order of a set of texts differs from run to run.
    """
    if not graph.number_of_edges():
        return [[node] for node in graph], 0.0
    nodes = list(graph)
    numbered = nx.relabel_nodes(graph, {node: number for number, node in enumerate(nodes)})
    found = nx.community.louvain_communities(numbered, weight=WEIGHT, seed=seed)
    score = float(nx.community.modularity(numbered, found, weight=WEIGHT))
    ordered = sorted(map(sorted, found), key=lambda members: (-len(members), members))
    return [[nodes[number] for number in members] for members in ordered], score


def stability(members: Iterable[Ref], partitions: Sequence[Partition]) -> float | None:
    """Return the share of partitions in which two members are together, as the mean over all pairs.

    :returns: 0 to 1; None for a single member
    """
    members = set(members)
    pairs = comb(len(members), 2)
    together = sum(comb(len(members.intersection(part)), 2) for partition in partitions for part in partition)
    return together / (len(partitions) * pairs) if pairs else None


def _community(
    uses: nx.Graph,
    number: int,
    members: Sequence[Ref],
    partitions: Sequence[Partition],
    claims: Mapping[Ref, Sequence[Ref]],
) -> Community:
    strategies = {each for *_, used in uses.subgraph(members).edges(data="strategies") for each in used}
    kinds = uses.nodes(data=KIND)
    return Community(
        number,
        networks=tuple(node for node in members if kinds[node] == "network"),
        practices=tuple(node for node in members if kinds[node] == "practice"),
        stability=stability(members, partitions),
        strategies=tuple(sorted(strategies)),
        claims=_claims_of(strategies, claims),
    )


def _with_claims(uses: nx.Graph, pair: Pair, claims: Mapping[Ref, Sequence[Ref]]) -> Pair:
    """Return a pair with the claims that link its uses in the networks that use both."""
    edges = [(practice, network) for practice in (pair.practice, pair.other) for network in pair.networks]
    strategies = {each for edge in edges for each in uses.edges[edge]["strategies"]}
    return pair._replace(claims=_claims_of(strategies, claims))


def _claims_of(strategies: Iterable[Ref], claims: Mapping[Ref, Sequence[Ref]]) -> tuple[Ref, ...]:
    return tuple(sorted({claim for strategy in strategies for claim in claims.get(strategy, ())}))


def _uses(uses: nx.Graph, communities: Sequence[Community]) -> Iterator[tuple[object, ...]]:
    """Yield all uses in the order of the communities."""
    networks = [network for community in communities for network in community.networks]
    practices = [practice for community in communities for practice in community.practices]
    for practice in practices:
        for network in networks:
            if uses.has_edge(practice, network):
                yield practice, network, uses.edges[practice, network]["strategies"]


def _as_sets(partition: Partition) -> frozenset[frozenset[Ref]]:
    return frozenset(map(frozenset, partition))
