"""The enquiries in a graph: which one a row comes from, and where two of them agree.

A claim comes from the enquiry whose source states it. Two enquiries are never merged: each keeps its own identifiers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from ..graph.graph import Graph
from ..table import Ref
from ..vocabulary import BASE
from .claims_table import claims_table
from .filters import Filters, as_values

ENQUIRIES = "SELECT DISTINCT ?enquiry { ?enquiry a nlc:Enquiry } ORDER BY ?enquiry"
NAMES = "SELECT ?enquiry ?name { ?enquiry a nlc:Enquiry ; rdfs:label|skos:altLabel ?name } ORDER BY ?enquiry"

#: One row a resource and enquiry that states it, or states something about it.
ORIGINS = """SELECT DISTINCT ?resource ?enquiry {
  VALUES ?resource { IRIS }
  ?enquiry a nlc:Enquiry .
  FILTER EXISTS {
    { ?resource (nlc:statedIn/nlc:source|nlc:source|nlc:absentFrom)?/prov:wasGeneratedBy ?enquiry }
    UNION { ?stated ?any ?resource . ?stated nlc:statedIn/nlc:source/prov:wasGeneratedBy ?enquiry }
    UNION { ?resource (^org:memberOf|^nlc:within)+/^nlc:about/nlc:statedIn/nlc:source/prov:wasGeneratedBy ?enquiry }
  }
}"""
#: Which resources are terms of a vocabulary or periods: enquiries share these.
TERMS = """SELECT DISTINCT ?term {
  VALUES ?term { IRIS } { ?term skos:inScheme ?scheme } UNION { ?term a nlc:Period } }"""
#: Most rows that are read of USES; where there are more, a row of terms comes from the enquiries that use all of them.
MOST_USES = 20_000
#: One row a claim, its enquiry, and a term that the claim, its strategies or its evidence use.
USES = f"""SELECT DISTINCT ?claim ?enquiry ?term {{
  VALUES ?term {{ IRIS }}
  {{ ?claim ?any ?term }} UNION {{ ?claim ?one ?between . ?between ?other ?term }}
  ?claim a nlc:Claim ; nlc:statedIn/nlc:source/prov:wasGeneratedBy ?enquiry .
}} LIMIT {MOST_USES + 1}"""
#: One row an identifier with two values of a property that has one.
CLASHES = """SELECT DISTINCT ?thing ?one ?other {
  VALUES ?property { rdfs:label nlc:paraphrase nlc:direction nlc:outcome }
  ?thing ?property ?one, ?other .
  FILTER(STR(?one) < STR(?other) && COALESCE(LANG(?one), "") = COALESCE(LANG(?other), ""))
} ORDER BY ?thing ?one ?other"""

_CHANGES = frozenset(f"{BASE}direction/{name}" for name in ("improved", "worsened", "mixed", "unchanged"))
#: Verdicts of a comparison, those that need attention first.
VERDICTS = ("differ", "partly", "agree", "not comparable", "only")
#: (direction, link type) to the claims that report it.
Results = Mapping[tuple[Ref, Ref], tuple[Ref, ...]]


class Clash(NamedTuple):
    """One identifier with two labels, paraphrases, directions or outcomes: two files use it for different things."""

    thing: Ref
    one: str
    other: str


class Origins(NamedTuple):
    """The enquiries that rows come from.

    :param names: enquiry to the shortest of its names
    :param rows: for each row its enquiries, by name; empty where no enquiry states what is in it
    """

    names: Mapping[str, str]
    rows: list[tuple[Ref, ...]]

    def in_words(self, row: int) -> str:
        """Return the names of the enquiries of a row."""
        return ", ".join(self.names[enquiry] for enquiry in self.rows[row])


class Comparison(NamedTuple):
    """What two enquiries report about one practice and outcome.

    :param practice: None for claims without practice
    :param verdict: one of :data:`VERDICTS`; see :func:`compare`
    :param first: the claims of the first enquiry by result; empty if there are none
    :param second: those of the second
    """

    practice: Ref | None
    outcome: Ref
    verdict: str
    first: Results
    second: Results


def find_enquiries(graph: Graph) -> list[Ref]:
    """Return the enquiries of a graph, by IRI."""
    return [Ref(str(enquiry)) for enquiry in graph.select(ENQUIRIES).column("enquiry")]


def names_of_enquiries(graph: Graph) -> dict[str, str]:
    """Return each enquiry with its shortest name, one without article if there is one."""
    names: dict[str, list[str]] = defaultdict(list)
    for enquiry, name in graph.select(NAMES).rows:
        names[str(enquiry)].append(str(name))
    return {enquiry: min(of, key=lambda name: (_has_article(name), len(name), name)) for enquiry, of in names.items()}


def find_clashes(graph: Graph) -> list[Clash]:
    """Return the identifiers that are used for two things, by IRI."""
    return [Clash(Ref(str(iri)), str(one), str(other)) for iri, one, other in graph.select(CLASHES).rows]


def origins_of_rows(graph: Graph, rows: Sequence[Iterable[object]]) -> Origins | None:
    """Return the enquiries that rows come from: those that all resources in a row share, or else all of theirs.

    :param rows: values; those that are not a :class:`~nlc_graph.table.Ref` are ignored
    :returns: None if the graph has fewer than two enquiries
    """
    names = names_of_enquiries(graph)
    if len(names) < 2:
        return None
    found = [{cell for cell in row if isinstance(cell, Ref) and not cell.startswith("_:")} for row in rows]
    iris = as_values(set().union(*found))
    if not iris:
        return Origins(names, [()] * len(found))
    stated = _grouped(graph.select(ORIGINS.replace("IRIS", iris)).rows) | {enquiry: {enquiry} for enquiry in names}
    terms = {str(term) for term in graph.select(TERMS.replace("IRIS", iris)).column("term")}
    together = _Together(graph, terms & stated.keys())
    enquiries = [_enquiries_of(row, stated, terms, together) for row in found]
    return Origins(
        names, [tuple(map(Ref, sorted(of, key=lambda each: (names.get(each, each), each)))) for of in enquiries]
    )


def compare(graph: Graph, first: str, second: str) -> list[Comparison]:
    """Compare the results that two enquiries report about each practice and outcome.

    A result is a direction: improved, worsened, mixed, unchanged. Two enquiries ``agree`` if they report the same
    results, ``differ`` if they share none, and otherwise agree ``partly``. If one of them reports only an aim or a
    state, they are ``not comparable``. A difference does not show that one is wrong: schools and measures differ.

    :returns: by verdict in the order of :data:`VERDICTS`, what only the second reports last; then by label
    """
    one, other = _results(graph, first), _results(graph, second)
    pairs = [(pair, one.get(pair, {}), other.get(pair, {})) for pair in {*one, *other}]
    rows = [Comparison(*pair, _verdict(here, there), here, there) for pair, here, there in pairs]
    return sorted(rows, key=lambda row: _order(graph, row))


def _results(graph: Graph, enquiry: str) -> dict[tuple[Ref | None, Ref], dict[tuple[Ref, Ref], tuple[Ref, ...]]]:
    found: dict[tuple[Ref | None, Ref], dict[tuple[Ref, Ref], tuple[Ref, ...]]] = defaultdict(dict)
    for row in claims_table(graph).rows(Filters(enquiries=frozenset([enquiry]))):
        for practice in row.practices or (None,):
            if row.direction:
                results = found[practice, row.outcome]
                result = row.direction, row.link
                results[result] = (*results.get(result, ()), row.claim)
    return found


def _verdict(one: Results, other: Results) -> str:
    if not one or not other:
        return "only"
    here, there = ({direction for direction, _ in side} & _CHANGES for side in (one, other))
    if not here or not there:
        return "not comparable"
    return "agree" if here == there else "partly" if here & there else "differ"


def _order(graph: Graph, row: Comparison) -> tuple[object, ...]:
    practice = graph.names.label(row.practice) if row.practice else ""
    return VERDICTS.index(row.verdict), not row.first, row.practice is None, practice, graph.names.label(row.outcome)


class _Together:
    """Finds the enquiries with a claim that uses several terms; the claims are read when first needed."""

    def __init__(self, graph: Graph, terms: Iterable[str]) -> None:
        self._graph, self._terms = graph, terms

    @cached_property
    def _used(self) -> dict[tuple[str, str], set[str]] | None:
        """Return claim and enquiry to the terms that the claim uses; None if too many claims use them."""
        rows = self._graph.select(USES.replace("IRIS", as_values(self._terms))).rows
        if len(rows) > MOST_USES:
            return None
        return _grouped(((claim, enquiry), term) for claim, enquiry, term in rows)

    def enquiries(self, terms: set[Ref]) -> set[str] | None:
        """Return the enquiries; None if too many claims use the terms."""
        if self._used is None:
            return None
        return {enquiry for (_, enquiry), used in self._used.items() if terms <= used}


def _enquiries_of(row: set[Ref], stated: Mapping[str, set[str]], terms: set[str], together: _Together) -> set[str]:
    known = {resource for resource in row if resource in stated}
    own = [stated[resource] for resource in known - terms]
    if own:
        return set.intersection(*own) or set.union(*own)
    used = [stated[term] for term in known]
    if len(used) < 2:
        return set().union(*used)
    found = together.enquiries(known)
    return set.intersection(*used) if found is None else found


def _grouped(pairs: Iterable[Sequence[Any]]) -> dict[Any, set[str]]:
    found: dict[Any, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(str(other))
    return found


def _has_article(name: str) -> bool:
    return name.lower().startswith("the ")
