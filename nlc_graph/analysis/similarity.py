"""Networks with similar practices or aims, and what they did that a given one did not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from typing import NamedTuple

from ..evidence.impacts import PREFIX
from ..graph.graph import Graph
from ..projection import LINKAGE, USERS, Tie, networks_of_claims, reported_links, side, to_practice_networks
from ..table import Ref, Value
from ..vocabulary import local_name
from .findings import DESCRIPTION, Findings, part

#: What a network sets out to do: outcome types that the source names as its focus, and those of claims of intent.
AIMS = (
    PREFIX
    + """
SELECT DISTINCT ?network ?outcome ?claim WHERE {
  ?unit (org:memberOf|nlc:within)* ?network .
  ?network a nlc:Network .
  { ?unit nlc:focusesOn ?outcome }
  UNION
  { ?claim nlc:about ?unit ; nlc:linkType <https://w3id.org/nlc-graph/link/intended> ; nlc:outcome ?outcome }
}
"""
)
TYPES = PREFIX + "SELECT DISTINCT ?claim ?link WHERE { ?claim a nlc:Claim ; nlc:linkType ?link }"
ALL = PREFIX + "SELECT ?network WHERE { ?network a nlc:Network }"


class Peer(NamedTuple):
    """Another network.

    :param by_practices: Jaccard similarity of the sets of practices, 0 to 1
    :param by_aims: Jaccard similarity of the sets of outcome types aimed at, 0 to 1
    :param uses: the strategies of both networks that use the shared practices
    :param claims: the claims of both that intend the shared aims; a focus that the source names rests on no claim
    """

    network: Ref
    by_practices: float
    by_aims: float
    shared_practices: tuple[Ref, ...]
    shared_aims: tuple[Ref, ...]
    uses: tuple[Ref, ...]
    claims: tuple[Ref, ...]


class Elsewhere(NamedTuple):
    """A practice that a peer uses and the network does not.

    :param outcome: an outcome type tied to the practice in that peer; None if no result is reported there
    :param how_far: link types of the claims, with their number
    """

    peer: Ref
    practice: Ref
    outcome: Ref | None
    how_far: str
    claims: tuple[Ref, ...]


BRIEF = ("network", "by_practices", "by_aims", "shared_practices", "shared_aims", "claims")


def peers(graph: Graph, network: str, *, by: str = "either", most: int = 3) -> Findings:
    """Rank the other networks by similarity, and list what the nearest did that this one did not.

    :param by: what makes them similar: ``practices``, ``aims``, or ``either`` (the larger of the two)
    :param most: number of peers whose practices are listed
    """
    graph.read_ahead((*LINKAGE, USERS, AIMS, ALL, TYPES), shown=("practice", "outcome", "network", "strategy"))
    uses = to_practice_networks(graph)
    networks = sorted({Ref(str(iri)) for iri in graph.select(ALL).column("network")})
    practices = {iri: set(uses[iri]) if iri in uses else set() for iri in networks}
    aims: dict[Ref, set[Ref]] = defaultdict(set)
    intent: dict[tuple[str, str], set[Ref]] = defaultdict(set)
    for one, outcome, claim in graph.select(AIMS).rows:
        aims[Ref(str(one))].add(Ref(str(outcome)))
        intent[str(one), str(outcome)].update([Ref(str(claim))] if claim else [])
    own = Ref(network)
    rows = [
        Peer(
            other,
            jaccard(practices[own], practices[other]),
            jaccard(aims[own], aims[other]),
            _by_label(graph, practices[own] & practices[other]),
            _by_label(graph, aims[own] & aims[other]),
            tuple(
                sorted(
                    {
                        s
                        for p in practices[own] & practices[other]
                        for n in (own, other)
                        for s in uses.edges[p, n]["strategies"]
                    }
                )
            ),
            tuple(sorted({claim for aim in aims[own] & aims[other] for n in (own, other) for claim in intent[n, aim]})),
        )
        for other in networks
        if other != own
    ]
    rows.sort(key=lambda row: (-_similarity(row, by), graph.names.label(row.network), row.network))
    nearest = [row for row in rows if _similarity(row, by)][:most]
    links = reported_links(graph)
    of, types = networks_of_claims(graph), {_iri(claim): _iri(tie) for claim, tie in graph.select(TYPES).rows}
    elsewhere = [
        found
        for row in nearest
        for practice in _by_label(graph, practices[row.network] - practices[own])
        for found in _elsewhere(links, row.network, practice, of, types)
    ]
    name = graph.names.label(network)
    return Findings(
        "peers",
        (
            part("peers", Peer, rows, brief=BRIEF),
            part(
                "what the nearest did besides",
                Elsewhere,
                elsewhere,
                f"practices that {name} is not reported to use, of the {len(nearest)} nearest that share something; "
                "without an outcome where no result is reported there",
            ),
        ),
        (
            (
                "practices",
                f"of {name}: {len(practices[own])}, its own and its schools' and groups'; in all {len(side(uses, 0))}",
            ),
            ("aims", f"of {name}: {len(aims[own])} outcome types named as its focus, or intended by a claim about it"),
            (
                "similarity",
                f"shared divided by all of the two (Jaccard 1912), 0 to 1; order by {by}; wider concepts do not count",
            ),
            (
                "mind",
                f"that a practice is not reported for a network does not say that it was not used there; {DESCRIPTION}",
            ),
        ),
    )


def _similarity(row: Peer, by: str) -> float:
    return {"practices": row.by_practices, "aims": row.by_aims}.get(by, max(row.by_practices, row.by_aims))


def jaccard(one: Set[Ref], other: Set[Ref]) -> float:
    """Return shared members divided by all members; 0 for two empty sets.

    >>> jaccard({Ref("a"), Ref("b")}, {Ref("b"), Ref("c")})
    0.3333333333333333
    """
    return len(one & other) / len(one | other) if one or other else 0.0


def _elsewhere(
    links: tuple[Tie, ...], peer: Ref, practice: Ref, networks: Mapping[Ref, list[Ref]], types: Mapping[Ref, Ref]
) -> list[Elsewhere]:
    found = []
    for link in links:
        if link.practice == practice and peer in link.networks:
            told = tuple(claim for claim in link.claims if peer in networks.get(claim, ()))
            counts = Counter(local_name(types[claim]) for claim in told)
            how_far = ", ".join(f"{name} {number}" for name, number in sorted(counts.items()))
            found.append(Elsewhere(peer, practice, link.outcome, how_far, told))
    return found or [Elsewhere(peer, practice, None, "", ())]


def _iri(value: Value) -> Ref:
    return value if isinstance(value, Ref) else Ref(str(value))


def _by_label(graph: Graph, iris: Set[Ref]) -> tuple[Ref, ...]:
    return tuple(sorted(iris, key=lambda iri: (graph.names.label(iri), iri)))
