"""Filters on claims, and how they are said in SPARQL, so that the engine and not this program sorts claims out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from ..graph.graph import Graph
from ..table import Value
from ..vocabulary import is_iri

#: What a claim must have to count: an outcome and a link type. ``TIED`` adds a strategy and a practice that it uses.
CLAIM = "?claim nlc:outcome ?outcome ; nlc:linkType ?link ."
TIED = CLAIM + " ?claim nlc:strategy ?strategy . ?strategy nlc:practice ?practice ."

#: From a claim to its networks: the network itself, or that of the school or group which the claim is about.
OF_NETWORK = "?claim nlc:about ?unit . ?unit (org:memberOf|nlc:within)* ?network . ?network a nlc:Network ."

#: So many rows of claims are listed in queries to a store, so many in each; of more, the subquery is cheaper. An engine
#: that joins a longer list starts at the wrong end.
MOST_LISTED, LISTED_AT_ONCE = 20_000, 1000


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
    enquiries: frozenset[str] = frozenset()


class Patterns:
    """What passes some filters, as SPARQL patterns.

    Narrower concepts and the units of networks are looked up first and listed in the patterns, ten times faster on an
    Oxigraph store than a subquery; an endpoint, where each question costs a round trip, gets the subquery.
    """

    def __init__(self, graph: Graph, filters: Filters) -> None:
        self._graph, self._filters = graph, filters
        self._listed: dict[str, str] = {}
        self._rows: dict[str, list[str]] = {}

    def tied_claims(self) -> str:
        """Return a pattern for the claims that pass: ?claim, ?outcome and ?practice, one row each combination."""
        return self._whole(*self._tied())

    def tied_parts(self) -> list[str]:
        """Return the same in parts, none of which shares practice and outcome with another."""
        return self._parts(*self._tied())

    def parts(self) -> list[str]:
        """Return patterns for the claims that pass by what they say apart from practices: ?claim and ?outcome.

        None shares an outcome with another.
        """
        return self._parts(*self._any())

    def claims(self) -> str:
        """Return the same in one pattern."""
        return self._whole(*self._any())

    def _tied(self) -> tuple[str, str]:
        return "?claim ?outcome ?practice", self._branches(TIED, tied=True)

    def _any(self) -> tuple[str, str]:
        return "?claim ?outcome", self._branches(CLAIM, tied=False)

    def _whole(self, names: str, pattern: str) -> str:
        parts = self._parts(names, pattern)
        return parts[0] if len(parts) == 1 else _distinct(names, pattern)

    def _parts(self, names: str, pattern: str) -> list[str]:
        """Return patterns for distinct rows: listed where they are few, for a store joins a subquery by full scans."""
        subquery = _distinct(names, pattern)
        if self._graph.remote or not any(self._filters):
            return [subquery]
        if subquery not in self._rows:
            rows = self._graph.select(f"{subquery[2:-2]} LIMIT {MOST_LISTED + 1}").rows
            few = len(rows) <= MOST_LISTED and all(is_iri(str(cell)) for cell in {cell for row in rows for cell in row})
            self._rows[subquery] = [_listing(names, part) for part in _apart(rows)] if few else [subquery]
        return self._rows[subquery]

    def narrower(self, iris: Iterable[str], name: str) -> str:
        """Return a pattern that binds concepts and all narrower ones to a variable."""
        return self._found(name, f"VALUES ?{name}Wide {{ {listed(iris)} }} ?{name} skos:broader* ?{name}Wide")

    def _in_networks(self, iris: Iterable[str], name: str) -> str:
        unit, network = f"{name}Unit", f"{name}Network"
        within = f"?{network} a nlc:Network . ?{unit} (org:memberOf|nlc:within)* ?{network}"
        return self._found(unit, f"VALUES ?{network} {{ {listed(iris)} }} {within}") + f" ?claim nlc:about ?{unit} ."

    def _found(self, name: str, pattern: str) -> str:
        subquery = f"SELECT DISTINCT ?{name} WHERE {{ {pattern} }}"
        if self._graph.remote:
            return f"{{ {subquery} }}"
        if subquery not in self._listed:
            found = [str(iri) for iri in self._graph.select(subquery).column(name)]
            # A list has no place for what has no IRI, such as a narrower concept that is a blank node.
            whole = all(map(is_iri, found))
            self._listed[subquery] = f"VALUES ?{name} {{ {listed(found)} }}" if whole else f"{{ {subquery} }}"
        return self._listed[subquery]

    def _branches(self, pattern: str, *, tied: bool) -> str:
        given = self._filters
        # The narrowest filters first, for engines that join in the order of writing.
        parts = []
        if given.networks:
            parts.append(self._in_networks(given.networks, "of"))
        if given.practices and tied:
            parts.append(self.narrower(given.practices, "practice"))
        if given.outcomes:
            parts.append(self.narrower(given.outcomes, "outcome"))
        if given.features:
            # An enquiry may have key features of its own, mapped to the seven.
            mapped = f"VALUES ?same {{ {listed(given.features)} }} ?under (skos:closeMatch|^skos:closeMatch)? ?same"
            parts.append(self._found("under", mapped) + " ?claim nlc:reportedUnder ?under .")
        if given.enquiries:
            parts.append(f"VALUES ?enquiry {{ {listed(given.enquiries)} }} {of_enquiry('?enquiry')}")
        if given.kinds:
            parts.append(self.narrower(given.kinds, "kindOf") + " ?claim nlc:supportedBy/nlc:evidenceKind ?kindOf .")
        if given.links:
            parts.append(f"VALUES ?link {{ {listed(given.links)} }}")
        if not given.text:
            return " ".join([*parts, pattern])
        # One whole pattern for each sort of thing that the text may mean: engines join a union of parts badly.
        meanings = [self.narrower(given.text, "outcome")]
        if tied:
            meanings.append(self.narrower(given.text, "practice"))
        meanings.append(f"VALUES ?textFeature {{ {listed(given.text)} }} ?claim nlc:reportedUnder ?textFeature .")
        meanings.append(self._in_networks(given.text, "text"))
        return " UNION ".join(f"{{ {' '.join([meaning, *parts, pattern])} }}" for meaning in meanings)


def _distinct(names: str, pattern: str) -> str:
    return f"{{ SELECT DISTINCT {names} WHERE {{ {pattern} }} }}"


def _apart(rows: Iterable[tuple[Value, ...]]) -> list[list[tuple[Value, ...]]]:
    """Split rows that begin with a claim, so that those which differ in the claim alone stay together."""
    parts: list[list[tuple[Value, ...]]] = [[]]
    for _, same in groupby(sorted(rows, key=lambda row: [*map(str, row[1:]), str(row[0])]), key=lambda row: row[1:]):
        together = list(same)
        if parts[-1] and len(parts[-1]) + len(together) > LISTED_AT_ONCE:
            parts.append([])
        parts[-1] += together
    return parts


def _listing(names: str, rows: Iterable[tuple[Value, ...]]) -> str:
    cells = " ".join(f"({' '.join(f'<{cell}>' for cell in row)})" for row in rows)
    return f"VALUES ({names}) {{ {cells} }}"


def of_enquiry(enquiry: str) -> str:
    """Return a pattern that binds ?claim to the claims which the sources of an enquiry state.

    :param enquiry: variable or term
    """
    return f"?claim nlc:statedIn/nlc:source/prov:wasGeneratedBy {enquiry} ."


def listed(iris: Iterable[str]) -> str:
    """Return IRIs as SPARQL lists them, in a fixed order."""
    return " ".join(f"<{iri}>" for iri in sorted(iris) if is_iri(iri))
