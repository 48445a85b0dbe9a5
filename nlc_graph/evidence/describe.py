"""All about one thing: what it is, what it is linked with, the claims that touch it, and where to read on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..graph.graph import Graph
from ..graph.names import ENQUIRY_NAMES, LABELS, Entity, read_things
from ..table import Ref, Table, Value
from .claims import (
    PASSAGES,
    PREFIX,
    TOUCHING,
    Claim,
    Passage,
    among,
    claim_queries,
    claims_from,
    claims_touching,
    passages_from,
    read_claims,
    shown,
)
from .enquiries import SOURCES
from .provenance import read_origins_ahead
from .statistics import BOUND_BY_FIGURE, FIGURE, WORKED_OUT, figures_from, in_words

#: What a thing says of itself and what points at it; claims and derived links come by their own ways.
FACTS = """
PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?inverse ?property ?name ?value ?text ?absent FIGURES WHERE {
  {
    VALUES ?thing { ITEMS }
    ?thing ?property ?value
    BIND(false AS ?inverse)
    FILTER(?property NOT IN (nlc:statedIn, skos:inScheme, skos:topConceptOf, rdfs:label, skos:prefLabel, skos:altLabel,
      nlc:relatesTo, nlc:reportsImpactOn, nlc:aimsAt))
    FILTER(!STRENDS(STR(?property), "#type"))
  } UNION {
    VALUES ?thing { ITEMS }
    ?value ?property ?thing
    BIND(true AS ?inverse)
    FILTER NOT EXISTS { ?value a nlc:Claim }
    # A source is asked for all it does not report by `query not-reported`; here that would hide the rest.
    FILTER(?property NOT IN (skos:inScheme, skos:topConceptOf, nlc:relatesTo, nlc:reportsImpactOn, nlc:aimsAt,
      nlc:absentFrom))
  }
  OPTIONAL { ?property rdfs:label ?name }
  OPTIONAL { ?value nlc:paraphrase ?text }
  OPTIONAL { ?value a nlc:NotReported . BIND(true AS ?absent) }
  FIGURE
} ORDER BY ?inverse ?property ?value
""".replace("FIGURES", BOUND_BY_FIGURE).replace("FIGURE", FIGURE.strip().replace("?item", "?value"))


#: Properties in words, as seen from the thing and from the other end. Others have their label in the ontology.
WORDS = {
    "skos:definition": ("meaning", "meaning"),
    "skos:broader": ("wider", "narrower"),
    "skos:closeMatch": ("close to", "close to"),
    "skos:notation": ("number", "number"),
    "org:memberOf": ("member of", "member"),
    "dcterms:title": ("title", "title"),
    "dcterms:creator": ("author", "author"),
    "dcterms:publisher": ("publisher", "publisher"),
    "dcterms:identifier": ("reference", "reference"),
    "prov:wasGeneratedBy": ("comes from", "document"),
    "prov:wasAttributedTo": ("by", "work"),
    "nlc:practice": ("practice", "use"),
    "nlc:usedBy": ("used by", "strategy"),
    "nlc:partOfStrategy": ("part of", "part"),
    "nlc:about": ("about", "evidence or fact"),
    "nlc:concerns": ("concerns", "fact"),
    "nlc:within": ("within", "group"),
    "nlc:inArea": ("in", "unit"),
    "nlc:speaksFrom": ("speaks from", "voice"),
    "nlc:spokenBy": ("spoken by", "testimony"),
    "nlc:statedIn": ("stated in", "says"),
    "nlc:section": ("section", "passage"),
    "nlc:partOfSection": ("part of", "section"),
    "nlc:measures": ("measures", "figure"),
    "nlc:partner": ("partner", "works with"),
    "nlc:drawsOn": ("draws on", "taken up by"),
    "nlc:underProgramme": ("under programme", "unit or strategy"),
    "nlc:focusesOn": ("focuses on", "focus of"),
    "nlc:indicates": ("stands for", "indicator"),
    "nlc:paraphrase": ("in our words", "in our words"),
    "nlc:curatorNote": ("note", "note"),
}


@dataclass(frozen=True)
class Fact:
    """One thing said of another.

    :param name: the property in words, as seen from the thing described
    :param inverse: True if the value points at the thing described, not the other way round
    :param text: the paraphrase of the value, or its figure in words; empty where it has neither
    """

    name: str
    inverse: bool
    value: Value
    text: str


@dataclass(frozen=True)
class Description:
    """What a graph holds on one thing.

    :param origins: source to the enquiry that it reports
    """

    thing: Entity
    facts: tuple[Fact, ...]
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    origins: Mapping[str, Ref]


def describe(graph: Graph, iri: str) -> Description:
    """Gather all about a thing.

    :raises UnknownNameError: if nothing in the graph says anything of it
    """
    own = [
        among(FACTS, "ITEMS", [iri]),
        among(PASSAGES, "ITEMS", [iri]),
        LABELS.replace("PICKS", f"VALUES ?thing {{ <{iri}> }}"),
        SOURCES,
    ]
    if graph.remote:  # all in one request
        touching = f"{{ {TOUCHING.removeprefix(PREFIX).replace('?_thing_iri', f'<{iri}>')} }}"
        *tables, names = graph.select_all([*own, *claim_queries(touching), ENQUIRY_NAMES])
        graph.names.know_enquiries(names)
        read_origins_ahead(graph, [[Ref(iri), *tables[0].column("value")]], [*shown(tables), iri, *WORKED_OUT])
        claims = claims_from(graph, tables[len(own) :])
    else:
        tables = graph.select_all(own)
        claims = read_claims(graph, claims_touching(graph, iri))
        graph.names.prepare(shown(tables))
    rows = sorted(tables[0].rows, key=lambda row: [*map(str, row)])
    facts = [_fact(graph, row) for row in Table(tables[0].columns, tuple(rows))]
    facts.sort(key=lambda fact: fact.name != WORDS["skos:definition"][0])
    origins = {str(source): Ref(str(enquiry)) for source, enquiry in sorted(tables[3].rows, key=str)}
    thing = read_things(tables[2]).get(iri) or Entity(Ref(iri), "", graph.names.curie(iri))
    return Description(thing, tuple(facts), passages_from(tables[1]).get(iri, ()), tuple(claims), origins)


def _fact(graph: Graph, row: dict[str, Value]) -> Fact:
    inverse = bool(row["inverse"])
    curie = graph.names.curie(str(row["property"]))
    own = f"is {row['name']} of" if inverse else str(row["name"])
    name = WORDS[curie][inverse] if curie in WORDS else own if row["name"] else curie
    if inverse and row["absent"]:
        name = "not reported"
    return Fact(name, inverse, row["value"], str(row["text"] or "") or _figure(graph, row))


def _figure(graph: Graph, row: dict[str, Value]) -> str:
    """Say a statistic that has no paraphrase in words."""
    figures = figures_from(row)
    return in_words(graph.names.label, figures) if figures else ""
