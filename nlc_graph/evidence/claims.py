"""Claims in full: who says what about whom, on what evidence, and where it stands in the source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..graph.graph import Graph
from ..table import Ref, Table, Value, as_number
from ..vocabulary import is_iri
from .statistics import BOUND_BY_FIGURE, FIGURE, LEVELS, Comparator, Figures, figures_from, in_words

PREFIX = """
PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""

#: The claims that touch a thing: itself, or by its outcome, practice, strategy, unit, evidence, voice or place. Paths
#: lead from the thing to claims, and the class is asked of what was found: the other way round visits every claim.
TOUCHING = (
    PREFIX
    + """
SELECT DISTINCT ?claim WHERE {
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
}
"""
)

#: One row a claim and related thing. The claims are put in by :func:`among`. Properties are filtered and not listed in
#: VALUES, here and below: a join with them reads every claim of the store.
RELATIONS = (
    PREFIX
    + """
SELECT ?claim ?property ?value WHERE {
  VALUES ?claim { CLAIMS }
  ?claim ?property ?value
  FILTER(?property IN (nlc:about, nlc:outcome, nlc:throughOutcome, nlc:direction, nlc:linkType, nlc:reportedUnder,
    nlc:strategy, nlc:assertedBy, nlc:affects, nlc:paraphrase, nlc:curatorNote, rdfs:label, nlc:comparisonDesign))
} ORDER BY ?claim ?property ?value
"""
)

#: One row a claim and evidence item.
ITEMS = (
    PREFIX
    + f"""
SELECT DISTINCT ?claim ?bearing ?item ?kind ?text ?note ?voice ?relay {BOUND_BY_FIGURE} WHERE {{
  VALUES ?claim {{ CLAIMS }}
  ?claim ?bearing ?item FILTER(?bearing IN (nlc:supportedBy, nlc:qualifiedBy, nlc:challengedBy))
  ?item nlc:evidenceKind ?kind .
  OPTIONAL {{ ?item nlc:paraphrase ?text }}
  OPTIONAL {{ ?item nlc:curatorNote ?note }}
  OPTIONAL {{ ?item nlc:spokenBy|nlc:providedBy ?voice }}
  OPTIONAL {{ ?item nlc:relayedBy ?relay }}
  {FIGURE.strip()}
}} ORDER BY ?claim ?bearing ?item
"""
)

#: One row a statistic and comparator.
COMPARATORS = (
    PREFIX
    + """
SELECT DISTINCT ?item ?position ?unit ?value ?start ?end ?change ?precision ?startPrecision ?endPrecision WHERE {
  VALUES ?claim { CLAIMS }
  ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?item .
  ?item ?position ?comparator FILTER(?position IN (nlc:comparedWith, nlc:aboveComparator, nlc:belowComparator))
  ?comparator nlc:about ?unit .
  OPTIONAL { ?comparator a nlc:Change BIND(true AS ?change) }
  OPTIONAL { ?comparator nlc:value ?value }
  OPTIONAL { ?comparator nlc:precision ?precision }
  LEVELS
} ORDER BY ?item ?position ?unit
""".replace("LEVELS", LEVELS.strip().replace("?item", "?comparator"))
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

    iri: Ref
    section: Ref
    opens: str
    closes: str
    source: Ref


@dataclass(frozen=True)
class Evidence:
    """What bears on a claim.

    :param bearing: IRI of supportedBy, qualifiedBy or challengedBy
    :param summary: the figures or the paraphrase, in words
    :param figures: the numbers, of a statistic
    :param voice: whose words or figure it is; None for none stated
    :param note: a remark of the compilers; empty for none
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


@dataclass(frozen=True)
class Claim:
    """A claim with everything that a reader needs to judge it.

    :param relations: local name of a property (about, outcome, strategy …) to its values, in order
    """

    iri: Ref
    relations: Mapping[str, tuple[Value, ...]]
    evidence: tuple[Evidence, ...]
    passages: tuple[Passage, ...]

    def one(self, name: str) -> Value:
        """Return the first value of a relation; None where there is none."""
        return next(iter(self.relations.get(name, ())), None)


def claims_touching(graph: Graph, thing: str) -> list[Ref]:
    """Return the claims that concern a thing of whatever sort."""
    return sorted(Ref(str(iri)) for iri in graph.select(touching_query(thing)).column("claim"))


def touching_query(thing: str) -> str:
    """Return the query of :func:`claims_touching`."""
    return TOUCHING.replace("?_thing_iri", f"<{thing}>")


def read_claims(graph: Graph, claims: Sequence[str]) -> list[Claim]:
    """Return claims with their evidence and passages, in the order asked for."""
    if not claims:
        return []
    given = among("VALUES ?claim { CLAIMS }", "CLAIMS", claims)
    if graph.remote:
        return claims_from(graph, graph.select_all(claim_queries(given)), claims)
    relations, items, comparators = (graph.select(query) for query in claim_queries(given)[:3])
    stated = [*claims, *(str(item) for item in items.column("item"))]
    return claims_from(graph, [relations, items, comparators, graph.select(among(PASSAGES, "ITEMS", stated))], claims)


def claim_queries(claims: str) -> list[str]:
    """Return the queries for claims with their evidence, comparators and passages, which :func:`claims_from` takes.

    :param claims: a pattern that binds ?claim
    """
    items = "nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy"
    stated = f"{{ {claims} BIND(?claim AS ?item) }} UNION {{ {claims} ?claim {items} ?item }}"
    return [
        *(query.replace("VALUES ?claim { CLAIMS }", claims) for query in (RELATIONS, ITEMS, COMPARATORS)),
        PASSAGES.replace("VALUES ?item { ITEMS }", f"{{ SELECT DISTINCT ?item WHERE {{ {stated} }} }}"),
    ]


def claims_from(graph: Graph, tables: Sequence[Table], claims: Sequence[str] = ()) -> list[Claim]:
    """Put claims together from the answers to :func:`claim_queries`.

    :param claims: their order; by IRI when empty
    """
    related, itemised, compared, stated = (sorted(table.rows, key=lambda row: [*map(str, row)]) for table in tables)
    relations: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for claim, name, value in related:
        relations[str(claim)][str(name).rsplit("#", 1)[-1]].append(value)
    items = [dict(zip(tables[1].columns, row, strict=True)) for row in itemised]
    comparators: dict[object, list[dict[str, Value]]] = defaultdict(list)
    for row in compared:
        comparators[row[0]].append(dict(zip(tables[2].columns, row, strict=True)))
    passages = passages_from(Table(tables[3].columns, tuple(stated)))
    graph.names.prepare(shown(tables))
    evidence: dict[str, dict[tuple[Value, Value], Evidence]] = defaultdict(dict)
    for item in items:
        found = _evidence(graph, item, comparators[item["item"]], passages.get(str(item["item"]), ()))
        evidence[str(item["claim"])].setdefault((item["bearing"], item["item"]), found)
    return [
        Claim(
            Ref(claim),
            {name: tuple(values) for name, values in relations[claim].items()},
            tuple(evidence[claim].values()),
            passages.get(claim, ()),
        )
        for claim in claims or sorted(relations)
    ]


def read_passages(graph: Graph, items: Sequence[str]) -> dict[str, tuple[Passage, ...]]:
    """Return for each item that has any its passages, in the order of the source."""
    return passages_from(graph.select(among(PASSAGES, "ITEMS", items))) if items else {}


def passages_from(table: Table) -> dict[str, tuple[Passage, ...]]:
    """Put passages together from the answer to :data:`PASSAGES`, in the order of the source."""
    found: dict[str, list[tuple[float, Passage]]] = defaultdict(list)
    for row in table:
        iri, section, source = (Ref(str(row[name])) for name in ("passage", "section", "source"))
        passage = Passage(iri, section, str(row["opens"]), str(row["closes"]), source)
        found[str(row["item"])].append((as_number(row["position"]) or 0, passage))
    return {
        item: tuple(passage for _, passage in sorted(passages, key=lambda pair: (pair[0], pair[1].iri)))
        for item, passages in found.items()
    }


def shown(tables: Iterable[Table]) -> set[Ref]:
    """Return the things in the cells of tables whose labels may be shown: all but claims, passages and properties."""
    return {
        value
        for table in tables
        for row in table.rows
        for name, value in zip(table.columns, row, strict=True)
        if isinstance(value, Ref) and name not in ("claim", "item", "passage", "property", "bearing", "position")
    }


def among(query: str, place: str, iris: Iterable[str]) -> str:
    """Put a list of IRIs into the VALUES block that ``place`` marks in one of this module's queries."""
    return query.replace(
        f"{{ {place} }}", "{ " + " ".join(f"<{iri}>" for iri in dict.fromkeys(iris) if is_iri(iri)) + " }"
    )


def _evidence(
    graph: Graph, row: dict[str, Value], comparators: list[dict[str, Value]], passages: tuple[Passage, ...]
) -> Evidence:
    figures = figures_from(row, _comparators(comparators))
    parts = [str(row["text"])] if row["text"] else []
    parts += [in_words(graph.names.label, figures)] if figures else []
    return Evidence(
        Ref(str(row["item"])),
        Ref(str(row["bearing"])),
        Ref(str(row["kind"])),
        " — ".join(parts),
        Ref(str(row["voice"])) if row["voice"] else None,
        Ref(str(row["relay"])) if row["relay"] else None,
        str(row["note"] or ""),
        passages,
        figures,
    )


def _comparators(rows: list[dict[str, Value]]) -> tuple[Comparator, ...]:
    positions = {"aboveComparator": "above", "belowComparator": "below"}
    # A position in words is a kind of comparison: where both are there, the one that says more counts.
    best: dict[Value, Comparator] = {}
    for other in rows:
        position = positions.get(str(other["position"]).rsplit("#", 1)[-1], "beside")
        if other["unit"] not in best or position != "beside":
            value, start, end = (as_number(other[name]) for name in ("value", "start", "end"))
            of_value, of_start, of_end = (
                Ref(str(other[name])) if other[name] else None
                for name in ("precision", "startPrecision", "endPrecision")
            )
            best[other["unit"]] = Comparator(
                Ref(str(other["unit"])), position, value, start, end, bool(other["change"]), of_value, of_start, of_end
            )
    return tuple(best.values())
