"""Claims in full: who says what about whom, on what evidence, and where it stands in the source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .graph import Graph
from .table import Iri, Value

PREFIX = """
PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""

#: The claims that touch a thing: itself, or by its outcome, practice, strategy, unit, evidence, voice or place.
TOUCHING = (
    PREFIX
    + """
SELECT DISTINCT ?claim WHERE {
  { ?claim a nlc:Claim FILTER(?claim = ?_thing_iri) }
  UNION { ?claim nlc:outcome|nlc:throughOutcome ?o . ?o skos:broader* ?_thing_iri }
  UNION { ?claim nlc:strategy/nlc:practice ?p . ?p skos:broader* ?_thing_iri }
  UNION { ?claim nlc:strategy ?s . ?s nlc:partOfStrategy* ?_thing_iri }
  UNION { ?claim nlc:strategy/nlc:drawsOn|nlc:strategy/nlc:partner|nlc:strategy/nlc:underProgramme ?_thing_iri }
  UNION { ?claim nlc:about ?u . ?u (org:memberOf|nlc:within)* ?_thing_iri }
  UNION { ?claim nlc:reportedUnder|nlc:assertedBy|nlc:linkType|nlc:direction|nlc:affects ?_thing_iri }
  UNION { ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?_thing_iri }
  UNION { ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?e .
          ?e nlc:spokenBy|nlc:relayedBy|nlc:providedBy|nlc:drawnFrom|nlc:measures|nlc:statedIn ?_thing_iri }
  UNION { ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?e . ?e nlc:evidenceKind/skos:broader* ?_thing_iri }
  UNION { ?claim nlc:statedIn ?_thing_iri }
  UNION { ?claim nlc:statedIn/nlc:section/nlc:partOfSection* ?_thing_iri }
  ?claim a nlc:Claim .
}
"""
)

#: One row a claim and related thing. The claims are put in by :func:`among`.
RELATIONS = (
    PREFIX
    + """
SELECT ?claim ?property ?value WHERE {
  VALUES ?claim { CLAIMS }
  VALUES ?property { nlc:about nlc:outcome nlc:throughOutcome nlc:direction nlc:linkType nlc:reportedUnder nlc:strategy
    nlc:assertedBy nlc:affects nlc:paraphrase nlc:curatorNote rdfs:label nlc:comparisonDesign }
  ?claim ?property ?value
} ORDER BY ?claim ?property ?value
"""
)

#: One row a claim and evidence item.
ITEMS = (
    PREFIX
    + """
SELECT DISTINCT ?claim ?bearing ?item ?kind ?text ?note ?voice ?relay
  ?unit ?indicator ?value ?measure ?precision ?at ?from ?to ?start ?end ?computed WHERE {
  VALUES ?claim { CLAIMS }
  VALUES ?bearing { nlc:supportedBy nlc:qualifiedBy nlc:challengedBy }
  ?claim ?bearing ?item .
  ?item nlc:evidenceKind ?kind .
  OPTIONAL { ?item nlc:paraphrase ?text }
  OPTIONAL { ?item nlc:curatorNote ?note }
  OPTIONAL { ?item nlc:spokenBy|nlc:providedBy ?voice }
  OPTIONAL { ?item nlc:relayedBy ?relay }
  OPTIONAL { ?item nlc:measures ?indicator ; nlc:about ?unit ; nlc:measurementUnit ?measure }
  OPTIONAL { ?item nlc:value ?value }
  OPTIONAL { ?item nlc:precision ?precision }
  OPTIONAL { ?item nlc:atPeriod ?at }
  OPTIONAL { ?item nlc:fromPeriod ?from ; nlc:toPeriod ?to }
  OPTIONAL { ?item nlc:startLevel/nlc:value ?start ; nlc:endLevel/nlc:value ?end }
  OPTIONAL { ?item nlc:computedValue ?computed }
} ORDER BY ?claim ?bearing ?item
"""
)

#: One row a statistic and comparator.
COMPARATORS = (
    PREFIX
    + """
SELECT DISTINCT ?item ?position ?unit ?value ?start ?end WHERE {
  VALUES ?claim { CLAIMS }
  VALUES ?position { nlc:comparedWith nlc:aboveComparator nlc:belowComparator }
  ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item .
  ?item ?position ?comparator .
  ?comparator nlc:about ?unit .
  OPTIONAL { ?comparator nlc:value ?value }
  OPTIONAL { ?comparator nlc:startLevel/nlc:value ?start ; nlc:endLevel/nlc:value ?end }
} ORDER BY ?item ?position ?unit
"""
)

#: One row an item (claim, evidence or other sourced thing) and passage.
PASSAGES = (
    PREFIX
    + """
SELECT DISTINCT ?item ?passage ?section ?position ?opens ?closes ?source WHERE {
  VALUES ?item { ITEMS }
  ?item nlc:statedIn ?passage .
  ?passage nlc:section ?section ; nlc:opens ?opens ; nlc:closes ?closes ; nlc:source ?source .
  OPTIONAL { ?section nlc:position ?position }
} ORDER BY ?item ?position ?passage
"""
)


@dataclass(frozen=True)
class Passage:
    """A place in a source: its section, and its first and last words as printed."""

    iri: Iri
    section: Iri
    opens: str
    closes: str
    source: Iri


@dataclass(frozen=True)
class Evidence:
    """What bears on a claim.

    :param bearing: IRI of supportedBy, qualifiedBy or challengedBy
    :param summary: the figures or the paraphrase, in words
    :param voice: whose words or figure it is; None for none stated
    :param note: a remark of the compilers; empty for none
    """

    iri: Iri
    bearing: Iri
    kind: Iri
    summary: str
    voice: Iri | None
    relayed_by: Iri | None
    note: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Claim:
    """A claim with everything that a reader needs to judge it.

    :param relations: local name of a property (about, outcome, strategy …) to its values, in order
    """

    iri: Iri
    relations: Mapping[str, tuple[Value, ...]]
    evidence: tuple[Evidence, ...]
    passages: tuple[Passage, ...]

    def one(self, name: str) -> Value:
        """Return the first value of a relation; None where there is none."""
        return next(iter(self.relations.get(name, ())), None)


def claims_touching(graph: Graph, thing: str) -> list[Iri]:
    """Return the claims that concern a thing of whatever sort."""
    text = TOUCHING.replace("?_thing_iri", f"<{thing}>")
    return sorted(Iri(str(iri)) for iri in graph.select(text).column("claim"))


def read_claims(graph: Graph, claims: Sequence[str]) -> list[Claim]:
    """Return claims with their evidence and passages, in the order asked for."""
    if not claims:
        return []
    relations: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for claim, name, value in graph.select(among(RELATIONS, "CLAIMS", claims)).rows:
        relations[str(claim)][str(name).rsplit("#", 1)[-1]].append(value)
    items = list(graph.select(among(ITEMS, "CLAIMS", claims)))
    comparators: dict[object, list[dict[str, Value]]] = defaultdict(list)
    for row in graph.select(among(COMPARATORS, "CLAIMS", claims)):
        comparators[row["item"]].append(row)
    passages = read_passages(graph, [*claims, *{str(row["item"]) for row in items}])
    evidence: dict[str, dict[tuple[Value, Value], Evidence]] = defaultdict(dict)
    for row in items:
        item = _evidence(graph, row, comparators[row["item"]], passages.get(str(row["item"]), ()))
        evidence[str(row["claim"])].setdefault((row["bearing"], row["item"]), item)
    return [
        Claim(
            Iri(claim),
            {name: tuple(values) for name, values in relations[claim].items()},
            tuple(evidence[claim].values()),
            passages.get(claim, ()),
        )
        for claim in claims
    ]


def read_passages(graph: Graph, items: Sequence[str]) -> dict[str, tuple[Passage, ...]]:
    """Return for each item that has any its passages, in the order of the source."""
    found: dict[str, list[Passage]] = defaultdict(list)
    if items:
        for row in graph.select(among(PASSAGES, "ITEMS", items)):
            iri, section, source = (Iri(str(row[name])) for name in ("passage", "section", "source"))
            found[str(row["item"])].append(Passage(iri, section, str(row["opens"]), str(row["closes"]), source))
    return {item: tuple(passages) for item, passages in found.items()}


def among(query: str, place: str, iris: Iterable[str]) -> str:
    """Put a list of IRIs into the VALUES block that ``place`` marks in one of this module's queries."""
    return query.replace(f"{{ {place} }}", "{ " + " ".join(f"<{iri}>" for iri in dict.fromkeys(iris)) + " }")


def _evidence(
    graph: Graph, row: dict[str, Value], comparators: list[dict[str, Value]], passages: tuple[Passage, ...]
) -> Evidence:
    parts = [str(row["text"])] if row["text"] else []
    if row["indicator"]:
        parts.append(_figures(graph, row, comparators))
    return Evidence(
        Iri(str(row["item"])),
        Iri(str(row["bearing"])),
        Iri(str(row["kind"])),
        " — ".join(parts),
        Iri(str(row["voice"])) if row["voice"] else None,
        Iri(str(row["relay"])) if row["relay"] else None,
        str(row["note"] or ""),
        passages,
    )


def _figures(graph: Graph, row: dict[str, Value], comparators: list[dict[str, Value]]) -> str:
    """Say a statistic in words: unit, indicator, numbers, periods, and how it stands to its comparators."""
    label = graph.things.label
    measure = label(str(row["measure"]))
    if row["start"] is not None:
        change = f"{_number(row['computed'], sign=True)} {measure}"
        numbers = f"from {_number(row['start'])} to {_number(row['end'])} (change {change})"
    elif row["value"] is not None:
        bound = label(str(row["precision"])) if row["precision"] else ""
        stated = "" if bound in ("", "as stated") else f"{bound} "
        numbers = f"{stated}{_number(row['value'], sign=row['from'] is not None)} {measure}"
    else:
        numbers = "no number given"
    when = label(str(row["at"])) if row["at"] else f"{label(str(row['from']))} to {label(str(row['to']))}"
    against = "".join(f"; {_comparison(graph, other)}" for other in comparators)
    return f"{label(str(row['indicator']))}, {label(str(row['unit']))}: {numbers}, {when}{against}"


def _comparison(graph: Graph, row: dict[str, Value]) -> str:
    words = {"aboveComparator": "above", "belowComparator": "below"}.get(
        str(row["position"]).rsplit("#", 1)[-1], "beside"
    )
    number = f" ({_number(row['value'])})" if row["value"] is not None else ""
    if row["start"] is not None:
        number = f" (from {_number(row['start'])} to {_number(row['end'])})"
    return f"{words} {graph.things.label(str(row['unit']))}{number}"


def _number(value: Value, *, sign: bool = False) -> str:
    number = float(str(value))
    return f"{number:+g}" if sign else f"{number:g}"
