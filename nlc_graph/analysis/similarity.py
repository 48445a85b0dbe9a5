"""Rank networks by how similar their practices or aims are to those of one network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import networkx as nx

from ..evidence.claims_table import ClaimRow, claims_table
from ..evidence.impacts import Impact
from ..graph.graph import Graph
from ..projection import reported_links, to_practice_networks
from ..table import Ref
from ..vocabulary import local_name
from .claims import count_values, to_ref
from .findings import Findings, to_table

FOCUS = """
SELECT DISTINCT ?network ?outcome WHERE {
  ?unit nlc:focusesOn ?outcome ; (org:memberOf|nlc:within)* ?network .
  ?network a nlc:Network .
}
"""
NETWORKS = "SELECT ?network WHERE { ?network a nlc:Network }"

#: A practice of a similar network with a result reported there.
OTHERS = ("peer", "practice", "outcome", "how_far", "claims")
#: Outcome types that a network aims at, with the claims that say so.
Aims = Mapping[Ref, Set[Ref]]


class Peer(NamedTuple):
    """Another network, with what both share."""

    network: Ref
    by_practices: float
    by_aims: float
    shared_practices: tuple[Ref, ...]
    shared_aims: tuple[Ref, ...]
    uses: tuple[Ref, ...]
    claims: tuple[Ref, ...]

    def similarity(self, by: str) -> float:
        """Return the number that decides the order."""
        both = {"practices": self.by_practices, "aims": self.by_aims}
        return both[by] if by in both else max(both.values())


def rank_similar_networks(graph: Graph, network: str, *, by: str = "either", most: int = 3) -> Findings:
    """Rank the other networks by similarity, and list practices of the nearest that this one does not use.

    :param by: ``practices``, ``aims``, or ``either`` (the larger of the two)
    :param most: number of similar networks whose practices are listed
    """
    own, label = Ref(network), graph.names.label
    claims = list(claims_table(graph).rows())
    uses, aims = to_practice_networks(graph), _read_aims(graph, claims)
    networks = {to_ref(value) for value in graph.select(NETWORKS).column("network")}
    uses.add_nodes_from(networks)
    rows = [_compare(graph, uses, aims, own, other) for other in networks - {own}]
    rows.sort(key=lambda row: (-row.similarity(by), label(row.network), row.network))
    nearest = [row.network for row in rows if row.similarity(by)][:most]
    return Findings(
        "peers",
        {
            "peers": to_table(Peer._fields, rows),
            "practices of the nearest": to_table(OTHERS, _other_practices(graph, claims, uses, own, nearest)),
        },
        {"practices": len(uses[own]), "aims": len(aims.get(own, ())), "nearest": len(nearest)},
    )


def jaccard(one: Set[Ref], other: Set[Ref]) -> float:
    """Return shared members divided by all members; 0 for two empty sets.

    >>> jaccard({Ref("a"), Ref("b")}, {Ref("b"), Ref("c")})
    0.3333333333333333
    """
    return len(one & other) / len(one | other) if one or other else 0.0


def _read_aims(graph: Graph, claims: Iterable[ClaimRow]) -> dict[Ref, dict[Ref, set[Ref]]]:
    """Return the outcome types that each network focuses on or that claims of intent name, with these claims."""
    found: dict[Ref, dict[Ref, set[Ref]]] = defaultdict(lambda: defaultdict(set))
    for network, outcome in graph.select(FOCUS).rows:
        found[to_ref(network)][to_ref(outcome)].update()
    for claim in claims:
        for about in claim.networks if local_name(claim.link) == "intended" else ():
            found[about][claim.outcome].add(claim.claim)
    return found


def _compare(graph: Graph, uses: nx.Graph, aims: Mapping[Ref, Aims], own: Ref, other: Ref) -> Peer:
    practices, others = set(uses[own]), set(uses[other])
    own_aims, other_aims = aims.get(own, {}), aims.get(other, {})
    shared_practices = practices & others
    shared_aims = own_aims.keys() & other_aims.keys()
    edges = [uses.edges[practice, network] for practice in shared_practices for network in (own, other)]
    return Peer(
        other,
        by_practices=jaccard(practices, others),
        by_aims=jaccard(own_aims.keys(), other_aims.keys()),
        shared_practices=_by_label(graph, shared_practices),
        shared_aims=_by_label(graph, shared_aims),
        uses=_union(edge["strategies"] for edge in edges),
        claims=_union(of[aim] for aim in shared_aims for of in (own_aims, other_aims)),
    )


def _other_practices(
    graph: Graph, claims: Iterable[ClaimRow], uses: nx.Graph, own: Ref, nearest: Sequence[Ref]
) -> Iterator[tuple[object, ...]]:
    """Yield each practice that a similar network uses and this one does not, with each outcome reported there."""
    by_iri = {claim.claim: claim for claim in claims}
    links: dict[Ref, list[Impact]] = defaultdict(list)
    for link in reported_links(graph):
        links[link.practice].append(link)
    for peer in nearest:
        for practice in _by_label(graph, set(uses[peer]) - set(uses[own])):
            reported = [link for link in links[practice] if peer in link.networks]
            for link in reported:
                there = [claim for claim in link.claims if peer in by_iri[claim].networks]
                link_types = count_values(local_name(by_iri[claim].link) for claim in there)
                yield peer, practice, link.outcome, link_types, tuple(there)
            if not reported:
                yield peer, practice, None, "", ()


def _union(sets: Iterable[Iterable[Ref]]) -> tuple[Ref, ...]:
    return tuple(sorted(set().union(*sets)))


def _by_label(graph: Graph, iris: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(sorted(iris, key=lambda iri: (graph.names.label(iri), iri)))
