"""Practice–outcome links, uses of practices, and claims as networkx graphs.

Nodes are IRIs in the order of their labels, so that the same data give the same graph. No graph is directed: a link
between a practice and an outcome type is a reported relationship, not an effect.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, NamedTuple

import networkx as nx

from ..evidence.claims_table import ClaimRow, claims_table
from ..evidence.filters import Filters
from ..evidence.impacts import Impact, find_impacts
from ..graph.graph import Graph
from ..graph.names import NameIndex
from ..table import Ref
from ..vocabulary import BASE, local_name

#: Node attributes: label; kind (``network``, ``strategy``, ``practice``, ``outcome``, ``feature``, or ``unit`` for the
#: school or group that a claim of no network is about); side of a bipartite graph, 0 or 1, as networkx reads it.
LABEL, KIND, SIDE = "label", "kind", "bipartite"
#: Edge attribute: what was counted.
WEIGHT = "weight"
#: Edge attributes with tuples of IRIs in a fixed order, and the number of items that support the claims.
CLAIM_IRIS, NETWORK_IRIS, FEATURE_IRIS, EVIDENCE_COUNT = "claims", "networks", "features", "evidence"
DIRECTION_IRIS, EVIDENCE_IRIS, ENQUIRY_IRIS = "directions", "evidence_items", "enquiries"
#: Edge attributes of the multigraph: its relation (``claim``, ``practice``, ``used by``, ``under feature``), and for a
#: claim its link type, its direction, and whether it is about several strategies jointly.
RELATION, LINK_TYPE, DIRECTION, JOINT = "relation", "link", "direction", "joint"

#: What the weight of a link counts: networks, claims, or the evidence items that support them.
Count = Literal["networks", "claims", "evidence"]
#: Link types of reported results, as opposed to aims.
REPORTED = frozenset(f"{BASE}link/{name}" for name in ("attributed", "co-reported"))

PRACTICES = "SELECT ?strategy ?practice WHERE { ?strategy nlc:practice ?practice }"
#: The networks that use a strategy, themselves or through a school or group.
USERS = """SELECT DISTINCT ?strategy ?network WHERE {
  ?strategy a nlc:Strategy ; nlc:usedBy ?unit .
  ?unit (org:memberOf|nlc:within)* ?network .
  ?network a nlc:Network .
}"""
USES = USERS.replace("?strategy ?network WHERE {", "?practice ?network ?strategy { ?strategy nlc:practice ?practice .")
#: The key features to which the outcome types of claims belong by content.
CONTENT = """SELECT DISTINCT ?outcome ?feature WHERE {
  { SELECT DISTINCT ?outcome WHERE { ?claim a nlc:Claim ; nlc:outcome ?outcome } }
  ?outcome skos:broader*/nlc:underFeature ?feature
}"""


def reported_links(graph: Graph) -> tuple[Impact, ...]:
    """Return the practice–outcome links with an attributed or co-reported claim, whatever its direction."""
    return find_impacts(graph, Filters(links=REPORTED)).links


def to_bipartite(links: Iterable[Impact], names: NameIndex, *, count: Count = "networks") -> nx.Graph:
    """Project links on practices (:data:`SIDE` 0) and outcome types (:data:`SIDE` 1).

    Edges have :data:`WEIGHT`, :data:`CLAIM_IRIS`, :data:`NETWORK_IRIS`, :data:`FEATURE_IRIS`, :data:`DIRECTION_IRIS`
    and :data:`EVIDENCE_COUNT`. A link whose claims are about no network has weight 0 when networks are counted.
    """
    links = sorted(links, key=lambda link: (link.practice, link.outcome))
    found = nx.Graph()
    _add_nodes(found, {link.practice for link in links}, "practice", names, **{SIDE: 0})
    _add_nodes(found, {link.outcome for link in links}, "outcome", names, **{SIDE: 1})
    for link in links:
        evidence = sum(link.evidence.values())
        counts = {"networks": len(link.networks), "claims": len(link.claims), "evidence": evidence}
        data = {
            WEIGHT: counts[count],
            CLAIM_IRIS: link.claims,
            NETWORK_IRIS: tuple(sorted(link.networks)),
            FEATURE_IRIS: tuple(sorted(link.features)),
            DIRECTION_IRIS: tuple(link.directions),
            EVIDENCE_COUNT: evidence,
        }
        found.add_edge(link.practice, link.outcome, **data)
    return found


def to_practice_networks(graph: Graph) -> nx.Graph:
    """Project on practices (:data:`SIDE` 0) and the networks that use them (:data:`SIDE` 1).

    A use is a strategy of the network itself, or of one of its schools or groups; :data:`WEIGHT` counts strategies,
    and ``strategies`` lists them.
    """
    uses: dict[tuple[Ref, Ref], set[Ref]] = defaultdict(set)
    for cells in graph.select(USES).rows:
        practice, network, strategy = (Ref(str(cell)) for cell in cells)
        uses[practice, network].add(strategy)
    found = nx.Graph()
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

    Two nodes are joined if they share a neighbour; a shared neighbour of degree k adds 1/(k - 1) to the weight
    (M. E. J. Newman, Scientific collaboration networks II, Physical Review E 64, 016132, 2001). Weights of the
    bipartite graph are not used.
    """
    return nx.bipartite.collaboration_weighted_projected_graph(bipartite, side(bipartite, number))


class _Edge(NamedTuple):
    key: str
    start: Ref
    end: Ref
    kinds: tuple[str, str]
    data: dict[str, object]


def to_multigraph(graph: Graph) -> nx.MultiGraph:
    """Project on networks, strategies, practices, outcome types and key features, with claims as edges.

    An edge with :data:`RELATION` ``claim`` has the claim's IRI as key. It joins each strategy of the claim to its
    outcome type; without strategy, the networks it is about, or else the units. It has :data:`LINK_TYPE` and
    :data:`DIRECTION` (last parts of their IRIs), :data:`JOINT`, :data:`FEATURE_IRIS`, :data:`NETWORK_IRIS`,
    :data:`EVIDENCE_COUNT` and :data:`EVIDENCE_IRIS` of supporting items and, if the graph has several enquiries,
    :data:`ENQUIRY_IRIS`. The other edges join strategies to practices and networks, and outcome types to the key
    feature to which they belong by content; their key is the relation. Only what has an edge is a node.
    """
    rows = list(claims_table(graph).rows())
    several = len({enquiry for row in rows for enquiry in row.enquiries}) > 1
    edges = [edge for row in rows for edge in _claim_edges(row, enquiries=several)]
    for query, kinds, relation in (
        (PRACTICES, ("strategy", "practice"), "practice"),
        (USERS, ("strategy", "network"), "used by"),
        (CONTENT, ("outcome", "feature"), "under feature"),
    ):
        for start, end in graph.select(query).rows:
            edges.append(_Edge(relation, Ref(str(start)), Ref(str(end)), kinds, {RELATION: relation}))
    nodes: dict[str, set[Ref]] = defaultdict(set)
    for edge in edges:
        nodes[edge.kinds[0]].add(edge.start)
        nodes[edge.kinds[1]].add(edge.end)
    found = nx.MultiGraph()
    for kind in ("network", "unit", "strategy", "practice", "outcome", "feature"):
        _add_nodes(found, nodes[kind], kind, graph.names)
    for edge in sorted(edges, key=lambda edge: edge[:3]):
        found.add_edge(edge.start, edge.end, key=edge.key, **edge.data)
    return found


def _claim_edges(row: ClaimRow, *, enquiries: bool) -> list[_Edge]:
    supporting = tuple(item.item for item in row.evidence if item.supports)
    data: dict[str, object] = {
        RELATION: "claim",
        LINK_TYPE: local_name(row.link),
        DIRECTION: local_name(row.direction or ""),
        JOINT: len(row.strategies) > 1,
        FEATURE_IRIS: (row.feature,) if row.feature else (),
        NETWORK_IRIS: row.networks,
        EVIDENCE_COUNT: len(supporting),
        EVIDENCE_IRIS: supporting,
    }
    if enquiries:
        data[ENQUIRY_IRIS] = row.enquiries
    kind = "strategy" if row.strategies else "network" if row.networks else "unit"
    ends = row.strategies or row.networks or row.units
    return [_Edge(row.claim, end, row.outcome, (kind, "outcome"), data) for end in ends]


def _add_nodes(found: nx.Graph, iris: Iterable[Ref], kind: str, names: NameIndex, **data: object) -> None:
    for iri in sorted(iris, key=lambda iri: (names.label(iri), iri)):
        found.add_node(iri, **{LABEL: names.label(iri), KIND: kind, **data})
