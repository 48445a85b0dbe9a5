"""Enquiries beside one another: from which one a claim comes, and where two agree.

A claim is of the enquiry whose source states it. Nothing of two enquiries is ever merged: each has its own identifiers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from ..graph.graph import Graph
from ..table import Ref
from ..vocabulary import BASE
from .filters import Filters, Patterns, of_enquiry

ENQUIRIES = "SELECT DISTINCT ?enquiry { ?enquiry a nlc:Enquiry } ORDER BY ?enquiry"
SOURCES = "SELECT DISTINCT ?source ?enquiry { ?source prov:wasGeneratedBy ?enquiry . ?enquiry a nlc:Enquiry }"

#: One row a practice (none for claims that tie none), outcome, direction and link type that an enquiry reports.
SAYS = f"""SELECT ?practice ?outcome ?direction ?link (GROUP_CONCAT(DISTINCT STR(?claim); separator=" ") AS ?claims)
WHERE {{
  {of_enquiry("?_enquiry_iri")}
  ?claim a nlc:Claim ; nlc:outcome ?outcome ; nlc:direction ?direction ; nlc:linkType ?link .
  OPTIONAL {{ ?claim nlc:strategy/nlc:practice ?practice }}
}} GROUP BY ?practice ?outcome ?direction ?link"""

_CHANGES = frozenset(f"{BASE}direction/{name}" for name in ("improved", "worsened", "mixed", "unchanged"))
#: Verdicts of a comparison, those that need attention first.
VERDICTS = ("differ", "partly", "agree", "not comparable", "only")


class Comparison(NamedTuple):
    """What two enquiries say of one practice and outcome.

    :param practice: None where the claims tie no practice
    :param verdict: one of :data:`VERDICTS`; see :func:`compare`
    :param first: (direction, link type) to the claims of the first enquiry that say so; empty for none
    :param second: the same of the second
    """

    practice: Ref | None
    outcome: Ref
    verdict: str
    first: Mapping[tuple[Ref, Ref], tuple[Ref, ...]]
    second: Mapping[tuple[Ref, Ref], tuple[Ref, ...]]


def find_enquiries(graph: Graph) -> list[Ref]:
    """Return the enquiries of a graph."""
    return [Ref(str(enquiry)) for enquiry in graph.select(ENQUIRIES).column("enquiry")]


def enquiries_of_sources(graph: Graph) -> Mapping[str, Ref]:
    """Return source to the enquiry that it reports."""
    return {str(source): Ref(str(enquiry)) for source, enquiry in graph.select(SOURCES).rows}


def enquiries_of_links(graph: Graph, filters: Filters | None = None) -> Mapping[tuple[str, str], tuple[Ref, ...]]:
    """Return for each practice and outcome that claims tie together the enquiries that these claims come from."""
    tied = Patterns(graph, filters or Filters()).tied_claims()
    query = f"SELECT DISTINCT ?practice ?outcome ?enquiry WHERE {{ {tied} {of_enquiry('?enquiry')} }} ORDER BY ?enquiry"
    found: dict[tuple[str, str], list[Ref]] = defaultdict(list)
    for practice, outcome, enquiry in graph.select(query).rows:
        found[str(practice), str(outcome)].append(Ref(str(enquiry)))
    return {pair: tuple(enquiries) for pair, enquiries in found.items()}


def compare(graph: Graph, first: str, second: str) -> list[Comparison]:
    """Compare what two enquiries say of each practice and outcome: the results that their claims report.

    A result is a direction: improved, worsened, mixed, unchanged. Two ``agree`` where they report the same, ``differ``
    where they have none in common, and otherwise agree ``partly``. Where one of them tells only of an aim or a state,
    they are ``not comparable``. A difference is no proof that one is wrong: schools, measures and times differ.

    :returns: by verdict in the order of :data:`VERDICTS`, what only one has last; then by label
    """
    sides = [_says(graph, enquiry) for enquiry in (first, second)]
    found = []
    for practice, outcome in {*sides[0], *sides[1]}:
        one, other = (side.get((practice, outcome), {}) for side in sides)
        found.append(Comparison(practice, outcome, _verdict(one, other), one, other))
    label = graph.names.label
    return sorted(
        found,
        key=lambda each: (
            VERDICTS.index(each.verdict),
            not each.first,
            each.practice is None,
            label(each.practice) if each.practice else "",
            label(each.outcome),
        ),
    )


def _verdict(one: Mapping[tuple[Ref, Ref], object], other: Mapping[tuple[Ref, Ref], object]) -> str:
    if not one or not other:
        return "only"
    results = [{direction for direction, _ in side} & _CHANGES for side in (one, other)]
    if not all(results):
        return "not comparable"
    return "agree" if results[0] == results[1] else "partly" if results[0] & results[1] else "differ"


def _says(graph: Graph, enquiry: str) -> dict[tuple[Ref | None, Ref], dict[tuple[Ref, Ref], tuple[Ref, ...]]]:
    found: dict[tuple[Ref | None, Ref], dict[tuple[Ref, Ref], tuple[Ref, ...]]] = defaultdict(dict)
    for practice, outcome, direction, link, claims in sorted(graph.select(SAYS, enquiry=Ref(enquiry)).rows, key=str):
        pair = Ref(str(practice)) if practice else None, Ref(str(outcome))
        found[pair][Ref(str(direction)), Ref(str(link))] = tuple(sorted(map(Ref, str(claims).split())))
    return found
