"""Practice–outcome links: which practices sources link to which outcome types, how strongly, and on what evidence.

A link is a reported relationship, not proof of cause. It gathers the claims that link a use of a practice (a strategy)
to an outcome type. Links are counted in the claims table; those at an endpoint by the endpoint itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..graph.graph import Graph
from ..graph.names import NameIndex
from ..table import Ref, Value, as_count
from ..vocabulary import local_name
from .claims_table import NAMED, Tally, claims_table
from .filters import Filters as Filters
from .filters import expand, sparql_pattern

#: Link types, strongest first.
LINK_TYPES = ("attributed", "co-reported", "intended", "none")

#: The ranks of comparison designs and the numbers of key features.
RANKS = """SELECT ?entity ?rank WHERE {
  { ?entity a nlc:KeyFeature } UNION { ?entity skos:inScheme <https://w3id.org/nlc-graph/design> }
  ?entity skos:notation ?rank
}"""


class Impact(NamedTuple):
    """What links one practice to one outcome type.

    :param features: key features under which the source reports the claims
    :param networks: networks that the claims are about, themselves or through a school or group; empty where they are
        more than :data:`.claims_table.NAMED` and not all names are wanted
    :param links: link type to number of claims
    :param directions: direction of the outcome (improved, worsened, unchanged …) to number of claims
    :param joint: number of the claims that are about several strategies jointly
    :param general: number of the claims that are about no single network
    :param claims: the claims; empty where they are not wanted
    :param evidence: kind of evidence to number of items that support the claims
    :param design: the most informative numerical comparison behind any of the claims; None if unknown
    :param enquiries: the enquiries that the claims come from; named as networks are
    """

    practice: Ref
    outcome: Ref
    features: tuple[Ref, ...]
    networks: tuple[Ref, ...]
    links: Mapping[Ref, int]
    directions: Mapping[Ref, int]
    joint: int
    general: int
    claims: tuple[Ref, ...]
    evidence: Mapping[Ref, int]
    design: Ref | None
    network_count: int
    enquiries: tuple[Ref, ...]
    enquiry_count: int


class Impacts(NamedTuple):
    """The links that pass the filters.

    :param links: best supported first, see :func:`support`; then most claims, and by label
    :param total: number of links without filters
    :param unlinked_claims: number of claims that pass the filters and have no practice
    """

    links: tuple[Impact, ...]
    total: int
    unlinked_claims: int


def find_impacts(graph: Graph, filters: Filters | None = None, *, full: bool = True) -> Impacts:
    """Return the practice–outcome links of a graph.

    :param filters: which claims count; all when None
    :param full: whether a link lists its claims, and its networks and enquiries where they are many
    """
    filters = filters or Filters()
    if counts_itself(graph):
        tallies, claims, total, unlinked = _count_at_endpoint(graph, expand(graph, filters), full=full)
    else:
        table = claims_table(graph)
        tallies = list(table.tallies(filters, full=full))
        claims = table.claims_of_links(filters) if full else {}
        total, unlinked = table.link_count, table.count_unlinked(filters)
    ranks = {str(entity): str(rank) for entity, rank in graph.select(RANKS).rows}
    names = graph.names
    links = [_impact(tally, claims.get((tally.practice, tally.outcome), ()), ranks, names) for tally in tallies]
    return Impacts(tuple(sorted(links, key=lambda link: _order(link, names))), total, unlinked)


def find_claims(graph: Graph, filters: Filters | None = None) -> list[Ref]:
    """Return the claims that pass the filters, with or without practice, by IRI."""
    if counts_itself(graph):
        pattern = sparql_pattern(expand(graph, filters or Filters()), linked=False)
        return sorted({Ref(str(iri)) for iri in graph.select(f"SELECT DISTINCT ?claim {pattern}").column("claim")})
    return claims_table(graph).claims(filters)


def counts_itself(graph: Graph) -> bool:
    """Tell whether a graph is an endpoint, which counts claims by itself; no other function of this room asks this."""
    return graph.is_endpoint


def _impact(tally: Tally, claims: Iterable[Ref], ranks: Mapping[str, str], names: NameIndex) -> Impact:
    counts = tally.counts
    designs = [(ranks[design], design) for design in counts["design"] if design in ranks]
    return Impact(
        practice=tally.practice,
        outcome=tally.outcome,
        features=tuple(sorted(counts["feature"], key=lambda iri: (ranks.get(iri, "~"), iri))),
        networks=tuple(sorted(counts["networks"], key=lambda iri: (names.label(iri), iri))),
        links=_strongest_first(counts["link"]),
        directions=dict(sorted(counts["direction"].items())),
        joint=tally.joint,
        general=tally.general,
        claims=tuple(claims),
        evidence=_strongest_first(counts["kinds"]),
        design=max(designs)[1] if designs else None,
        network_count=tally.network_count,
        enquiries=tuple(sorted(counts["enquiries"])),
        enquiry_count=tally.enquiry_count,
    )


def _strongest_first(counts: Mapping[Ref, int]) -> dict[Ref, int]:
    return dict(sorted(counts.items(), key=lambda pair: (_strength(pair[0]), pair[0])))


def _strength(iri: str) -> int:
    name = local_name(iri)
    return LINK_TYPES.index(name) if name in LINK_TYPES else len(LINK_TYPES)


def support(link: Impact) -> tuple[int, int, int, int]:
    """Return a key that sorts links by their support, best first.

    Links with a result come before those that are only intended. Then count: a number with a comparator, a number, an
    inspection, several kinds of evidence; the number of networks; and the link type, attributed before co-reported.
    """
    strongest = min(map(_strength, link.links))
    return strongest // LINK_TYPES.index("intended"), -_grade(link), -link.network_count, strongest


def _grade(link: Impact) -> int:
    design = local_name(link.design or "")
    if design.endswith("with-comparator"):
        return 4
    if design in ("level", "change"):
        return 3
    if any(local_name(kind) == "inspection-report" for kind in link.evidence):
        return 2
    return int(len(link.evidence) > 1)


def _order(link: Impact, names: NameIndex) -> tuple[object, ...]:
    labels = names.label(link.practice), names.label(link.outcome)
    return *support(link), -sum(link.links.values()), *labels, link.practice, link.outcome


#: The practices that a claim credits jointly with another; PAIRS binds ?practice and ?outcome.
PARTNERS = """SELECT DISTINCT ?practice ?outcome ?partner WHERE {
  PAIRS ?one nlc:practice ?practice . ?claim nlc:strategy ?one ; nlc:outcome ?outcome ; nlc:strategy ?two .
  ?two nlc:practice ?partner FILTER(?partner != ?practice)
}"""


def find_partners(graph: Graph, links: Iterable[Impact]) -> dict[tuple[Ref, Ref], tuple[Ref, ...]]:
    """Return practice and outcome of links with joint claims to the practices credited jointly, by label."""
    pairs = [f"(<{link.practice}> <{link.outcome}>)" for link in links if link.joint]
    if not pairs:
        return {}
    found: dict[tuple[Ref, Ref], list[Ref]] = defaultdict(list)
    query = PARTNERS.replace("PAIRS", f"VALUES (?practice ?outcome) {{ {' '.join(pairs)} }}")
    for practice, outcome, partner in graph.select(query).rows:
        found[_ref(practice), _ref(outcome)].append(_ref(partner))
    return {pair: tuple(sorted(partners, key=graph.names.label)) for pair, partners in found.items()}


#: Each practice with the widest practice that includes it.
FAMILIES = """SELECT DISTINCT ?practice ?family WHERE {
  ?practice a nlc:Practice ; skos:broader* ?family . FILTER NOT EXISTS { ?family skos:broader ?wider }
}"""


def count_by_family(graph: Graph, links: Iterable[Impact]) -> dict[Ref, Counter[Ref]]:
    """Return practice families to key features to numbers of links; the family with most links first."""
    families = {_ref(practice): _ref(family) for practice, family in sorted(graph.select(FAMILIES).rows, key=str)}
    found: dict[Ref, Counter[Ref]] = defaultdict(Counter)
    for link in links:
        found[families.get(link.practice, link.practice)].update(link.features)
    return dict(sorted(found.items(), key=lambda item: (-item[1].total(), graph.names.label(item[0]))))


#: What an endpoint counts of each link: from a column to a pattern that binds ?value and ?counted.
_COUNTED = {
    "link": "?claim nlc:linkType ?value BIND(?claim AS ?counted)",
    "direction": "?claim nlc:direction ?value BIND(?claim AS ?counted)",
    "feature": "?claim nlc:reportedUnder ?value BIND(?claim AS ?counted)",
    "design": "?claim nlc:comparisonDesign ?value BIND(?claim AS ?counted)",
    "kinds": "?claim nlc:supportedBy ?counted . ?counted nlc:evidenceKind ?value",
    "joint": "?claim nlc:strategy ?one, ?two FILTER(STR(?one) < STR(?two)) BIND(?claim AS ?counted)",
    "networked": "?claim nlc:about/(org:memberOf|nlc:within)* ?net . ?net a nlc:Network BIND(?claim AS ?counted)",
}
#: What it lists: from a column, or ``claims``, to a pattern that binds ?value.
_LISTED = {
    "networks": "?claim nlc:about/(org:memberOf|nlc:within)* ?value . ?value a nlc:Network",
    "enquiries": "?claim nlc:statedIn/nlc:source/prov:wasGeneratedBy ?value",
    "claims": "?claim nlc:linkType ?any BIND(?claim AS ?value)",
}


def _count_at_endpoint(
    graph: Graph, filters: Filters, *, full: bool
) -> tuple[list[Tally], dict[tuple[Ref, Ref], list[Ref]], int, int]:
    """Return tallies, claims of links, number of all links and of claims without practice, counted by the endpoint.

    The number of rows grows with the number of links, not with that of claims.

    :param filters: expanded
    """
    linked = sparql_pattern(filters)
    counts, lists = graph.select(_count_query(linked)).rows, graph.select(_list_query(linked, full=full)).rows
    found: dict[tuple[Ref, Ref], dict[str, dict[Ref, int]]] = defaultdict(lambda: defaultdict(dict))
    numbers: dict[tuple[Ref, Ref, str], int] = {}
    for practice, outcome, field, value, count in counts:
        found[_ref(practice), _ref(outcome)][str(field)][_ref(value)] = as_count(count)
    for practice, outcome, field, iris, count in lists:
        pair = _ref(practice), _ref(outcome)
        numbers[(*pair, str(field))] = as_count(count)
        values = [Ref(iri) for iri in sorted(str(iris or "").split())]
        found[pair][str(field)] = dict.fromkeys(values, 1)
        if field != "claims":
            graph.seen.update(values)  # so that their labels are fetched together
    tallies = []
    for pair, of in found.items():
        lengths = [numbers.get((*pair, field), 0) for field in ("networks", "enquiries")]
        joint, networked, claims = (sum(of[field].values()) for field in ("joint", "networked", "link"))
        tallies.append(Tally(*pair, joint, claims - networked, of, *lengths))
    total = f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?practice ?outcome {{ {sparql_pattern(Filters())} }} }}"
    unlinked = sparql_pattern(filters, linked=False)
    unlinked = f"SELECT (COUNT(DISTINCT ?claim) AS ?n) {{ {unlinked} FILTER(!BOUND(?practice)) }}"
    # Some engines give no row where nothing is counted.
    all_links, without = (sum(map(as_count, graph.select(query).column("n"))) for query in (total, unlinked))
    return tallies, {pair: list(of["claims"]) for pair, of in found.items()}, all_links, without


def _count_query(pattern: str) -> str:
    return f"""SELECT ?practice ?outcome ?field ?value (COUNT(DISTINCT ?counted) AS ?count)
      WHERE {{ {pattern} {_union(_COUNTED)} }} GROUP BY ?practice ?outcome ?field ?value"""


def _list_query(pattern: str, *, full: bool) -> str:
    names = 'GROUP_CONCAT(DISTINCT STR(?value); separator=" ")'
    listed = dict(_LISTED) if full else {name: _LISTED[name] for name in ("networks", "enquiries")}
    shown = names if full else f'IF(COUNT(DISTINCT ?value) <= {NAMED}, {names}, "")'
    return f"""SELECT ?practice ?outcome ?field ({shown} AS ?iris) (COUNT(DISTINCT ?value) AS ?count)
      WHERE {{ {pattern} {_union(listed)} }} GROUP BY ?practice ?outcome ?field"""


def _union(patterns: Mapping[str, str]) -> str:
    return " UNION ".join(f'{{ {pattern} BIND("{field}" AS ?field) }}' for field, pattern in patterns.items())


def _ref(value: Value) -> Ref:
    return Ref(str(value))
