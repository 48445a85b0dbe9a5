"""Enquiries beside one another: from which one a claim comes, where two agree, and what changed between two versions.

A claim is of the enquiry whose source states it. Nothing of two enquiries is ever merged: each has its own identifiers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from .filters import Filters, Patterns, of_enquiry
from .graph import Graph
from .table import Iri, Value
from .vocabulary import DERIVED

ENQUIRIES = "SELECT DISTINCT ?enquiry { ?enquiry a nlc:Enquiry } ORDER BY ?enquiry"
SOURCES = "SELECT DISTINCT ?source ?enquiry { ?source prov:wasGeneratedBy ?enquiry . ?enquiry a nlc:Enquiry }"

#: One row a practice (none for claims that tie none), outcome, direction and link type that an enquiry reports.
SAYS = f"""SELECT ?practice ?outcome ?direction ?link (COUNT(DISTINCT ?claim) AS ?claims) WHERE {{
  {of_enquiry("?_enquiry_iri")}
  ?claim a nlc:Claim ; nlc:outcome ?outcome ; nlc:direction ?direction ; nlc:linkType ?link .
  OPTIONAL {{ ?claim nlc:strategy/nlc:practice ?practice }}
}} GROUP BY ?practice ?outcome ?direction ?link"""

#: Everything said of claims and of their evidence: one row a claim, property and value.
SAID = """SELECT ?claim ?item ?property ?value {
  ?claim a nlc:Claim .
  { ?claim ?property ?value BIND(?claim AS ?item) }
  UNION { ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item . ?item ?property ?value }
}"""


class Comparison(NamedTuple):
    """What two enquiries say of one practice and outcome.

    :param practice: None where the claims tie no practice
    :param verdict: agree, differ, or only (one of the two reports it)
    :param first: (direction, link type) to number of claims of the first enquiry; empty for none
    :param second: the same of the second
    """

    practice: Iri | None
    outcome: Iri
    verdict: str
    first: Mapping[tuple[Iri, Iri], int]
    second: Mapping[tuple[Iri, Iri], int]


class Difference(NamedTuple):
    """What changed in one claim between two versions of a graph.

    :param change: added, withdrawn or changed
    :param property: of a changed claim or its evidence: what was said otherwise
    :param before: its values before; empty for none
    :param after: its values after
    """

    claim: Iri
    change: str
    item: Iri | None = None
    property: Iri | None = None
    before: tuple[Value, ...] = ()
    after: tuple[Value, ...] = ()


def find_enquiries(graph: Graph) -> list[Iri]:
    """Return the enquiries of a graph."""
    return [Iri(str(enquiry)) for enquiry in graph.select(ENQUIRIES).column("enquiry")]


def enquiries_of_sources(graph: Graph) -> Mapping[str, Iri]:
    """Return source to the enquiry that it reports."""
    return {str(source): Iri(str(enquiry)) for source, enquiry in graph.select(SOURCES).rows}


def enquiries_of_links(graph: Graph, filters: Filters | None = None) -> Mapping[tuple[str, str], tuple[Iri, ...]]:
    """Return for each practice and outcome that claims tie together the enquiries that these claims come from."""
    tied = Patterns(graph, filters or Filters()).tied_claims()
    query = f"SELECT DISTINCT ?practice ?outcome ?enquiry WHERE {{ {tied} {of_enquiry('?enquiry')} }} ORDER BY ?enquiry"
    found: dict[tuple[str, str], list[Iri]] = defaultdict(list)
    for practice, outcome, enquiry in graph.select(query).rows:
        found[str(practice), str(outcome)].append(Iri(str(enquiry)))
    return {pair: tuple(enquiries) for pair, enquiries in found.items()}


def compare(graph: Graph, first: str, second: str) -> list[Comparison]:
    """Compare what two enquiries say of each practice and outcome: the directions that their claims report.

    Two agree where they report the same directions, and differ otherwise; an aim without a result is a direction too.
    A difference is no proof that one is wrong: schools, measures and times differ.

    :returns: differences first, then agreements, then what only one has; by label
    """
    sides = [_says(graph, enquiry) for enquiry in (first, second)]
    found = []
    for practice, outcome in {*sides[0], *sides[1]}:
        one, other = (side.get((practice, outcome), {}) for side in sides)
        same = {direction for direction, _ in one} == {direction for direction, _ in other}
        verdict = "only" if not one or not other else "agree" if same else "differ"
        found.append(Comparison(practice, outcome, verdict, one, other))
    order = ("differ", "agree", "only")
    label = graph.things.label
    return sorted(
        found,
        key=lambda each: (
            order.index(each.verdict),
            not each.first,
            each.practice is None,
            label(each.practice) if each.practice else "",
            label(each.outcome),
        ),
    )


def diff(old: Graph, new: Graph) -> list[Difference]:
    """Return what changed in claims and their evidence between two versions, by claim."""
    before, after = _claims(old), _claims(new)
    found: list[Difference] = []
    for claim in sorted({*before, *after}):
        if claim not in after or claim not in before:
            found.append(Difference(Iri(claim), "added" if claim in after else "withdrawn"))
            continue
        for key in sorted({*before[claim], *after[claim]}):
            one, other = before[claim].get(key, set()), after[claim].get(key, set())
            if one != other:
                values = [tuple(sorted(each, key=str)) for each in (one - other, other - one)]
                found.append(Difference(Iri(claim), "changed", Iri(key[0]), Iri(key[1]), *values))
    return found


def _says(graph: Graph, enquiry: str) -> dict[tuple[Iri | None, Iri], dict[tuple[Iri, Iri], int]]:
    found: dict[tuple[Iri | None, Iri], dict[tuple[Iri, Iri], int]] = defaultdict(dict)
    for practice, outcome, direction, link, claims in sorted(graph.select(SAYS, enquiry=Iri(enquiry)).rows, key=str):
        pair = Iri(str(practice)) if practice else None, Iri(str(outcome))
        found[pair][Iri(str(direction)), Iri(str(link))] = int(str(claims))
    return found


def _claims(graph: Graph) -> dict[str, dict[tuple[str, str], set[Value]]]:
    found: dict[str, dict[tuple[str, str], set[Value]]] = {}
    for claim, item, property_, value in graph.select(SAID).rows:
        if str(property_) not in DERIVED:
            found.setdefault(str(claim), {}).setdefault((str(item), str(property_)), set()).add(value)
    return found
