"""The linkage as networkx: claims as edges, practices beside outcome types, what goes together.

Everything here is made of answers to SELECT queries, so it works alike on the embedded store and on an endpoint. Nodes
are IRIs, in the order of their labels, so that the same data gives the same graph, seed by seed. The graphs are plain
networkx graphs: its algorithms run on them with any backend (``nx.config.backend_priority``, for instance nx-parallel).

No graph here is directed: a link between a practice and an outcome type is a reported relationship.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import networkx as nx

from ..evidence.filters import of_enquiry
from ..evidence.impacts import CLAIMS, EVIDENCE, PREFIX
from ..graph.graph import Graph
from ..graph.names import NameIndex
from ..table import Ref, Value
from ..vocabulary import BASE, local_name

#: Attributes of nodes: the preferred label, and what sort of thing it is (``network``, ``strategy``, ``practice``,
#: ``outcome``, ``feature``, or ``unit`` for the school or group that a claim of no single network is about).
LABEL, KIND = "label", "kind"
#: Attribute of a node of a bipartite graph, as :mod:`networkx.algorithms.bipartite` reads it: 0 or 1.
SIDE = "bipartite"
#: Attribute of an edge: what was counted, a whole number of at least 0.
WEIGHT = "weight"
#: Attributes of an edge that gathers claims: their IRIs, the networks they are about, the key features under which
#: they are reported (tuples in a fixed order), and how many pieces of evidence support them.
CLAIM_IRIS, NETWORK_IRIS, FEATURE_IRIS, EVIDENCE_COUNT = "claims", "networks", "features", "evidence"
#: Attributes of an edge of the multigraph: its relation (``claim``, ``practice``, ``used by``, ``under feature``), for
#: a claim also its link type and whether it ties several strategies jointly.
RELATION, LINK_TYPE, JOINT = "relation", "link", "joint"

#: The enquiries whose sources state a claim.
ENQUIRY_IRIS = "enquiries"
#: What the weight of a link can count: distinct networks, claims, or pieces of evidence that support one of them.
Count = Literal["networks", "claims", "evidence"]
COUNTS: tuple[Count, ...] = ("networks", "claims", "evidence")
#: Impact types of results that are reported; an aim that is only intended is none.
REPORTED = frozenset(f"{BASE}link/{name}" for name in ("attributed", "co-reported"))

#: One row a claim of a result that is reported, and key feature.
RESULTS = (
    PREFIX
    + """
SELECT DISTINCT ?claim ?outcome ?link ?feature WHERE {
  VALUES ?link { LINKS }
  ?claim nlc:linkType ?link ; nlc:outcome ?outcome .
  OPTIONAL { ?claim nlc:reportedUnder ?feature }
}
""".replace("LINKS", " ".join(f"<{iri}>" for iri in sorted(REPORTED)))
)
STRATEGIES = PREFIX + "SELECT ?claim ?strategy WHERE { ?claim nlc:strategy ?strategy }"
UNITS = PREFIX + "SELECT DISTINCT ?claim ?unit WHERE { ?claim a nlc:Claim ; nlc:about ?unit }"
#: One row a unit and the network that it is, or that it belongs to. Joined to claims in Python: a path from every claim
#: takes several times as long.
BELONGING = (
    PREFIX
    + "SELECT DISTINCT ?unit ?network WHERE { ?network a nlc:Network . ?unit (org:memberOf|nlc:within)* ?network }"
)
ENQUIRIES_OF_CLAIMS = (
    PREFIX + f"SELECT DISTINCT ?claim ?enquiry WHERE {{ ?claim a nlc:Claim . {of_enquiry('?enquiry')} }}"
)
PRACTICES = PREFIX + "SELECT ?strategy ?practice WHERE { ?strategy nlc:practice ?practice }"
USERS = (
    PREFIX
    + """
SELECT DISTINCT ?strategy ?network WHERE {
  ?strategy a nlc:Strategy ; nlc:usedBy ?unit .
  ?unit (org:memberOf|nlc:within)* ?network .
  ?network a nlc:Network .
}
"""
)
CONTENT = (
    PREFIX
    + """
SELECT DISTINCT ?outcome ?feature WHERE {
  { SELECT DISTINCT ?outcome WHERE { ?claim a nlc:Claim ; nlc:outcome ?outcome } }
  ?outcome skos:broader*/nlc:underFeature ?feature
}
"""
)


#: What :func:`reported_links` asks, to be read ahead together.
LINKAGE = (STRATEGIES, PRACTICES, UNITS, BELONGING, EVIDENCE, RESULTS)


class Tie(NamedTuple):
    """What ties one practice to one outcome type, as far as graphs need it; see :class:`~nlc_graph.links.Link`.

    :param links: link type to number of claims
    :param evidence: kind of evidence to number of items that support the claims
    """

    practice: Ref
    outcome: Ref
    features: tuple[Ref, ...]
    networks: tuple[Ref, ...]
    links: Mapping[Ref, int]
    claims: tuple[Ref, ...]
    evidence: Mapping[Ref, int]


def reported_links(graph: Graph) -> tuple[Tie, ...]:
    """Return the practice–outcome links that rest on an attributed or co-reported claim, whatever the direction.

    The same as :func:`~nlc_graph.evidence.impacts.find_impacts` filtered by :data:`REPORTED`, in that order, without
    what graphs do not need: a hundred thousand claims take little more than half the time.
    """
    strategies, practices = _grouped(graph, STRATEGIES), _grouped(graph, PRACTICES)
    networks = networks_of_claims(graph)
    evidence: dict[Ref, dict[Ref, Ref]] = defaultdict(dict)
    for claim, item, kind in graph.select(EVIDENCE).rows:
        evidence[_iri(claim)][_iri(item)] = _iri(kind)
    cells: dict[tuple[Ref, Ref], list[tuple[Ref, Ref, Ref | None]]] = defaultdict(list)
    for claim, outcome, link, feature in graph.select(RESULTS).rows:
        found = (_iri(claim), _iri(link), _iri(feature) if feature else None)
        for practice in {practice for used in strategies.get(found[0], ()) for practice in practices.get(used, ())}:
            cells[practice, _iri(outcome)].append(found)
    ties = []
    for (practice, outcome), of in cells.items():
        claims = sorted({claim for claim, _, _ in of})
        items = {item: kind for claim in claims for item, kind in evidence.get(claim, {}).items()}
        ties.append(
            Tie(
                *(practice, outcome, tuple(sorted({feature for _, _, feature in of if feature}))),
                tuple(sorted({network for claim in claims for network in networks.get(claim, ())})),
                _in_order(link for _, link in {(claim, link) for claim, link, _ in of}),
                *(tuple(claims), _in_order(items.values())),
            )
        )
    graph.names.prepare(iri for cell in cells for iri in cell)
    return tuple(sorted(ties, key=lambda tie: _strongest_first(tie, graph.names)))


def networks_of_claims(graph: Graph) -> dict[Ref, list[Ref]]:
    """Return for each claim about a network, or a school or group of one, the networks."""
    belonging = _grouped(graph, BELONGING)
    found = {
        claim: sorted({network for unit in units for network in belonging.get(unit, ())})
        for claim, units in _grouped(graph, UNITS).items()
    }
    return {claim: networks for claim, networks in found.items() if networks}


def _strongest_first(tie: Tie, things: NameIndex) -> tuple[object, ...]:
    weak = not any(local_name(link) == "attributed" for link in tie.links)
    labels = things.label(tie.practice), things.label(tie.outcome)
    return weak, -len(tie.networks), -len(tie.claims), *labels, tie.practice, tie.outcome


def _in_order(iris: Iterable[Ref]) -> dict[Ref, int]:
    return dict(sorted(Counter(iris).items()))


def to_bipartite(links: Iterable[Tie], things: NameIndex, *, count: Count = "networks") -> nx.Graph:
    """Project links on practices (:data:`SIDE` 0) and outcome types (:data:`SIDE` 1).

    Nodes have :data:`LABEL`, :data:`KIND`, :data:`SIDE`. Edges have :data:`WEIGHT`, :data:`CLAIM_IRIS`,
    :data:`NETWORK_IRIS`, :data:`FEATURE_IRIS`, :data:`EVIDENCE_COUNT`. A link whose claims are about no single network
    has weight 0 when networks are counted; it is an edge all the same.
    """
    links = list(links)
    found = nx.Graph()
    for side, kind, iris in (
        (0, "practice", {link.practice for link in links}),
        (1, "outcome", {link.outcome for link in links}),
    ):
        _add_nodes(found, iris, kind, things, **{SIDE: side})
    for link in sorted(links, key=lambda each: (each.practice, each.outcome)):
        evidence = sum(link.evidence.values())
        counts = {"networks": len(link.networks), "claims": len(link.claims), "evidence": evidence}
        found.add_edge(
            link.practice,
            link.outcome,
            **{
                WEIGHT: counts[count],
                CLAIM_IRIS: link.claims,
                NETWORK_IRIS: link.networks,
                FEATURE_IRIS: link.features,
                EVIDENCE_COUNT: evidence,
            },
        )
    return found


def to_practice_networks(graph: Graph) -> nx.Graph:
    """Project on practices (:data:`SIDE` 0) and the networks that use them (:data:`SIDE` 1).

    A use is a strategy of the network itself, or of one of its schools or groups; :data:`WEIGHT` counts strategies,
    and ``strategies`` names them. Practices of no network are left out.
    """
    users, practices = _grouped(graph, USERS), _grouped(graph, PRACTICES)
    uses: dict[tuple[Ref, Ref], set[Ref]] = defaultdict(set)
    for strategy, networks in users.items():
        for practice in practices.get(strategy, ()):
            for network in networks:
                uses[practice, network].add(strategy)
    found = nx.Graph()
    graph.names.prepare(iri for pair in uses for iri in pair)
    _add_nodes(found, {practice for practice, _ in uses}, "practice", graph.names, **{SIDE: 0})
    _add_nodes(found, {network for _, network in uses}, "network", graph.names, **{SIDE: 1})
    for (practice, network), strategies in sorted(uses.items()):
        found.add_edge(practice, network, **{WEIGHT: len(strategies), "strategies": tuple(sorted(strategies))})
    return found


def side(bipartite: nx.Graph, number: int) -> list[Ref]:
    """Return the nodes of one side of a bipartite graph, in its order."""
    return [node for node, at in bipartite.nodes(data=SIDE) if at == number]


def to_one_mode(bipartite: nx.Graph, number: int) -> nx.Graph:
    """Project a bipartite graph on one side, 0 or 1, with Newman's collaboration weighting.

    Two nodes are joined if they share a neighbour; a shared neighbour of degree k adds 1/(k - 1), so that one which
    joins many tells less of each pair (M. E. J. Newman, Scientific collaboration networks II, Physical Review E 64,
    016132, 2001). Weights of the bipartite graph are not used.
    """
    return nx.bipartite.collaboration_weighted_projected_graph(bipartite, side(bipartite, number))


def to_multigraph(graph: Graph) -> nx.MultiGraph:
    """Project on networks, strategies, practices, outcome types and key features, with claims as edges.

    An edge with :data:`RELATION` ``claim`` has the claim's IRI as key. It joins each strategy that the claim ties
    to its outcome type; where it ties none, the networks it is about, or else the units. It has :data:`LINK_TYPE`
    (last part of the IRI), :data:`JOINT`, :data:`FEATURE_IRIS`, :data:`NETWORK_IRIS`, :data:`EVIDENCE_COUNT` and, where
    the graph holds several enquiries, :data:`ENQUIRY_IRIS`. The other
    edges join strategies to their practices and networks, and outcome types to the key feature to which they belong by
    content; their key is the relation. Only what has an edge is a node.
    """
    strategies, units = _grouped(graph, STRATEGIES), _grouped(graph, UNITS)
    networks = networks_of_claims(graph)
    evidence = _grouped(graph, EVIDENCE)
    enquiries = _grouped(graph, ENQUIRIES_OF_CLAIMS)
    several = len({iri for of in enquiries.values() for iri in of}) > 1
    edges: list[tuple[Ref, str, Ref, str, str, dict[str, object]]] = []
    for claim, outcome, feature, _, link, *_ in graph.select(CLAIMS).rows:
        claim, outcome = Ref(str(claim)), Ref(str(outcome))
        tied, about = strategies.get(claim, []), networks.get(claim, [])
        ends = [(iri, "strategy") for iri in tied] or [(iri, "network") for iri in about]
        data: dict[str, object] = {
            LINK_TYPE: local_name(str(link)),
            JOINT: len(tied) > 1,
            FEATURE_IRIS: (Ref(str(feature)),) if feature else (),
            NETWORK_IRIS: tuple(about),
            EVIDENCE_COUNT: len(evidence.get(claim, [])),
            **({ENQUIRY_IRIS: tuple(enquiries.get(claim, ()))} if several else {}),
        }
        for end, kind in ends or [(iri, "unit") for iri in units.get(claim, [])]:
            edges.append((end, kind, outcome, "outcome", claim, {RELATION: "claim", **data}))
    for query, one, other, relation in (
        (PRACTICES, "strategy", "practice", "practice"),
        (USERS, "strategy", "network", "used by"),
        (CONTENT, "outcome", "feature", "under feature"),
    ):
        for start, ends_ in _grouped(graph, query).items():
            edges += [(start, one, end, other, relation, {RELATION: relation}) for end in ends_]
    return _multigraph(edges, graph.names)


def _multigraph(edges: Sequence[tuple[Ref, str, Ref, str, str, dict[str, object]]], things: NameIndex) -> nx.MultiGraph:
    kinds: dict[str, set[Ref]] = defaultdict(set)
    for start, one, end, other, *_ in edges:
        kinds[one].add(start)
        kinds[other].add(end)
    found = nx.MultiGraph()
    things.prepare(iri for iris in kinds.values() for iri in iris)
    for kind in ("network", "unit", "strategy", "practice", "outcome", "feature"):
        _add_nodes(found, kinds[kind], kind, things)
    for start, _, end, _, key, data in sorted(edges, key=lambda edge: (edge[4], edge[0], edge[2])):
        found.add_edge(start, end, key=key, **data)
    return found


def _add_nodes(found: nx.Graph, iris: Iterable[Ref], kind: str, things: NameIndex, **data: object) -> None:
    for iri in sorted(iris, key=lambda iri: (things.label(iri), iri)):
        found.add_node(iri, **{LABEL: things.label(iri), KIND: kind, **data})


def _grouped(graph: Graph, query: str) -> dict[Ref, list[Ref]]:
    """Return for each value of the first column of an answer those of the second, sorted."""
    found: dict[Ref, list[Ref]] = defaultdict(list)
    for one, other, *_ in graph.select(query).rows:
        found[_iri(one)].append(_iri(other))
    return {one: sorted(others) if len(others) > 1 else others for one, others in sorted(found.items())}


def _iri(value: Value) -> Ref:
    return value if isinstance(value, Ref) else Ref(str(value))
