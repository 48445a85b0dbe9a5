"""Practice–outcome links counted straight from the claims, by the engine: what is read grows with links, not claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .filters import OF_NETWORK, TIED, Filters, Patterns, of_enquiry
from .graph import Graph
from .table import Iri, Table, Value
from .things import Things

#: How far a source ties practice to outcome, from most to least.
LINK_TYPES = ("attributed", "co-reported", "intended", "none")

#: A link of more networks than these is told without their names, unless they are asked for.
NAMED_NETWORKS = 10


class Link(NamedTuple):
    """What ties one practice to one outcome type.

    :param features: key features under which the source reports the claims
    :param networks: networks that the claims are about, themselves or by one of their schools or groups; empty where
        they are more than :data:`NAMED_NETWORKS` and not asked for
    :param links: link type to number of claims
    :param joint: number of the claims that tie several strategies together, so that their parts cannot be told apart
    :param claims: the claims; empty where they were not asked for
    :param evidence: kind of evidence to number of items that support the claims
    :param design: the most informative numerical comparison behind any of the claims; None if not known
    :param network_count: number of the networks
    :param enquiries: the enquiries that the claims come from; named as networks are
    :param enquiry_count: number of the enquiries
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
    network_count: int
    enquiries: tuple[Iri, ...]
    enquiry_count: int


class Links(NamedTuple):
    """The links that passed the filters, and how much did not.

    :param links: strongest tie first (attributed before co-reported before intended), then most networks, claims
    :param total: number of links without filters
    :param unlinked_claims: number of claims that fit but tie no practice to their outcome
    """

    links: tuple[Link, ...]
    total: int
    unlinked_claims: int


#: One row a practice, outcome type, link type, key feature and design: claims, and how many of them are joint.
CELLS = """
SELECT ?practice ?outcome ?link ?feature ?design (COUNT(?claim) AS ?claims) (SUM(?several) AS ?joint) WHERE {
  TIED_CLAIMS ?claim nlc:linkType ?link .
  OPTIONAL { ?claim nlc:reportedUnder ?feature }
  OPTIONAL { ?claim nlc:comparisonDesign ?design }
  BIND(IF(EXISTS { ?claim nlc:strategy ?one, ?two FILTER(?one != ?two) }, 1, 0) AS ?several)
} GROUP BY ?practice ?outcome ?link ?feature ?design
"""

#: One row a practice, outcome type and kind of evidence: supporting items.
ITEMS = """
SELECT ?practice ?outcome ?kind (COUNT(DISTINCT ?item) AS ?items) WHERE {
  TIED_CLAIMS ?claim nlc:supportedBy ?item . ?item nlc:evidenceKind ?kind .
} GROUP BY ?practice ?outcome ?kind
"""

#: What claims are of, and where to find it.
OF = {"network": OF_NETWORK, "enquiry": of_enquiry("?enquiry")}


def _counts_of(what: str) -> str:
    """Return a query with one row a practice and outcome type: of how many networks or enquiries the claims are."""
    return (
        f"SELECT ?practice ?outcome (COUNT(DISTINCT ?{what}) AS ?number) WHERE {{ TIED_CLAIMS {OF[what]} }} "
        "GROUP BY ?practice ?outcome"
    )


def _names_of(what: str) -> str:
    """Return a query with one row a practice, outcome type and network or enquiry."""
    return f"SELECT DISTINCT ?practice ?outcome ?{what} WHERE {{ TIED_CLAIMS {OF[what]} }}"


def _few_of(what: str) -> str:
    """Return the same query for those links that are of few."""
    return (
        f"SELECT DISTINCT ?practice ?outcome ?{what} WHERE {{ {{ SELECT ?practice ?outcome WHERE {{ TIED_CLAIMS "
        f"{OF[what]} }} GROUP BY ?practice ?outcome HAVING (COUNT(DISTINCT ?{what}) <= {NAMED_NETWORKS}) }} "
        f"TIED_CLAIMS {OF[what]} }}"
    )


NETWORK_COUNTS, NETWORK_NAMES, FEW_NETWORKS = _counts_of("network"), _names_of("network"), _few_of("network")
ENQUIRY_COUNTS, ENQUIRY_NAMES, FEW_ENQUIRIES = _counts_of("enquiry"), _names_of("enquiry"), _few_of("enquiry")

#: One row a practice, outcome type and claim.
CLAIM_NAMES = "SELECT ?practice ?outcome ?claim WHERE { TIED_CLAIMS }"

#: One row an outcome type: claims that pass, and those of them that tie a practice to it.
CLAIM_COUNTS = "SELECT ?outcome (COUNT(DISTINCT ?claim) AS ?claims) WHERE { ANY_CLAIMS } GROUP BY ?outcome"
TIED_COUNTS = """
SELECT ?outcome (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ANY_CLAIMS ?claim nlc:strategy ?strategy . ?strategy nlc:practice ?practice .
} GROUP BY ?outcome
"""

#: One row: how many links there are without filters.
TOTAL = f"SELECT (COUNT(*) AS ?links) WHERE {{ SELECT DISTINCT ?practice ?outcome WHERE {{ {TIED} }} }}"

#: The ranks of comparison designs and the numbers of key features.
NUMBERS = """
SELECT ?thing ?number WHERE {
  { ?thing a nlc:KeyFeature } UNION { ?thing skos:inScheme <https://w3id.org/nlc-graph/design> }
  ?thing skos:notation ?number
}
"""


class Counted(NamedTuple):
    """Links in no order, and by outcome type the claims that tie no practice to it.

    :param total: number of links without filters; None if it was not asked for
    """

    links: list[Link]
    unlinked: Mapping[Iri, int]
    total: int | None


def count_links(graph: Graph, filters: Filters, *, full: bool, total: bool) -> Counted:
    """Count the links of a graph from its claims, in one request.

    :param full: whether all networks and claims of a link are named
    :param total: whether all links are counted as well, where there are filters
    """
    patterns = Patterns(graph, filters)
    asked = {CELLS, ITEMS, NUMBERS}
    asked |= {CLAIM_NAMES} if full else set()
    # A store gives all names for less than it takes to find out which are few; from an endpoint they would travel.
    travel = graph.remote and not full
    asked |= {FEW_NETWORKS, NETWORK_COUNTS, FEW_ENQUIRIES, ENQUIRY_COUNTS} if travel else {NETWORK_NAMES, ENQUIRY_NAMES}
    asked |= set() if filters.practices else {CLAIM_COUNTS, TIED_COUNTS}
    asked |= {TOTAL} if total else set()
    answers = _answers(graph, sorted(asked), patterns)
    links = _links(answers)
    return Counted(
        links if full else [_shortened(link) for link in links],
        _fewer(answers[CLAIM_COUNTS], answers[TIED_COUNTS]) if CLAIM_COUNTS in answers else {},
        _number(answers[TOTAL].rows[0][0]) if total else None,
    )


def _answers(graph: Graph, texts: Iterable[str], patterns: Patterns) -> dict[str, Table]:
    """Return the answer to each query; rows of parts, which share no practice and outcome, one after another."""
    asked = []
    for text in texts:
        place = "TIED_CLAIMS" if "TIED_CLAIMS" in text else "ANY_CLAIMS" if "ANY_CLAIMS" in text else ""
        parts = (patterns.tied_parts() if place == "TIED_CLAIMS" else patterns.parts()) if place else [""]
        asked += [(text, text.replace(place, part) if place else text) for part in parts]
    rows: dict[str, list[tuple[Value, ...]]] = {text: [] for text, _ in asked}
    columns = {}
    for (text, _), table in zip(asked, graph.select_all(query for _, query in asked), strict=True):
        rows[text] += table.rows
        columns[text] = table.columns
    return {text: Table(columns[text], tuple(found)) for text, found in rows.items()}


def in_order(links: Iterable[Link], things: Things) -> tuple[Link, ...]:
    """Return links with the strongest tie first, then those of most networks and claims; networks by label."""
    links = list(links)
    things.prepare(
        iri
        for link in links
        for iri in (
            *(
                link.practice,
                link.outcome,
                *link.features,
                *link.networks,
                *link.links,
                *link.evidence,
                *link.enquiries,
            ),
            *((link.design,) if link.design else ()),
        )
    )
    named = [
        link._replace(networks=tuple(sorted(link.networks, key=lambda iri: (things.label(iri), iri)))) for link in links
    ]
    return tuple(sorted(named, key=lambda link: _order(link, things)))


def _links(answers: Mapping[str, Table]) -> list[Link]:
    numbers = {thing: str(number) for thing, number in answers[NUMBERS].rows}
    ties: dict[tuple[Iri, Iri], dict[Iri, int]] = defaultdict(lambda: defaultdict(int))
    joint: dict[tuple[Iri, Iri], int] = defaultdict(int)
    features: dict[tuple[Iri, Iri], set[tuple[str, Iri]]] = defaultdict(set)
    designs: dict[tuple[Iri, Iri], set[tuple[str, Iri]]] = defaultdict(set)
    for practice, outcome, tie, feature, design, claims, several in answers[CELLS].rows:
        if practice is None:  # the one row that grouping nothing gives in some engines
            continue
        pair = _iri(practice), _iri(outcome)
        ties[pair][_iri(tie)] += _number(claims)
        joint[pair] += _number(several)
        if feature:
            features[pair].add((numbers.get(feature, ""), _iri(feature)))
        if design in numbers:
            designs[pair].add((numbers[design], _iri(design)))
    items: dict[tuple[Iri, Iri], dict[Iri, int]] = defaultdict(dict)
    for practice, outcome, kind, number in answers[ITEMS].rows:
        if practice:
            items[_iri(practice), _iri(outcome)][_iri(kind)] = _number(number)
    networks = _gathered(answers.get(NETWORK_NAMES) or answers.get(FEW_NETWORKS))
    enquiries = _gathered(answers.get(ENQUIRY_NAMES) or answers.get(FEW_ENQUIRIES))
    claims_of = _gathered(answers.get(CLAIM_NAMES))
    network_counts = _counted(answers.get(NETWORK_COUNTS), networks)
    enquiry_counts = _counted(answers.get(ENQUIRY_COUNTS), enquiries)
    return [
        Link(
            *pair,
            tuple(iri for _, iri in sorted(features[pair])),
            networks.get(pair, ()),
            _strongest_first(ties[pair]),
            joint[pair],
            claims_of.get(pair, ()),
            _strongest_first(items[pair]),
            max(designs[pair])[1] if designs[pair] else None,
            network_counts.get(pair, 0),
            enquiries.get(pair, ()),
            enquiry_counts.get(pair, 0),
        )
        for pair in sorted(ties)
    ]


def _shortened(link: Link) -> Link:
    return link._replace(
        networks=link.networks if link.network_count <= NAMED_NETWORKS else (),
        enquiries=link.enquiries if link.enquiry_count <= NAMED_NETWORKS else (),
    )


def _gathered(table: Table | None) -> dict[tuple[Iri, Iri], tuple[Iri, ...]]:
    found: dict[tuple[Iri, Iri], list[Iri]] = defaultdict(list)
    for practice, outcome, thing in table.rows if table else ():
        found[_iri(practice), _iri(outcome)].append(_iri(thing))
    return {pair: tuple(sorted(things)) for pair, things in found.items()}


def _counted(table: Table | None, named: Mapping[tuple[Iri, Iri], tuple[Iri, ...]]) -> dict[tuple[Iri, Iri], int]:
    if table is None:
        return {pair: len(things) for pair, things in named.items()}
    return {(_iri(practice), _iri(outcome)): _number(n) for practice, outcome, n in table.rows if practice}


def _fewer(every: Table, tied: Table) -> dict[Iri, int]:
    fewer = {outcome: _number(claims) for outcome, claims in tied.rows}
    left = {_iri(outcome): _number(claims) - fewer.get(outcome, 0) for outcome, claims in every.rows if outcome}
    return {outcome: claims for outcome, claims in sorted(left.items()) if claims}


def _strongest_first(counts: Mapping[Iri, int]) -> dict[Iri, int]:
    return dict(sorted(counts.items(), key=lambda pair: (_tie(pair[0]), pair[0])))


def _order(link: Link, things: Things) -> tuple[object, ...]:
    strongest = min(_tie(iri) for iri in link.links)
    claims = sum(link.links.values())
    return strongest, -link.network_count, -claims, things.label(link.practice), things.label(link.outcome)


def _tie(iri: str) -> int:
    name = iri.rsplit("/", 1)[-1]
    return LINK_TYPES.index(name) if name in LINK_TYPES else len(LINK_TYPES)


def _number(value: Value) -> int:
    return int(str(value or 0))


def _iri(value: Value) -> Iri:
    return value if isinstance(value, Iri) else Iri(str(value))
