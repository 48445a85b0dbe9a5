"""The one place where the graph becomes networkx: claims as edges, practices beside outcome types, what goes together.

Everything here is made of answers to SELECT queries, so it works alike on the embedded store and on an endpoint. Nodes
are IRIs, in the order of their labels, so that the same data gives the same graph, seed by seed. The graphs are plain
networkx graphs: its algorithms run on them with any backend (``nx.config.backend_priority``, for instance nx-parallel).

No graph here is directed: a link between a practice and an outcome type is a reported relationship.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

import networkx as nx
import pyoxigraph as ox

from .graph import Graph
from .links import CLAIMS, EVIDENCE, NETWORKS, PREFIX, Filters, Link, find_links
from .table import Iri
from .things import Things
from .vocabulary import BASE, PREFIXES, RDF_TYPE, local_name

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

#: Datatypes whose values become Python numbers.
NUMBERS = frozenset(f"{PREFIXES['xsd']}{name}" for name in ("integer", "decimal", "double"))
#: Attribute names to which Gephi, Cytoscape, KGX or networkx give a meaning of their own.
RESERVED = frozenset(
    "id iri label kind key name value start end pid type weight source target parents viz spells slices category"
    " predicate subject object".split()
)

#: What the weight of a link can count: distinct networks, claims, or pieces of evidence that support one of them.
Count = Literal["networks", "claims", "evidence"]
COUNTS: tuple[Count, ...] = ("networks", "claims", "evidence")
#: Link types of results that are reported; an aim that is only intended is none.
REPORTED = frozenset(f"{BASE}link/{name}" for name in ("attributed", "co-reported"))

STRATEGIES = PREFIX + "SELECT DISTINCT ?claim ?strategy WHERE { ?claim a nlc:Claim ; nlc:strategy ?strategy }"
UNITS = PREFIX + "SELECT DISTINCT ?claim ?unit WHERE { ?claim a nlc:Claim ; nlc:about ?unit }"
PRACTICES = PREFIX + "SELECT DISTINCT ?strategy ?practice WHERE { ?strategy a nlc:Strategy ; nlc:practice ?practice }"
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


def reported_links(graph: Graph) -> tuple[Link, ...]:
    """Return the practice–outcome links that rest on an attributed or co-reported claim, whatever the direction."""
    return find_links(graph, Filters(links=REPORTED)).links


def to_bipartite(links: Iterable[Link], things: Things, *, count: Count = "networks") -> nx.Graph:
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
    uses: dict[tuple[Iri, Iri], set[Iri]] = defaultdict(set)
    for strategy, networks in users.items():
        for practice in practices.get(strategy, ()):
            for network in networks:
                uses[practice, network].add(strategy)
    found = nx.Graph()
    graph.things.prepare(iri for pair in uses for iri in pair)
    _add_nodes(found, {practice for practice, _ in uses}, "practice", graph.things, **{SIDE: 0})
    _add_nodes(found, {network for _, network in uses}, "network", graph.things, **{SIDE: 1})
    for (practice, network), strategies in sorted(uses.items()):
        found.add_edge(practice, network, **{WEIGHT: len(strategies), "strategies": tuple(sorted(strategies))})
    return found


def side(bipartite: nx.Graph, number: int) -> list[Iri]:
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
    (last part of the IRI), :data:`JOINT`, :data:`FEATURE_IRIS`, :data:`NETWORK_IRIS`, :data:`EVIDENCE_COUNT`. The other
    edges join strategies to their practices and networks, and outcome types to the key feature to which they belong by
    content; their key is the relation. Only what has an edge is a node.
    """
    strategies, units, networks = (_grouped(graph, query) for query in (STRATEGIES, UNITS, NETWORKS))
    evidence = _grouped(graph, EVIDENCE)
    edges: list[tuple[Iri, str, Iri, str, str, dict[str, object]]] = []
    for claim, outcome, feature, _, link, *_ in graph.select(CLAIMS).rows:
        claim, outcome = Iri(str(claim)), Iri(str(outcome))
        tied, about = strategies.get(claim, []), networks.get(claim, [])
        ends = [(iri, "strategy") for iri in tied] or [(iri, "network") for iri in about]
        data: dict[str, object] = {
            LINK_TYPE: local_name(str(link)),
            JOINT: len(tied) > 1,
            FEATURE_IRIS: (Iri(str(feature)),) if feature else (),
            NETWORK_IRIS: tuple(about),
            EVIDENCE_COUNT: len(evidence.get(claim, [])),
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
    return _multigraph(edges, graph.things)


def _multigraph(edges: Sequence[tuple[Iri, str, Iri, str, str, dict[str, object]]], things: Things) -> nx.MultiGraph:
    kinds: dict[str, set[Iri]] = defaultdict(set)
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


def _add_nodes(found: nx.Graph, iris: Iterable[Iri], kind: str, things: Things, **data: object) -> None:
    for iri in sorted(iris, key=lambda iri: (things.label(iri), iri)):
        found.add_node(iri, **{LABEL: things.label(iri), KIND: kind, **data})


def _grouped(graph: Graph, query: str) -> dict[Iri, list[Iri]]:
    """Return for each value of the first column of an answer those of the second, sorted."""
    found: dict[Iri, list[Iri]] = defaultdict(list)
    for one, other, *_ in graph.select(query).rows:
        found[Iri(str(one))].append(Iri(str(other)))
    return {one: sorted(others) for one, others in sorted(found.items())}


def to_statements(triples: Iterable[ox.Triple], things: Things) -> nx.MultiDiGraph:
    """Project triples whole: every thing a node, every statement about another thing an edge, every text an attribute.

    Nodes are short identifiers with ``iri``, :data:`LABEL`, :data:`KIND` (last part of the class, ``thing`` where none
    is stated) and one attribute a property with a literal value, called by the last part of the property's IRI (see
    :func:`attribute_name`). Values are numbers where all values of the property are single numbers; several are
    joined by ``; ``, in order. Languages and datatypes are left to the RDF formats. Edges have the property's short
    identifier as key and as ``predicate``, and its last part as :data:`LABEL`. Blank nodes are left out.
    """
    found = nx.MultiDiGraph()
    texts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    types: dict[str, set[type]] = defaultdict(set)
    for triple in triples:
        if not isinstance(triple.subject, ox.NamedNode) or isinstance(triple.object, (ox.BlankNode, ox.Triple)):
            continue
        node = things.curie(triple.subject.value)
        _describe(found, node, triple.subject.value, things)
        predicate = triple.predicate.value
        if isinstance(triple.object, ox.Literal):
            name = attribute_name(predicate, things)
            texts[node][name].add(triple.object.value)
            types[name].add(_type(triple.object) if len(texts[node][name]) == 1 else str)
        elif predicate == RDF_TYPE:
            texts[node][KIND].add(local_name(triple.object.value))
        else:
            other = things.curie(triple.object.value)
            _describe(found, other, triple.object.value, things)
            key = things.curie(predicate)
            found.add_edge(node, other, key=key, predicate=key, **{LABEL: local_name(predicate)})
    for node, attributes in texts.items():
        for name, values in sorted(attributes.items()):
            joined = "; ".join(sorted(values))
            if not joined:
                continue  # most formats know no empty text; a thing with an empty label keeps its identifier
            kind = str if str in types[name] else float if float in types[name] else int
            found.nodes[node][name] = kind(joined) if types[name] else joined
    return found


def attribute_name(iri: str, things: Things) -> str:
    """Return what the attribute of a literal is called: the last part of the property's IRI.

    With the prefix before it where other tools give that name a meaning of their own, or where it is no term of ours.
    """
    name, prefix = local_name(iri), things.curie(iri).partition(":")[0]
    if prefix in ("rdfs", "skos") and name in ("label", "prefLabel"):
        return LABEL
    plain = prefix in ("nlc", "skos", "rdfs", "dcterms") and name not in RESERVED
    return name if plain else re.sub(r"\W+", "_", things.curie(iri))


def to_scalars(graph: nx.Graph, things: Things) -> nx.Graph:
    """Return a graph with short identifiers as nodes and keys, and plain texts and numbers as attributes.

    Lists of IRIs become short identifiers with spaces between; nodes have their ``iri``. For formats without lists.
    """

    def plain(value: object) -> object:
        if isinstance(value, tuple):
            return " ".join(things.curie(item) for item in value)
        return things.curie(value) if isinstance(value, Iri) else value

    found = graph.__class__()
    for node, data in graph.nodes(data=True):
        found.add_node(things.curie(node), iri=str(node), **{name: plain(value) for name, value in data.items()})
    for one, other, key, data in graph.edges(keys=True, data=True):
        attributes = {name: plain(value) for name, value in data.items()}
        found.add_edge(things.curie(one), things.curie(other), key=things.curie(key), **attributes)
    return found


def _describe(found: nx.Graph, node: str, iri: str, things: Things) -> None:
    if node not in found:
        found.add_node(node, iri=iri, **{LABEL: things.label(iri), KIND: "thing"})


def _type(literal: ox.Literal) -> type:
    """Return int, float or str: what a literal can become so that every tool reads it."""
    if literal.datatype.value not in NUMBERS or len(literal.value) > 15:
        return str
    if re.fullmatch(r"[+-]?\d+", literal.value, re.ASCII):
        return int
    return float if re.fullmatch(r"[+-]?(\d+\.\d*|\.?\d+)(e[+-]?\d\d?)?", literal.value, re.ASCII | re.I) else str
