"""Claims in full: what a source reports about which unit, on what evidence, and in which passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..graph.graph import Graph
from ..table import Ref, Value, as_number
from ..vocabulary import local_name
from .filters import as_values
from .statistics import FIGURE, FIGURE_VARIABLES, LEVELS, Comparator, Figures, as_ref, figures_from, in_words

#: The claims that touch a resource: the claim itself, or one that reaches it through its outcome, practice, strategy,
#: unit, evidence, voice or passage. Paths start at the resource, which spares the engine from visiting every claim.
TOUCHING = """SELECT DISTINCT ?claim WHERE {
  { SELECT DISTINCT ?claim WHERE {
    { BIND(?_thing_iri AS ?claim) }
    UNION { ?_thing_iri ^skos:broader*/^nlc:outcome ?claim }
    UNION { ?_thing_iri ^skos:broader*/^nlc:throughOutcome ?claim }
    UNION { ?_thing_iri ^skos:broader*/^nlc:practice/^nlc:strategy ?claim }
    UNION { ?_thing_iri ^nlc:partOfStrategy*/^nlc:strategy ?claim }
    UNION { ?claim nlc:strategy/nlc:drawsOn|nlc:strategy/nlc:partner|nlc:strategy/nlc:underProgramme ?_thing_iri }
    UNION { { SELECT DISTINCT ?unit WHERE { ?unit (org:memberOf|nlc:within)* ?_thing_iri } } ?claim nlc:about ?unit }
    UNION { ?claim nlc:reportedUnder|nlc:assertedBy|nlc:linkType|nlc:direction|nlc:affects ?_thing_iri }
    UNION { ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?_thing_iri }
    UNION { ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item .
            ?item nlc:spokenBy|nlc:relayedBy|nlc:providedBy|nlc:drawnFrom|nlc:measures|nlc:statedIn ?_thing_iri }
    UNION { ?_thing_iri ^skos:broader*/^nlc:evidenceKind ?item .
            ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item }
    UNION { ?claim nlc:statedIn ?_thing_iri }
    UNION { ?_thing_iri ^nlc:partOfSection*/^nlc:section/^nlc:statedIn ?claim }
  } }
  ?claim a nlc:Claim
}"""

#: One row a claim and related resource. Properties are filtered and not listed in VALUES, here and below: a join with
#: these would read every claim of a store.
RELATIONS = """SELECT ?claim ?property ?value WHERE {
  VALUES ?claim { IRIS }
  ?claim ?property ?value
  FILTER(?property IN (nlc:about, nlc:outcome, nlc:throughOutcome, nlc:direction, nlc:linkType, nlc:reportedUnder,
    nlc:strategy, nlc:assertedBy, nlc:affects, nlc:paraphrase, nlc:curatorNote, rdfs:label, nlc:comparisonDesign))
} ORDER BY ?claim ?property ?value"""

#: One row a claim and evidence item.
ITEMS = f"""SELECT DISTINCT ?claim ?bearing ?item ?kind ?text ?note ?voice ?relay {FIGURE_VARIABLES} WHERE {{
  VALUES ?claim {{ IRIS }}
  ?claim ?bearing ?item FILTER(?bearing IN (nlc:supportedBy, nlc:qualifiedBy, nlc:challengedBy))
  ?item nlc:evidenceKind ?kind .
  OPTIONAL {{ ?item nlc:paraphrase ?text }}
  OPTIONAL {{ ?item nlc:curatorNote ?note }}
  OPTIONAL {{ ?item nlc:spokenBy|nlc:providedBy ?voice }}
  OPTIONAL {{ ?item nlc:relayedBy ?relay }}
  {FIGURE}
}} ORDER BY ?claim ?bearing ?item ?text ?voice"""

#: One row a statistic and comparator.
COMPARATORS = f"""SELECT DISTINCT ?item ?position ?unit ?value ?start ?end ?change ?precision ?startPrecision
  ?endPrecision
WHERE {{
  VALUES ?claim {{ IRIS }}
  ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item .
  ?item ?position ?comparator FILTER(?position IN (nlc:comparedWith, nlc:aboveComparator, nlc:belowComparator))
  ?comparator nlc:about ?unit .
  OPTIONAL {{ ?comparator a nlc:Change BIND(true AS ?change) }}
  OPTIONAL {{ ?comparator nlc:value ?value }}
  OPTIONAL {{ ?comparator nlc:precision ?precision }}
  {LEVELS.replace("?item", "?comparator")}
}} ORDER BY ?item ?position ?unit ?value"""

#: One row a claim, evidence item or other resource and passage.
PASSAGES = """SELECT DISTINCT ?item ?passage ?section ?position ?opens ?closes ?source WHERE {
  VALUES ?item { IRIS }
  ?item nlc:statedIn ?passage .
  ?passage nlc:section ?section ; nlc:opens ?opens ; nlc:closes ?closes ; nlc:source ?source .
  OPTIONAL { ?section nlc:position ?position }
}"""


@dataclass(frozen=True)
class Passage:
    """A passage of a source: its section, and its first and last words as printed."""

    iri: Ref
    section: Ref
    opens: str
    closes: str
    source: Ref


@dataclass(frozen=True)
class Evidence:
    """An evidence item of a claim.

    :param bearing: IRI of supportedBy, qualifiedBy or challengedBy
    :param summary: the paraphrase and the formatted figures
    :param figures: the numbers of a statistic
    :param voice: who speaks or provides it; None if not stated
    :param note: a note by the curators; may be empty
    """

    iri: Ref
    bearing: Ref
    kind: Ref
    summary: str
    voice: Ref | None
    relayed_by: Ref | None
    note: str
    passages: tuple[Passage, ...]
    figures: Figures | None = None

    @property
    def passage(self) -> Passage:
        """Return the first passage in the order of the source."""
        return self.passages[0]


@dataclass(frozen=True)
class Claim:
    """A claim with its evidence.

    :param relations: local name of a property (about, outcome, strategy …) to its values, sorted
    """

    iri: Ref
    relations: Mapping[str, tuple[Value, ...]]
    evidence: tuple[Evidence, ...]
    passages: tuple[Passage, ...]

    def one(self, name: str) -> Value:
        """Return the first value of a relation; None if it has none."""
        return next(iter(self.relations.get(name, ())), None)


def claims_touching(graph: Graph, iri: str) -> list[Ref]:
    """Return the claims that concern a practice, network, claim or any other resource, by IRI."""
    return sorted(
        Ref(str(claim)) for claim in graph.select(TOUCHING.replace("?_thing_iri", f"<{iri}>")).column("claim")
    )


def read_claims(graph: Graph, claims: Sequence[str]) -> list[Claim]:
    """Return claims with their evidence and passages, in the given order."""
    if not claims:
        return []
    iris = as_values(claims)
    relations: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for claim, name, value in graph.select(RELATIONS.replace("IRIS", iris)).rows:
        relations[str(claim)][local_name(str(name))].append(value)
    items = list(graph.select(ITEMS.replace("IRIS", iris)))
    comparators = _read_comparators(graph, iris)
    passages = read_passages(graph, [*claims, *(str(item["item"]) for item in items)])
    evidence: dict[str, dict[tuple[Value, Value], Evidence]] = defaultdict(dict)
    for row in items:
        key, item = (row["bearing"], row["item"]), str(row["item"])
        if key not in evidence[str(row["claim"])]:
            evidence[str(row["claim"])][key] = _evidence(graph, row, comparators[item], passages.get(item, ()))
    return [
        Claim(
            Ref(claim),
            {name: tuple(values) for name, values in relations[claim].items()},
            tuple(evidence[claim].values()),
            passages.get(claim, ()),
        )
        for claim in claims
    ]


def read_passages(graph: Graph, items: Iterable[str]) -> dict[str, tuple[Passage, ...]]:
    """Return the passages of claims, evidence items or other resources, in the order of the source."""
    found: dict[str, list[tuple[float, Ref, Passage]]] = defaultdict(list)
    for row in graph.select(PASSAGES.replace("IRIS", as_values(set(items)))):
        iri, section, source = (Ref(str(row[name])) for name in ("passage", "section", "source"))
        passage = Passage(iri, section, str(row["opens"]), str(row["closes"]), source)
        found[str(row["item"])].append((as_number(row["position"]) or 0, iri, passage))
    return {
        item: tuple(passage for *_, passage in sorted(passages, key=lambda each: each[:2]))
        for item, passages in found.items()
    }


def _evidence(
    graph: Graph, row: Mapping[str, Value], comparators: Mapping[Ref, Comparator], passages: tuple[Passage, ...]
) -> Evidence:
    figures = figures_from(row, tuple(comparators.values()))
    parts = [str(row["text"])] if row["text"] else []
    parts += [in_words(graph.names.label, figures)] if figures else []
    return Evidence(
        iri=Ref(str(row["item"])),
        bearing=Ref(str(row["bearing"])),
        kind=Ref(str(row["kind"])),
        summary=" — ".join(parts),
        voice=as_ref(row["voice"]),
        relayed_by=as_ref(row["relay"]),
        note=str(row["note"] or ""),
        passages=passages,
        figures=figures,
    )


def _read_comparators(graph: Graph, claims: str) -> dict[str, dict[Ref, Comparator]]:
    """Return evidence item to its comparators by unit; above and below take precedence over a mere comparison."""
    found: dict[str, dict[Ref, Comparator]] = defaultdict(dict)
    for row in graph.select(COMPARATORS.replace("IRIS", claims)):
        unit, of_item = Ref(str(row["unit"])), found[str(row["item"])]
        position = local_name(str(row["position"])).removesuffix("Comparator")
        if position in ("above", "below") or unit not in of_item:
            of_item[unit] = _comparator(unit, position if position in ("above", "below") else "beside", row)
    return found


def _comparator(unit: Ref, position: str, row: Mapping[str, Value]) -> Comparator:
    value, start, end = (as_number(row[name]) for name in ("value", "start", "end"))
    precisions = (as_ref(row[name]) for name in ("precision", "startPrecision", "endPrecision"))
    return Comparator(unit, position, value, start, end, bool(row["change"]), *precisions)
