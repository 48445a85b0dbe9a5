"""Parts of a graph that are complete by themselves: claims or other resources with everything that they rest on.

A claim comes with its evidence, strategies, units, voices, passages and sources, so that the Turtle of a part is valid
and gives the same links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from ..errors import NlcGraphError, ParameterError
from ..graph.graph import Graph, graph_of
from ..table import Ref
from ..vocabulary import BASE, DERIVED, NLC, PREFIXES, RDF_TYPE, from_curie, local_name
from .claims import claims_touching
from .filters import Filters, as_values
from .impacts import find_claims

#: All statements about some resources, without derived links: whoever loads the part derives these.
STATEMENTS = """CONSTRUCT { ?thing ?property ?value } WHERE {
  VALUES ?thing { IRIS }
  ?thing ?property ?value
  FILTER(?property NOT IN (DERIVED))
}""".replace("DERIVED", ", ".join(f"<{iri}>" for iri in DERIVED))
#: Everything recorded on the authority of a source, or as missing in it, and who coded the evidence of enquiries.
RECORDED = """SELECT DISTINCT ?thing WHERE {
  { ?thing nlc:statedIn ?passage } UNION { VALUES ?kind { nlc:Claim nlc:NotReported } ?thing a ?kind }
  UNION { ?thing prov:hadPrimarySource/prov:wasGeneratedBy ?enquiry }
}"""
#: The same of some enquiries.
RECORDED_BY = """SELECT DISTINCT ?thing WHERE {
  VALUES ?enquiry { IRIS }
  ?thing (nlc:statedIn/nlc:source|nlc:source|nlc:absentFrom|prov:hadPrimarySource)?/prov:wasGeneratedBy ?enquiry
}"""
#: The resources that a statement joins to some others, in either direction.
NEIGHBOURS = """SELECT DISTINCT ?next WHERE {
  { VALUES ?here { IRIS } ?here ?relation ?next FILTER(?relation IN (RELATIONS)) }
  UNION
  { VALUES ?here { IRIS } ?next ?relation ?here FILTER(?relation IN (RELATIONS)) }
  FILTER(ISIRI(?next))
}"""

_FOLLOWED = (
    "strategy practice usedBy partOfStrategy drawsOn partner underProgramme about outcome throughOutcome focusesOn"
    " reportedUnder supportedBy qualifiedBy challengedBy spokenBy speaksFrom within concerns"
).split()
_OTHERS = (
    "assertedBy affects linkType direction evidenceKind relayedBy providedBy drawnFrom measures indicates underFeature"
    " comparedWith aboveComparator belowComparator startLevel endLevel inArea topic statedIn section excluding"
).split()
#: Relations that hops follow by default.
RELATIONS = {name: f"{NLC}{name}" for name in _FOLLOWED} | {
    "memberOf": f"{PREFIXES['org']}memberOf",
    "broader": f"{PREFIXES['skos']}broader",
}
#: Relations that hops follow only if they are named: most of them would join nearly everything in two hops.
OTHER_RELATIONS = {name: f"{NLC}{name}" for name in _OTHERS}


class NothingFoundError(NlcGraphError):
    """The part that was asked for is empty."""


@dataclass(frozen=True)
class Subgraph:
    """A part of a graph.

    :param graph: the graph that it is taken from
    :param things: the resources that were asked for, by IRI
    :param more: further statements
    """

    graph: Graph
    things: tuple[Ref, ...]
    more: tuple[ox.Triple, ...] = ()

    @cached_property
    def triples(self) -> tuple[ox.Triple, ...]:
        """Return its triples in a fixed order, without derived ones."""
        more = (triple for triple in self.more if triple.predicate.value not in DERIVED)
        return tuple(sorted({*with_evidence(self.graph, self.things), *more}, key=str))

    @cached_property
    def claims(self) -> tuple[Ref, ...]:
        """Return the claims that were asked for, by IRI."""
        kind = ox.NamedNode(f"{NLC}Claim")
        claims = {str(t.subject) for t in self.triples if t.object == kind and t.predicate.value == RDF_TYPE}
        return tuple(iri for iri in self.things if f"<{iri}>" in claims)

    @property
    def source(self) -> Graph:
        """Return the graph to read labels and evidence from."""
        return self.graph

    @cached_property
    def opened(self) -> Graph:
        """Return the part as a graph with the ontology and its own derived triples."""
        return graph_of(self.triples, self.graph.prefixes)


def cut(graph: Graph, things: Iterable[str], more: Iterable[ox.Triple] = ()) -> Subgraph:
    """Return resources with everything that they rest on.

    :param more: statements to add; derived ones are left out
    """
    return Subgraph(graph, tuple(map(Ref, sorted(set(things)))), tuple(more))


def everything(graph: Graph) -> Subgraph:
    """Return everything that was recorded, and the vocabulary terms that it uses."""
    return cut(graph, _column(graph, RECORDED, "thing"))


def recorded_by(graph: Graph, enquiries: Iterable[str]) -> Subgraph:
    """Return everything that the sources of some enquiries record.

    It may rest on resources of another enquiry, such as a network with which a school is compared.
    """
    return cut(graph, _column(graph, RECORDED_BY.replace("IRIS", as_values(enquiries)), "thing"))


def matching(graph: Graph, filters: Filters, touching: Sequence[str] = ()) -> Subgraph:
    """Return the claims that pass filters and touch one of some resources; without filters, all that touch one."""
    near = {claim for iri in touching for claim in claims_touching(graph, iri)}
    claims = set(find_claims(graph, filters)) if any(filters) else near
    return cut(graph, claims & near if touching else claims)


def around(graph: Graph, seeds: Iterable[str], *, hops: int = 2, relations: Iterable[str] = ()) -> Subgraph:
    """Return what a number of statements joins to some resources, each statement followed in either direction.

    From a practice one hop leads to its uses, two to the claims about these; from an outcome type one hop leads to
    claims. What the last hop reaches comes with everything it rests on.

    :param relations: names such as ``strategy`` or CURIEs; those in :data:`RELATIONS` if empty
    :raises ParameterError: if a relation is unknown
    """
    follow = [relation_iri(name) for name in relations] or RELATIONS.values()
    query = NEIGHBOURS.replace("RELATIONS", ", ".join(f"<{iri}>" for iri in follow))
    seen: set[str] = set()
    new = set(seeds)
    for _ in range(hops):
        seen |= new
        new = set(_column(graph, query.replace("IRIS", as_values(new)), "next")) - seen if new else new
    return cut(graph, seen | new)


def constructed(graph: Graph, query: str) -> Subgraph:
    """Return the answer to a CONSTRUCT or DESCRIBE query with everything that the resources in it rest on.

    :param query: SPARQL 1.1 with its parameters bound
    :raises QueryFormError: if it is of another form
    :raises NothingFoundError: if its answer is empty
    """
    triples = graph.triples(query)
    if not triples:
        raise NothingFoundError("the query constructs nothing; try it with `nlc-graph query` first")
    subjects = {t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode)}
    return cut(graph, subjects | _leads_to(triples), triples)


def with_evidence(graph: Graph, things: Iterable[str]) -> list[ox.Triple]:
    """Return the statements about resources and about everything that these lead to, except the ontology.

    :returns: distinct triples in a fixed order
    """
    seen: set[str] = set()
    new = set(things)
    found: set[ox.Triple] = set()
    while new:
        seen |= new
        triples = graph.triples(STATEMENTS.replace("IRIS", as_values(new)))
        found.update(triples)
        new = _leads_to(triples) - seen
    return sorted(found, key=str)


def relation_iri(name: str) -> str:
    """Return the IRI of a relation that hops can follow.

    :raises ParameterError: if it is unknown
    """
    known = RELATIONS | OTHER_RELATIONS
    iri = known.get(local_name(from_curie(name) or name))
    if iri is None:
        raise ParameterError(f"no relation {name!r} to follow; known: {', '.join(known)}")
    return iri


def _column(graph: Graph, query: str, name: str) -> list[str]:
    return [str(iri) for iri in graph.select(query).column(name)]


def _leads_to(triples: Iterable[ox.Triple]) -> set[str]:
    """Return the resources that triples lead to, except classes, ontology terms and concept schemes."""
    objects = {t.object.value for t in triples if isinstance(t.object, ox.NamedNode) and t.predicate.value != RDF_TYPE}
    return {iri for iri in objects if not iri.startswith((NLC, "http://www.w3.org/")) and iri != BASE}
