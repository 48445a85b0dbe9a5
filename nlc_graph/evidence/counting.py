"""All links of a store, and those under each single filter, counted in one pass over its claims.

:mod:`.linkage` has the engine count links, which is right where few claims count and where the store is far away. When
a store is loaded all are counted, under every filter, and one pass here takes a fraction of the time in which the
engine groups them anew for each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, product
from typing import Any, NamedTuple

import pyoxigraph as ox

from ..graph.graph import Graph
from ..table import Ref
from ..vocabulary import PREFIXES
from .linkage import Counted, Tally, numbers_of, shortened

#: A slice of fewer claims, or of fewer for each link, is left out: counting them when they are asked for takes no time,
#: or not much more than reading the links would.
FEWEST_CLAIMS, FEWEST_A_LINK = 1000, 2


class Slice(NamedTuple):
    """The claims that pass one filter (a field of :class:`.Filters`) with one value; all, where both are empty."""

    filter: str = ""
    value: str = ""


ALL = Slice()

NameIndex = tuple[Ref, ...]

#: Rows of a claim (or another thing, which is passed over) and a thing.
OUTCOMES = "SELECT ?claim ?outcome { ?claim nlc:outcome ?outcome }"
LINKS = "SELECT ?claim ?link { ?claim nlc:linkType ?link }"
DIRECTIONS = "SELECT ?claim ?direction { ?claim nlc:direction ?direction }"
FEATURES = "SELECT ?claim ?feature { ?claim nlc:reportedUnder ?feature }"
DESIGNS = "SELECT ?claim ?design { ?claim nlc:comparisonDesign ?design }"
STRATEGIES = "SELECT ?claim ?strategy { ?claim nlc:strategy ?strategy }"
UNITS = "SELECT ?claim ?unit { ?claim nlc:about ?unit }"
#: The engine joins selections by a table, which takes it less time here than looking up the passage of each claim.
SOURCES = (
    "SELECT ?claim ?source { { SELECT ?claim ?passage { ?claim nlc:linkType ?link ; nlc:statedIn ?passage } }"
    " { SELECT ?passage ?source { ?passage nlc:source ?source } } }"
)
#: Rows of a claim, an item that supports it, and its kind; and the items that support several claims.
ITEMS = "SELECT ?claim ?item ?kind { ?claim nlc:supportedBy ?item . ?item nlc:evidenceKind ?kind }"
SHARED = "SELECT ?item { ?claim nlc:supportedBy ?item } GROUP BY ?item HAVING (COUNT(*) > 1)"
#: Rows of a thing and another that it leads to.
PRACTICES = "SELECT ?strategy ?practice { ?strategy nlc:practice ?practice }"
NETWORKS = "SELECT DISTINCT ?unit ?network { ?network a nlc:Network . ?unit (org:memberOf|nlc:within)* ?network }"
ENQUIRIES = "SELECT ?source ?enquiry { ?source prov:wasGeneratedBy ?enquiry }"
WIDER = (
    "SELECT DISTINCT ?kind ?wide { { SELECT DISTINCT ?kind { [] nlc:evidenceKind ?kind } } ?kind skos:broader* ?wide }"
)
ALIKE = (
    "SELECT DISTINCT ?feature ?same { { SELECT DISTINCT ?feature { [] nlc:reportedUnder ?feature } }"
    " ?feature (skos:closeMatch|^skos:closeMatch)? ?same }"
)


def count_slices(graph: Graph, store: ox.Store) -> Iterator[tuple[Slice, Counted]]:
    """Count the links of all claims, and then of those that pass each single filter, where they are many.

    Practices and outcome types need no slice, since a link passes them with all its claims or not at all.

    :param store: what the graph reads
    :returns: slices one by one, for together they take much room; :data:`ALL` first. Links come without their claims,
        and without the names of many networks
    """
    claims = _Claims(store)
    passed: dict[Slice, list[int]] = {ALL: list(range(len(claims.links)))}
    for name, column in (
        ("features", claims.led_to(claims.features, ALIKE)),
        ("networks", claims.networks),
        ("kinds", claims.led_to(claims.kinds, WIDER)),
        ("links", claims.links),
        ("enquiries", claims.enquiries),
    ):
        for claim, values in enumerate(column):
            for value in values:
                passed.setdefault(Slice(name, value), []).append(claim)
    numbers = numbers_of(graph)
    total = 0
    for part in sorted(passed):
        if part != ALL and len(passed[part]) < FEWEST_CLAIMS:
            continue
        tallies, unlinked = claims.tallied(passed[part])
        total = total or len(tallies)
        if part != ALL and len(passed[part]) < len(tallies) * FEWEST_A_LINK:
            continue
        links = [shortened(tally.as_link(pair, numbers)) for pair, tally in sorted(tallies.items())]
        yield part, Counted(links, dict(sorted(unlinked.items())), total)


class _Claims:
    """The claims by number, and columns of what each leads to. Equal things are held once, for there are millions.

    :param kinds: kinds of the items that support the claims
    :param single: kinds of the items that support one claim only, each as often as there are items
    :param shared: items that support several claims, by claim, with their kinds
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._iris: dict[str, Ref] = {}
        self._equal: dict[NameIndex, NameIndex] = {}
        links = self._leads(LINKS)
        self._numbers = {claim: number for number, claim in enumerate(links)}
        self.links = list(links.values())
        self.outcomes, self.strategies = self.column(OUTCOMES), self.column(STRATEGIES)
        self.features, self.designs, self.directions = map(self.column, (FEATURES, DESIGNS, DIRECTIONS))
        self.practices = self.led_to(self.strategies, PRACTICES)
        self.networks = self.led_to(self.column(UNITS), NETWORKS)
        self.enquiries = self.led_to(self.column(SOURCES), ENQUIRIES)
        self.kinds: list[NameIndex] = [()] * len(links)
        self.single: list[NameIndex] = [()] * len(links)
        self.shared: dict[int, list[tuple[str, Ref]]] = defaultdict(list)
        self._read_items()

    def tallied(self, passed: Iterable[int]) -> tuple[dict[tuple[Ref, Ref], Tally], Counter[Ref]]:
        """Return what there is of each link of some claims, and how many tie no practice to each outcome type."""
        tied: dict[tuple[Ref, Ref], list[int]] = defaultdict(list)
        unlinked: Counter[Ref] = Counter()
        for claim in passed:
            if not self.practices[claim]:
                unlinked.update(self.outcomes[claim])
            for pair in product(self.practices[claim], self.outcomes[claim]):
                tied[pair].append(claim)
        return {pair: self._tally(claims) for pair, claims in tied.items()}, unlinked

    def _tally(self, claims: list[int]) -> Tally:
        def of(column: list[NameIndex]) -> Iterator[Ref]:
            return chain.from_iterable(map(column.__getitem__, claims))

        tally = Tally()
        tally.joint = sum(len(self.strategies[claim]) > 1 for claim in claims)
        tally.features.update(of(self.features))
        tally.designs.update(of(self.designs))
        tally.networks.update(of(self.networks))
        tally.enquiries.update(of(self.enquiries))
        tally.ties.update(of(self.links))
        tally.directions.update(of(self.directions))
        tally.items.update(of(self.single))
        shared = {each for claim in claims if claim in self.shared for each in self.shared[claim]}
        tally.items.update(kind for _, kind in shared)
        return tally

    def column(self, query: str) -> list[NameIndex]:
        """Return, claim by claim, the distinct things that a query of two columns finds for it."""
        found: list[NameIndex] = [()] * len(self._numbers)
        for claim, text in self._rows(query):
            number = self._numbers.get(claim)
            if number is not None and text not in found[number]:
                found[number] = self._with(found[number], text)
        return found

    def led_to(self, column: list[NameIndex], query: str) -> list[NameIndex]:
        """Return, claim by claim, the distinct things that those of a column lead to by a query of two columns."""
        leads = self._leads(query)
        return [self._once(dict.fromkeys(thing for first in of for thing in leads.get(first, ()))) for of in column]

    def _read_items(self) -> None:
        several = {item for (item,) in self._rows(SHARED)}
        for claim, item, kind in self._rows(ITEMS):
            number = self._numbers.get(claim)
            if number is None:
                continue
            if kind not in self.kinds[number]:
                self.kinds[number] = self._with(self.kinds[number], kind)
            if item in several:
                self.shared[number].append((item, self._iri(kind)))
            else:
                self.single[number] = self._with(self.single[number], kind)

    def _leads(self, query: str) -> dict[str, NameIndex]:
        leads: dict[str, NameIndex] = {}
        for first, second in self._rows(query):
            leads[first] = self._with(leads.get(first, ()), second)
        return leads

    def _rows(self, query: str) -> Iterator[list[str]]:
        answer: Any = self._store.query(query, prefixes=PREFIXES)
        for solution in answer:
            yield [term.value if isinstance(term, ox.NamedNode) else str(term) for term in solution]

    def _iri(self, text: str) -> Ref:
        iri = self._iris.get(text)
        return self._iris.setdefault(text, Ref(text)) if iri is None else iri

    def _with(self, things: NameIndex, text: str) -> NameIndex:
        return self._once((*things, self._iri(text)))

    def _once(self, things: Iterable[Ref]) -> NameIndex:
        found = tuple(things)
        return self._equal.setdefault(found, found)
