"""Practice–outcome links: which practices a source ties to which outcome types, how far, and on what evidence.

A link is a reported relationship, not proof of cause. It gathers the claims that tie at least one use of a practice (a
strategy) to an outcome type; it never exists without them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from .graph import Graph
from .table import Iri, Value
from .things import Things

#: How far a source ties practice to outcome, from most to least.
LINK_TYPES = ("attributed", "co-reported", "intended", "none")

PREFIX = """
PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX org: <http://www.w3.org/ns/org#>
"""

#: One row a claim.
CLAIMS = (
    PREFIX
    + """
SELECT ?claim ?outcome ?feature ?number ?link ?design ?rank WHERE {
  ?claim a nlc:Claim ; nlc:outcome ?outcome ; nlc:linkType ?link .
  OPTIONAL { ?claim nlc:comparisonDesign ?design . ?design skos:notation ?rank }
  OPTIONAL { ?claim nlc:reportedUnder ?feature . OPTIONAL { ?feature skos:notation ?number } }
}
"""
)

#: One row a claim, strategy and practice.
USES = (
    PREFIX
    + "SELECT ?claim ?strategy ?practice WHERE { ?claim nlc:strategy ?strategy . ?strategy nlc:practice ?practice }"
)

#: One row a claim and network: the network itself, or that of the school or group which the claim is about.
NETWORKS = (
    PREFIX
    + """
SELECT ?claim ?network WHERE {
  ?claim a nlc:Claim ; nlc:about ?unit .
  ?unit (org:memberOf|nlc:within)* ?network .
  ?network a nlc:Network .
}
"""
)

#: One row a claim and piece of evidence in its favour.
EVIDENCE = (
    PREFIX
    + """
SELECT ?claim ?item ?kind WHERE { ?claim nlc:supportedBy ?item . ?item nlc:evidenceKind ?kind }
"""
)

#: One row a concept and wider concept.
BROADER = PREFIX + "SELECT ?narrow ?wide WHERE { ?narrow skos:broader ?wide }"


class Link(NamedTuple):
    """What ties one practice to one outcome type.

    :param features: key features under which the source reports the claims
    :param networks: networks that the claims are about, themselves or by one of their schools or groups
    :param links: link type to number of claims
    :param joint: number of the claims that tie several strategies together, so that their parts cannot be told apart
    :param claims: the claims
    :param evidence: kind of evidence to number of items that support the claims
    :param design: the most informative numerical comparison behind any of the claims; None if not known
    """

    practice: Iri
    outcome: Iri
    features: tuple[Iri, ...]
    networks: tuple[Iri, ...]
    links: Mapping[Iri, int]
    joint: int
    claims: tuple[Iri, ...]
    evidence: Mapping[Iri, int]
    design: Iri | None


class Filters(NamedTuple):
    """Which claims count: those that fit one of the values of every filter that has any.

    Practices, outcomes and kinds take their narrower concepts in. ``text`` holds things of any of these sorts: a claim
    fits if it touches one of them.
    """

    practices: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    text: frozenset[str] = frozenset()


class Links(NamedTuple):
    """The links that passed the filters, and how much did not.

    :param links: strongest tie first (attributed before co-reported before intended), then most networks, claims
    :param total: number of links without filters
    :param unlinked_claims: number of claims that fit but tie no practice to their outcome
    """

    links: tuple[Link, ...]
    total: int
    unlinked_claims: int


class _Claim(NamedTuple):
    iri: Iri
    outcome: Iri
    feature: tuple[str, Iri] | None
    link: Iri
    practices: frozenset[Iri]
    joint: bool
    design: tuple[str, Iri] | None
    networks: frozenset[Iri]
    evidence: Mapping[Iri, Iri]


def find_links(graph: Graph, filters: Filters | None = None) -> Links:
    """Return the practice–outcome links of a graph.

    :param filters: which claims count; all when None
    """
    claims = _read_claims(graph)
    filters = filters or Filters()
    wider = _ancestors(graph) if any(filters) else {}
    kept = [
        (claim, practice) for claim in claims for practice in claim.practices if _fits(claim, practice, filters, wider)
    ]
    groups: dict[tuple[Iri, Iri], list[_Claim]] = defaultdict(list)
    for claim, practice in kept:
        groups[practice, claim.outcome].append(claim)
    graph.things.prepare(
        iri
        for (practice, outcome), of in groups.items()
        for claim in of
        for iri in (practice, outcome, claim.link, *claim.networks, *claim.evidence.values(), *_shown(claim))
    )
    found = [_link(practice, outcome, of, graph.things) for (practice, outcome), of in groups.items()]
    return Links(
        tuple(sorted(found, key=lambda link: _order(link, graph.things))),
        len({(practice, claim.outcome) for claim in claims for practice in claim.practices}),
        sum(1 for claim in claims if not claim.practices and _fits(claim, None, filters, wider)),
    )


def find_claims(graph: Graph, filters: Filters | None = None) -> list[Iri]:
    """Return the claims that pass the filters, whether or not they tie a practice to their outcome."""
    filters = filters or Filters()
    wider = _ancestors(graph)
    return [
        claim.iri
        for claim in _read_claims(graph)
        if any(_fits(claim, practice, filters, wider) for practice in (*claim.practices, None))
    ]


def _read_claims(graph: Graph) -> list[_Claim]:
    networks: dict[Value, set[Iri]] = defaultdict(set)
    for about, network in graph.select(NETWORKS).rows:
        networks[about].add(_iri(network))
    evidence: dict[Value, dict[Iri, Iri]] = defaultdict(dict)
    for bearing, item, kind in graph.select(EVIDENCE).rows:
        evidence[bearing][_iri(item)] = _iri(kind)
    strategies: dict[Value, set[Value]] = defaultdict(set)
    practices: dict[Value, set[Iri]] = defaultdict(set)
    for tied, strategy, practice in graph.select(USES).rows:
        strategies[tied].add(strategy)
        practices[tied].add(_iri(practice))
    return [
        _Claim(
            _iri(claim),
            _iri(outcome),
            (str(number or ""), _iri(feature)) if feature else None,
            _iri(link),
            frozenset(practices[claim]),
            len(strategies[claim]) > 1,
            (str(rank), _iri(design)) if design else None,
            frozenset(networks[claim]),
            evidence[claim],
        )
        for claim, outcome, feature, number, link, design, rank in sorted(
            graph.select(CLAIMS).rows, key=lambda row: str(row[0])
        )
    ]


def _ancestors(graph: Graph) -> Mapping[str, set[str]]:
    """Return for each narrower concept all wider ones."""
    parents: dict[str, set[str]] = defaultdict(set)
    for narrow, wide in graph.select(BROADER).rows:
        parents[str(narrow)].add(str(wide))
    wider: dict[str, set[str]] = {}
    for concept in parents:
        seen: set[str] = set()
        todo = [concept]
        while todo:
            new = parents.get(todo.pop(), set()) - seen
            seen |= new
            todo += new
        wider[concept] = seen
    return wider


def _fits(claim: _Claim, practice: Iri | None, filters: Filters, wider: Mapping[str, set[str]]) -> bool:
    if not any(filters):
        return True

    def within(concept: str | None) -> set[str]:
        return {concept, *wider.get(concept, ())} if concept else set()

    practices, outcomes = within(practice), within(claim.outcome)
    features: set[str] = {claim.feature[1]} if claim.feature else set()
    kinds = {wide for kind in claim.evidence.values() for wide in within(kind)}
    tests: Iterable[tuple[frozenset[str], Set[str]]] = (
        (filters.practices, practices),
        (filters.outcomes, outcomes),
        (filters.features, features),
        (filters.networks, claim.networks),
        (filters.kinds, kinds),
        (filters.links, {claim.link}),
        (filters.text, practices | outcomes | features | claim.networks),
    )
    return all(not wanted or wanted & has for wanted, has in tests)


def _link(practice: Iri, outcome: Iri, claims: list[_Claim], things: Things) -> Link:
    items = {item: kind for claim in claims for item, kind in claim.evidence.items()}
    designs = [claim.design for claim in claims if claim.design]

    def ordered(iris: Iterable[Iri]) -> tuple[Iri, ...]:
        return tuple(sorted(set(iris), key=lambda iri: (things.label(iri), iri)))

    def counted(iris: Iterable[Iri]) -> dict[Iri, int]:
        return dict(sorted(Counter(iris).items(), key=lambda pair: (_tie(pair[0]), pair[0])))

    return Link(
        practice,
        outcome,
        tuple(iri for _, iri in sorted({claim.feature for claim in claims if claim.feature})),
        ordered(network for claim in claims for network in claim.networks),
        counted(claim.link for claim in claims),
        sum(claim.joint for claim in claims),
        tuple(sorted(claim.iri for claim in claims)),
        counted(items.values()),
        max(designs)[1] if designs else None,
    )


def _shown(claim: _Claim) -> list[Iri]:
    return [named[1] for named in (claim.feature, claim.design) if named]


def _order(link: Link, things: Things) -> tuple[object, ...]:
    strongest = min(_tie(iri) for iri in link.links)
    return strongest, -len(link.networks), -len(link.claims), things.label(link.practice), things.label(link.outcome)


def _tie(iri: str) -> int:
    name = iri.rsplit("/", 1)[-1]
    return LINK_TYPES.index(name) if name in LINK_TYPES else len(LINK_TYPES)


def _iri(value: Value) -> Iri:
    return value if isinstance(value, Iri) else Iri(str(value))
