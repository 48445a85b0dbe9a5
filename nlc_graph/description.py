"""All about one thing: what it is, what it is linked with, the claims that touch it, and where to read on."""

from __future__ import annotations

from dataclasses import dataclass

from .evidence import Claim, Passage, among, claims_touching, read_claims, read_passages
from .graph import Graph
from .table import Iri, Value
from .things import Thing

#: What a thing says of itself and what points at it; claims and derived links come by their own ways.
FACTS = """
PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?inverse ?property ?name ?value ?text WHERE {
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
    FILTER(?property NOT IN (skos:inScheme, skos:topConceptOf, nlc:relatesTo, nlc:reportsImpactOn, nlc:aimsAt))
  }
  OPTIONAL { ?property rdfs:label ?name }
  OPTIONAL { ?value nlc:paraphrase ?text }
} ORDER BY ?inverse ?property ?value
"""


@dataclass(frozen=True)
class Fact:
    """One thing said of another.

    :param name: the property in words
    :param inverse: True if the value points at the thing described, not the other way round
    :param text: the paraphrase of the value, where it has one
    """

    name: str
    inverse: bool
    value: Value
    text: str


@dataclass(frozen=True)
class Description:
    """What a graph holds on one thing."""

    thing: Thing
    facts: tuple[Fact, ...]
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]


def describe(graph: Graph, iri: str) -> Description:
    """Gather all about a thing.

    :raises UnknownThingError: if nothing in the graph says anything of it
    """
    facts = [
        Fact(
            str(row["name"] or graph.things.curie(str(row["property"]))),
            bool(row["inverse"]),
            row["value"],
            str(row["text"] or ""),
        )
        for row in graph.select(among(FACTS, "ITEMS", [iri]))
    ]
    thing = graph.things.by_iri.get(iri) or Thing(Iri(iri), "", graph.things.curie(iri))
    return Description(
        thing,
        tuple(facts),
        read_passages(graph, [iri]).get(iri, ()),
        tuple(read_claims(graph, claims_touching(graph, iri))),
    )
