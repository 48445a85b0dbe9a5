"""Practice–outcome links counted straight from the claims, by the engine: what is read grows with links, not claims."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from ..graph.graph import Graph
from ..graph.names import NameIndex
from ..table import Ref, Table, Value, as_count
from .filters import OF_NETWORK, TIED, Filters, Patterns, of_enquiry

#: How far a source ties practice to outcome, from most to least.
LINK_TYPES = ("attributed", "co-reported", "intended", "none")

#: A link of more networks than these is told without their names, unless they are asked for.
NAMED_NETWORKS = 10


class Impact(NamedTuple):
    """What ties one practice to one outcome type.

    :param features: key features under which the source reports the claims
    :param networks: networks that the claims are about, themselves or by one of their schools or groups; empty where
        they are more than :data:`NAMED_NETWORKS` and not asked for
    :param links: link type to number of claims
    :param directions: direction of the outcome (improved, worsened, unchanged …) to number of claims
    :param joint: number of the claims that tie several strategies together, so that their parts cannot be told apart
    :param claims: the claims; empty where they were not asked for
    :param evidence: kind of evidence to number of items that support the claims
    :param design: the most informative numerical comparison behind any of the claims; None if not known
    :param network_count: number of the networks
    :param enquiries: the enquiries that the claims come from; named as networks are
    :param enquiry_count: number of the enquiries
    """

    practice: Ref
    outcome: Ref
    features: tuple[Ref, ...]
    networks: tuple[Ref, ...]
    links: Mapping[Ref, int]
    directions: Mapping[Ref, int]
    joint: int
    claims: tuple[Ref, ...]
    evidence: Mapping[Ref, int]
    design: Ref | None
    network_count: int
    enquiries: tuple[Ref, ...]
    enquiry_count: int


class Impacts(NamedTuple):
    """The links that passed the filters, and how much did not.

    :param links: strongest tie first (attributed before co-reported before intended), then most networks, claims
    :param total: number of links without filters
    :param unlinked_claims: number of claims that fit but tie no practice to their outcome
    """

    links: tuple[Impact, ...]
    total: int
    unlinked_claims: int


#: One row a practice, outcome type, link type, direction, key feature and design: claims, how many of them are joint.
CELLS = """
SELECT ?practice ?outcome ?link ?direction ?feature ?design (COUNT(?claim) AS ?claims) (SUM(?several) AS ?joint)
WHERE {
  TIED_CLAIMS ?claim nlc:linkType ?link .
  OPTIONAL { ?claim nlc:direction ?direction }
  OPTIONAL { ?claim nlc:reportedUnder ?feature }
  OPTIONAL { ?claim nlc:comparisonDesign ?design }
  BIND(IF(EXISTS { ?claim nlc:strategy ?one, ?two FILTER(?one != ?two) }, 1, 0) AS ?several)
} GROUP BY ?practice ?outcome ?link ?direction ?feature ?design
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

    links: list[Impact]
    unlinked: Mapping[Ref, int]
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
        links if full else [shortened(link) for link in links],
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


def in_order(links: Iterable[Impact], things: NameIndex) -> tuple[Impact, ...]:
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
                *link.directions,
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


class Tally:
    """What there is of one link, gathered claim by claim or from the cells that an engine counted."""

    __slots__ = ("claims", "designs", "directions", "enquiries", "features", "items", "joint", "networks", "ties")

    def __init__(self) -> None:
        self.ties: Counter[Ref] = Counter()
        self.directions: Counter[Ref] = Counter()
        self.items: Counter[Ref] = Counter()
        self.joint = 0
        self.features: set[Ref] = set()
        self.designs: set[Ref] = set()
        self.networks: set[Ref] = set()
        self.enquiries: set[Ref] = set()
        self.claims: set[Ref] = set()

    def as_link(self, pair: tuple[Ref, Ref], numbers: Mapping[Ref, str]) -> Impact:
        """Return the link.

        :param pair: practice and outcome type
        :param numbers: of key features, and the ranks of comparison designs
        """
        ranked = [(numbers[design], design) for design in self.designs if design in numbers]
        return Impact(
            *pair,
            tuple(sorted(self.features, key=lambda iri: (numbers.get(iri, ""), iri))),
            tuple(sorted(self.networks)),
            _strongest_first(self.ties),
            dict(sorted(self.directions.items())),
            self.joint,
            tuple(sorted(self.claims)),
            _strongest_first(self.items),
            max(ranked)[1] if ranked else None,
            len(self.networks),
            tuple(sorted(self.enquiries)),
            len(self.enquiries),
        )


def numbers_of(graph: Graph) -> dict[Ref, str]:
    """Return the numbers of key features, and the ranks of comparison designs, as text."""
    return _numbers(graph.select(NUMBERS))


def _numbers(table: Table) -> dict[Ref, str]:
    return {_iri(thing): str(number) for thing, number in table.rows}


def _links(answers: Mapping[str, Table]) -> list[Impact]:
    tallies: dict[tuple[Ref, Ref], Tally] = defaultdict(Tally)
    for practice, outcome, tie, direction, feature, design, claims, several in answers[CELLS].rows:
        if practice is None:  # the one row that grouping nothing gives in some engines
            continue
        tally = tallies[_iri(practice), _iri(outcome)]
        tally.ties[_iri(tie)] += _number(claims)
        if direction:
            tally.directions[_iri(direction)] += _number(claims)
        tally.joint += _number(several)
        if feature:
            tally.features.add(_iri(feature))
        if design:
            tally.designs.add(_iri(design))
    for practice, outcome, kind, number in answers[ITEMS].rows:
        if practice:
            tallies[_iri(practice), _iri(outcome)].items[_iri(kind)] = _number(number)
    for texts, what in (
        ((NETWORK_NAMES, FEW_NETWORKS), "networks"),
        ((ENQUIRY_NAMES, FEW_ENQUIRIES), "enquiries"),
        ((CLAIM_NAMES,), "claims"),
    ):
        for table in filter(None, map(answers.get, texts)):
            for practice, outcome, thing in table.rows:
                getattr(tallies[_iri(practice), _iri(outcome)], what).add(_iri(thing))
    numbers = _numbers(answers[NUMBERS])
    links = [tallies[pair].as_link(pair, numbers) for pair in sorted(tallies)]
    if NETWORK_COUNTS not in answers:
        return links
    networks, enquiries = (
        {(practice, outcome): _number(number) for practice, outcome, number in answers[text].rows}
        for text in (NETWORK_COUNTS, ENQUIRY_COUNTS)
    )
    return [
        link._replace(
            network_count=networks.get((link.practice, link.outcome), 0),
            enquiry_count=enquiries.get((link.practice, link.outcome), 0),
        )
        for link in links
    ]


def shortened(link: Impact) -> Impact:
    """Return a link without the names of many networks or enquiries."""
    return link._replace(
        networks=link.networks if link.network_count <= NAMED_NETWORKS else (),
        enquiries=link.enquiries if link.enquiry_count <= NAMED_NETWORKS else (),
    )


def _fewer(every: Table, tied: Table) -> dict[Ref, int]:
    fewer = {outcome: _number(claims) for outcome, claims in tied.rows}
    left = {_iri(outcome): _number(claims) - fewer.get(outcome, 0) for outcome, claims in every.rows if outcome}
    return {outcome: claims for outcome, claims in sorted(left.items()) if claims}


def _strongest_first(counts: Mapping[Ref, int]) -> dict[Ref, int]:
    return dict(sorted(counts.items(), key=lambda pair: (_tie(pair[0]), pair[0])))


def _order(link: Impact, things: NameIndex) -> tuple[object, ...]:
    strongest = min(_tie(iri) for iri in link.links)
    claims = sum(link.links.values())
    return strongest, -link.network_count, -claims, things.label(link.practice), things.label(link.outcome)


@cache
def _tie(iri: str) -> int:
    name = iri.rsplit("/", 1)[-1]
    return LINK_TYPES.index(name) if name in LINK_TYPES else len(LINK_TYPES)


def _number(value: Value) -> int:
    return as_count(value or 0)


def _iri(value: Value) -> Ref:
    return value if isinstance(value, Ref) else Ref(str(value))
