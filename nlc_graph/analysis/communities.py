"""Which practices and networks go together: communities, how stable they are, and pairs beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

import networkx as nx

from ..graph.graph import Graph
from ..projection import KIND, PRACTICES, STRATEGIES, USERS, WEIGHT, side, to_practice_networks
from ..table import Ref
from .findings import DESCRIPTION, Findings, part
from .null_model import DRAWS, LEVEL, SEED, TRADES, Pair, affordable_draws, unusual_pairs

#: Seeds over which stability is worked out; fewer, but at least 10, where they would pass so many edges in all.
SEEDS, MOST_EDGES = 100, 4_000_000
#: Groups of more pairs of members than this get no stability.
MOST_PAIRS = 200_000


class Group(NamedTuple):
    """Practices and networks that go together.

    :param stability: share of the seeds under which two members are together, mean over pairs of members, 0 to 1
    :param strategies: the uses that join its members
    :param claims: the claims that tie these uses to an outcome type, reported or intended
    """

    group: int
    networks: tuple[Ref, ...]
    practices: tuple[Ref, ...]
    stability: float | None
    strategies: tuple[Ref, ...]
    claims: tuple[Ref, ...]


class Use(NamedTuple):
    """A practice that a network uses, in the order of the groups."""

    practice: Ref
    network: Ref
    strategies: tuple[Ref, ...]


def groups(graph: Graph, *, seed: int = SEED, draws: int = DRAWS) -> Findings:
    """Find communities of practices and networks, and pairs of practices that are together beyond chance.

    :param seed: of the communities shown, and of the draws
    """
    graph.read_ahead((USERS, PRACTICES, STRATEGIES), shown=("practice", "network", "strategy"))
    uses = to_practice_networks(graph)
    communities, modularity = louvain(uses, seed)
    seeds = min(SEEDS, max(MOST_EDGES // max(uses.number_of_edges(), 1), 10))
    others = [louvain(uses, number) for number in range(seeds)]
    together = _counts_together(of for of, _ in others)
    claims = _claims_of_strategies(graph)
    rows = [_group(uses, number, members, together, seeds, claims) for number, members in enumerate(communities, 1)]
    scores = [score for _, score in others]
    distinct = len({frozenset(map(frozenset, of)) for of, _ in others})
    networks = {network: set(uses[network]) for network in side(uses, 1)}
    draws = affordable_draws(networks, draws)
    pairs = [
        pair._replace(claims=_tying(_used(uses, pair), claims))
        for pair in unusual_pairs(networks, draws=draws, seed=seed)
    ]
    low = [pair for pair in pairs if pair.q <= LEVEL]
    practices = len(side(uses, 0))
    repeated = sum(uses.degree(practice) > 1 for practice in side(uses, 0))
    return Findings(
        "groups",
        (
            part(
                "groups",
                Group,
                rows,
                brief=("group", "networks", "practices", "stability", "claims"),
                note=f"modularity {modularity:.3f} with seed {seed}; over {seeds} seeds from {min(scores):.3f} to "
                f"{max(scores):.3f}, {distinct} different partitions; {practices - repeated} of "
                f"{practices} practices are used by one network only and simply go with it",
            ),
            part(
                "practices used together",
                Pair,
                pairs,
                f"{len(low)} of {repeated * (repeated - 1) // 2} pairs tested have q of {LEVEL} or less"
                + ("" if low else ": nothing here is together more often than chance would have it"),
            ),
            replace(part("uses", Use, list(_uses(uses, rows))), aside=True),
        ),
        (
            (
                "node",
                f"a practice ({practices}) or a network ({len(side(uses, 1))}) that uses it, itself or by its schools",
            ),
            ("weight", "of an edge between the two: the network's strategies that use the practice"),
            (
                "groups",
                "Louvain communities (Blondel et al. 2008), which seek the highest modularity (Newman and Girvan 2004, "
                "resolution 1, blind to the two sorts of node); claims: those that tie a use inside to an outcome",
            ),
            (
                "stability",
                f"share of {seeds} seeds (0 to {seeds - 1}) under which two members are together, mean of pairs",
            ),
            (
                "practices used together",
                "pairs of which each is used by two networks or more, and both by one at least; together: networks "
                "that use both; expected: their mean number in the random graphs",
            ),
            (
                "p",
                f"share of {draws} random bipartite graphs with the same degrees, and the data, in which the two are "
                f"together as often or more (curveball, {TRADES} trades a network between draws, seed {seed}; Strona "
                "et al. 2014); q: corrected for all pairs tested, together or not (Benjamini and Hochberg 1995)",
            ),
            ("mind", DESCRIPTION),
        ),
    )


def _uses(uses: nx.Graph, found: Iterable[Group]) -> Iterable[Use]:
    found = list(found)
    networks = [network for group in found for network in group.networks]
    for practice in (practice for group in found for practice in group.practices):
        for network in networks:
            if uses.has_edge(practice, network):
                yield Use(practice, network, uses.edges[practice, network]["strategies"])


def louvain(graph: nx.Graph, seed: int) -> tuple[list[list[Ref]], float]:
    """Return communities, largest first, and their modularity; the same for the same graph and seed.

    Nodes are numbered first, since the order of sets of texts differs from run to run.
    """
    if not graph.number_of_edges():
        return [[node] for node in graph], 0.0
    nodes = list(graph)
    numbered = nx.relabel_nodes(graph, {node: number for number, node in enumerate(nodes)})
    found = nx.community.louvain_communities(numbered, weight=WEIGHT, seed=seed)
    score = float(nx.community.modularity(numbered, found, weight=WEIGHT))
    ordered = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))
    return [[nodes[number] for number in members] for members in ordered], score


def _counts_together(partitions: Iterable[list[list[Ref]]]) -> Counter[tuple[Ref, Ref]]:
    found: Counter[tuple[Ref, Ref]] = Counter()
    for communities in partitions:
        for members in communities:
            if len(members) ** 2 <= MOST_PAIRS:
                found.update(combinations(sorted(members), 2))
    return found


def _group(
    uses: nx.Graph,
    number: int,
    members: list[Ref],
    together: Counter[tuple[Ref, Ref]],
    seeds: int,
    claims: Mapping[Ref, set[Ref]],
) -> Group:
    pairs = list(combinations(sorted(members), 2)) if len(members) ** 2 <= MOST_PAIRS else []
    stability = sum(together[pair] for pair in pairs) / (seeds * len(pairs)) if pairs else None
    inside = {iri for one, other, used in uses.subgraph(members).edges(data="strategies") for iri in used}
    kinds = uses.nodes(data=KIND)
    return Group(
        number,
        tuple(node for node in members if kinds[node] == "network"),
        tuple(node for node in members if kinds[node] == "practice"),
        stability,
        tuple(sorted(inside)),
        _tying(inside, claims),
    )


def _used(uses: nx.Graph, pair: Pair) -> set[Ref]:
    edges = [(practice, network) for practice in (pair.practice, pair.other) for network in pair.networks]
    return {strategy for edge in edges for strategy in uses.edges[edge]["strategies"]}


def _tying(strategies: Iterable[Ref], claims: Mapping[Ref, set[Ref]]) -> tuple[Ref, ...]:
    return tuple(sorted({claim for strategy in strategies for claim in claims.get(strategy, ())}))


def _claims_of_strategies(graph: Graph) -> dict[Ref, set[Ref]]:
    found: dict[Ref, set[Ref]] = {}
    for claim, strategy in graph.select(STRATEGIES).rows:
        found.setdefault(Ref(str(strategy)), set()).add(Ref(str(claim)))
    return found
