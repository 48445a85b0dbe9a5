"""Descriptions: what a graph holds about one practice, network, claim or other resource."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..graph.graph import Graph
from ..graph.names import LABELS, Entity, read_entities
from ..table import Ref, Value
from .claims import Claim, Passage, claims_touching, read_claims, read_passages
from .filters import as_values
from .statistics import FIGURE, FIGURE_VARIABLES, figures_from, in_words

#: The statements about a resource and those that point at it, without claims and derived links. What a source does not
#: report is left out too: it would hide the rest, and `query not-reported` lists it.
FACTS = f"""SELECT DISTINCT ?inverse ?property ?name ?value ?text ?absent {FIGURE_VARIABLES} WHERE {{
  {{
    VALUES ?thing {{ IRIS }}
    ?thing ?property ?value
    BIND(false AS ?inverse)
    FILTER(?property NOT IN (nlc:statedIn, skos:inScheme, skos:topConceptOf, rdfs:label, skos:prefLabel, skos:altLabel,
      nlc:relatesTo, nlc:reportsImpactOn, nlc:aimsAt, nlc:reportedToLeadTo))
    FILTER(!STRENDS(STR(?property), "#type"))
  }} UNION {{
    VALUES ?thing {{ IRIS }}
    ?value ?property ?thing
    BIND(true AS ?inverse)
    FILTER NOT EXISTS {{ ?value a nlc:Claim }}
    FILTER(?property NOT IN (skos:inScheme, skos:topConceptOf, nlc:relatesTo, nlc:reportsImpactOn, nlc:aimsAt,
      nlc:reportedToLeadTo,
      nlc:absentFrom))
  }}
  OPTIONAL {{ ?property rdfs:label ?name }}
  OPTIONAL {{ ?value nlc:paraphrase ?text }}
  OPTIONAL {{ ?value a nlc:NotReported . BIND(true AS ?absent) }}
  {FIGURE.replace("?item", "?value")}
}} ORDER BY ?inverse ?property ?value"""
SOURCES = "SELECT DISTINCT ?source ?enquiry { ?source prov:wasGeneratedBy ?enquiry . ?enquiry a nlc:Enquiry }"

#: Names of properties, read from the resource and from the other end. Others have their label in the ontology.
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
    """A statement about a resource, or one that points at it.

    :param name: name of the property, read from the resource
    :param inverse: whether the value points at the resource
    :param text: the paraphrase of the value, or its formatted figure; may be empty
    """

    name: str
    inverse: bool
    value: Value
    text: str


@dataclass(frozen=True)
class Description:
    """What a graph holds about one resource.

    :param origins: source to the enquiry that it reports
    """

    thing: Entity
    facts: tuple[Fact, ...]
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    origins: Mapping[str, Ref]


def describe(graph: Graph, iri: str) -> Description:
    """Return what a graph holds about a practice, network, claim or any other resource."""
    iris = as_values([iri])
    labelled = read_entities(graph.select(LABELS.replace("PICKS", f"VALUES ?thing {{ {iris} }}")))
    facts = [_fact(graph, row) for row in graph.select(FACTS.replace("IRIS", iris))]
    facts.sort(key=lambda fact: fact.name != WORDS["skos:definition"][0])
    return Description(
        thing=labelled.get(iri) or Entity(Ref(iri), "", graph.names.curie(iri)),
        facts=tuple(facts),
        passages=read_passages(graph, [iri]).get(iri, ()),
        claims=tuple(read_claims(graph, claims_touching(graph, iri))),
        origins={str(source): Ref(str(enquiry)) for source, enquiry in graph.select(SOURCES).rows},
    )


def _fact(graph: Graph, row: dict[str, Value]) -> Fact:
    inverse = bool(row["inverse"])
    figures = figures_from(row)
    figure = in_words(graph.names.label, figures) if figures else ""
    name = "not reported" if inverse and row["absent"] else _name(graph.names.curie(str(row["property"])), row)
    return Fact(name, inverse, row["value"], str(row["text"] or figure))


def _name(curie: str, row: Mapping[str, Value]) -> str:
    if curie in WORDS:
        return WORDS[curie][bool(row["inverse"])]
    if row["name"] is None:
        return curie
    return f"is {row['name']} of" if row["inverse"] else str(row["name"])
