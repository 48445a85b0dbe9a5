"""Parts of a graph that stand on their own: things, and whatever they rest on.

A part is always closed under evidence: a claim brings its evidence, strategies, units, voices, passages and sources, so
that the Turtle of a part is valid by itself and gives the same links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from .errors import NlcGraphError, ParameterError
from .evidence import among, claims_touching
from .graph import Graph, graph_of
from .links import PREFIX, Filters, find_claims
from .table import Iri
from .vocabulary import BASE, DERIVED, NLC, PREFIXES, RDF_TYPE, from_curie, local_name

#: Everything said of some things. Derived links are left out: whoever loads the part derives them anew.
STATEMENTS = """
PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>
CONSTRUCT { ?thing ?property ?value } WHERE {
  VALUES ?thing { ITEMS }
  ?thing ?property ?value
  FILTER(?property NOT IN (nlc:relatesTo, nlc:aimsAt, nlc:reportsImpactOn, nlc:comparisonDesign, nlc:computedValue))
}
"""
#: Everything recorded on the authority of a source, or missed in it.
RECORDED = (
    PREFIX
    + """
SELECT DISTINCT ?thing WHERE {
  { ?thing nlc:statedIn ?passage } UNION { VALUES ?kind { nlc:Claim nlc:NotReported } ?thing a ?kind }
}
"""
)
#: The same of some enquiries.
STATED_BY = (
    PREFIX
    + """
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?thing WHERE {
  VALUES ?enquiry { ITEMS }
  { ?thing nlc:statedIn/nlc:source/prov:wasGeneratedBy ?enquiry }
  UNION { ?thing nlc:source/prov:wasGeneratedBy ?enquiry }
  UNION { ?thing nlc:absentFrom/prov:wasGeneratedBy ?enquiry }
  UNION { ?thing prov:wasGeneratedBy ?enquiry }
}
"""
)
CLAIM = ox.NamedNode(f"{NLC}Claim")
#: What one statement joins to some things, either way round.
NEIGHBOURS = (
    PREFIX
    + """
SELECT DISTINCT ?next WHERE {
  { VALUES ?here { ITEMS } ?here ?relation ?next FILTER(?relation IN (RELATIONS)) }
  UNION
  { VALUES ?here { ITEMS } ?next ?relation ?here FILTER(?relation IN (RELATIONS)) }
  FILTER(ISIRI(?next))
}
"""
)
#: Relations that hops follow, unless told. Those that join nearly everything to everything in two hops (who asserts a
#: claim, whom it affects, link types, kinds of evidence, places) are followed only if named.
RELATIONS = {
    **{
        name: f"{NLC}{name}"
        for name in (
            "strategy practice usedBy partOfStrategy drawsOn partner underProgramme about outcome throughOutcome"
            " focusesOn reportedUnder supportedBy qualifiedBy challengedBy spokenBy speaksFrom within concerns"
        ).split()
    },
    "memberOf": f"{PREFIXES['org']}memberOf",
    "broader": f"{PREFIXES['skos']}broader",
}
OTHER_RELATIONS = {
    name: f"{NLC}{name}"
    for name in (
        "assertedBy affects linkType direction evidenceKind relayedBy providedBy drawnFrom measures indicates"
        " underFeature comparedWith aboveComparator belowComparator startLevel endLevel inArea topic statedIn section"
        " excluding"
    ).split()
}


class NothingFoundError(NlcGraphError):
    """What was asked for is a part with nothing in it."""


@dataclass(frozen=True)
class Subgraph:
    """A part of a graph.

    :param graph: the graph it was cut from
    :param claims: the claims in it that were asked for
    :param triples: all of it, distinct and in a fixed order, without what the rules derive
    """

    graph: Graph
    claims: tuple[Iri, ...]
    triples: tuple[ox.Triple, ...]

    @cached_property
    def opened(self) -> Graph:
        """Return the part as a graph of its own, with the ontology, and derived links of its own."""
        return graph_of(self.triples, self.graph.prefixes)


def cut(graph: Graph, things: Iterable[str], more: Iterable[ox.Triple] = ()) -> Subgraph:
    """Return some things with everything they rest on.

    :param more: statements to add, such as those that a query constructed; derived ones are left out
    """
    wanted = set(things)
    found = with_evidence(graph, wanted)
    claims = {str(t.subject).strip("<>") for t in found if t.object == CLAIM and t.predicate.value == RDF_TYPE} & wanted
    triples = set(found) | {t for t in more if t.predicate.value not in DERIVED}
    return Subgraph(graph, tuple(sorted(map(Iri, claims))), tuple(sorted(triples, key=str)))


#: What says who coded the evidence of enquiries, and under what licence; see ``docs/publish.md``.
CODED = """PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?thing { ?thing prov:hadPrimarySource/prov:wasGeneratedBy ?enquiry }"""


def everything(graph: Graph) -> Subgraph:
    """Return everything that was recorded, claims or not, and who recorded it; of the vocabularies, what is used."""
    return cut(graph, (str(iri) for query in (RECORDED, CODED) for iri in graph.select(query).column("thing")))


def recorded_by(graph: Graph, enquiries: Iterable[str]) -> Subgraph:
    """Return everything that the sources of some enquiries record, claims or not, and who recorded it.

    What it rests on may be of another enquiry, such as a network with which one of its schools is compared.
    """
    coded = CODED.replace("SELECT DISTINCT ?thing {", "SELECT DISTINCT ?thing { VALUES ?enquiry { ITEMS }")
    queries = [among(query, "ITEMS", sorted(enquiries)) for query in (STATED_BY, coded)]
    return cut(graph, (str(iri) for query in queries for iri in graph.select(query).column("thing")))


def matching(graph: Graph, filters: Filters, touching: Sequence[str] = ()) -> Subgraph:
    """Return the claims that pass filters; if things are named, only those that touch one of them."""
    near = {claim for thing in touching for claim in claims_touching(graph, thing)}
    claims = set(find_claims(graph, filters)) if any(filters) else near
    return cut(graph, claims & near if touching else claims)


def around(graph: Graph, seeds: Iterable[str], *, hops: int = 2, relations: Iterable[str] = ()) -> Subgraph:
    """Return what a number of statements joins to some things, each followed either way.

    From a practice one hop leads to its uses, two to the claims that tie them; from an outcome type one hop leads to
    claims. What is met last is there with all it rests on, but leads no further.

    :param relations: names such as ``strategy`` or CURIEs; those in :data:`RELATIONS` if there is none
    :raises ParameterError: if a relation is unknown
    """
    follow = [relation_iri(name) for name in relations] or list(RELATIONS.values())
    query = NEIGHBOURS.replace("RELATIONS", ", ".join(f"<{iri}>" for iri in follow))
    seen: set[str] = set()
    new = set(seeds)
    for _ in range(hops):
        seen |= new
        new = (
            {str(iri) for iri in graph.select(among(query, "ITEMS", sorted(new))).column("next")} - seen if new else new
        )
    return cut(graph, seen | new)


def constructed(graph: Graph, query: str) -> Subgraph:
    """Return what a CONSTRUCT or DESCRIBE query answers, with everything that the things in it rest on.

    :param query: SPARQL 1.1, parameters bound
    :raises QueryFormError: if it is of another form
    :raises NothingFoundError: if it answers nothing
    """
    triples = graph.triples(query)
    if not triples:
        raise NothingFoundError("the query constructs nothing; try it with `nlc-graph query` first")
    things = {t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode)}
    return cut(graph, things | _leads_to(triples), triples)


def with_evidence(graph: Graph, things: Iterable[str]) -> list[ox.Triple]:
    """Return claims, or other things, with evidence, strategies, units, voices, passages, sources and terms.

    Follows every property from the things outward until nothing new is met, but not into the ontology itself.

    :returns: distinct triples in a fixed order; empty for no things
    """
    seen: set[str] = set()
    new = set(things)
    found: set[ox.Triple] = set()
    while new:
        seen |= new
        triples = graph.triples(among(STATEMENTS, "ITEMS", sorted(new)))
        found.update(triples)
        new = _leads_to(triples) - seen
    return sorted(found, key=str)


def relation_iri(name: str) -> str:
    """Return the IRI of a relation that hops can follow.

    :raises ParameterError: if there is no such relation
    """
    known = RELATIONS | OTHER_RELATIONS
    iri = known.get(local_name(from_curie(name) or name))
    if iri is None:
        raise ParameterError(f"no relation {name!r} to follow; known: {', '.join(known)}")
    return iri


def _leads_to(triples: Iterable[ox.Triple]) -> set[str]:
    met = {t.object.value for t in triples if isinstance(t.object, ox.NamedNode) and t.predicate.value != RDF_TYPE}
    return {iri for iri in met if not iri.startswith(NLC) and not _outside(iri)}


def _outside(iri: str) -> bool:
    # Schemes are the folders of our concepts (…/graph/practice): their label travels, their contents do not.
    return iri.startswith("http://www.w3.org/") or iri == BASE
