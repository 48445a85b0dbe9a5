"""Parts of a graph that stand on their own: things, and whatever they rest on.

A part is always closed under evidence: a claim brings its evidence, strategies, units, voices, passages and sources, so
that the Turtle of a part is valid by itself and gives the same links.
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
from .claims import among, claims_touching, touching_query
from .impacts import PREFIX, Filters, claims_passing, find_claims

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
#: What says who coded the evidence of enquiries, and under what licence; see ``docs/publish.md``.
CODED = """PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?thing { ?thing prov:hadPrimarySource/prov:wasGeneratedBy ?enquiry }"""
#: Everything said of some things and of all that they lead to, and perhaps more: one request to an endpoint.
LED_TO = """{
    SELECT DISTINCT ?thing WHERE {
      VALUES ?seed { ITEMS }
      ?seed (!(<TYPE>|nlc:relatesTo|nlc:aimsAt|nlc:reportsImpactOn|nlc:comparisonDesign|nlc:computedValue))* ?thing
      FILTER(ISIRI(?thing))
    }
  }""".replace("TYPE", RDF_TYPE)
CLOSURE = STATEMENTS.replace("VALUES ?thing { ITEMS }", LED_TO)
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

    :param graph: the graph it is cut from
    :param things: what was asked for, by IRI
    :param more: statements besides those on the things and on what they rest on
    :param known: those of the things that are known to be claims; None where that is not known yet
    """

    graph: Graph
    things: tuple[Ref, ...]
    more: tuple[ox.Triple, ...] = ()
    known: tuple[Ref, ...] | None = None

    @cached_property
    def triples(self) -> tuple[ox.Triple, ...]:
        """Return all of it, distinct and in a fixed order, without what the rules derive."""
        more = (triple for triple in self.more if triple.predicate.value not in DERIVED)
        return tuple(sorted({*with_evidence(self.graph, self.things), *more}, key=str))

    @cached_property
    def claims(self) -> tuple[Ref, ...]:
        """Return the claims in it that were asked for."""
        if self.known is not None:
            return self.known
        found = {str(t.subject) for t in self.triples if t.object == CLAIM and t.predicate.value == RDF_TYPE}
        return tuple(iri for iri in self.things if f"<{iri}>" in found)

    @property
    def source(self) -> Graph:
        """Return the graph that labels and evidence are read from: the part itself where the whole is far away."""
        return self.opened if self.graph.remote else self.graph

    @cached_property
    def opened(self) -> Graph:
        """Return the part as a graph of its own, with the ontology, and derived links of its own."""
        return graph_of(self.triples, self.graph.prefixes)


def cut(graph: Graph, things: Iterable[str], more: Iterable[ox.Triple] = ()) -> Subgraph:
    """Return some things with everything they rest on.

    :param more: statements to add, such as those that a query constructed; derived ones are left out
    """
    return Subgraph(graph, tuple(map(Ref, sorted(set(things)))), tuple(more))


def everything(graph: Graph) -> Subgraph:
    """Return everything that was recorded, claims or not, and who recorded it; of the vocabularies, what is used."""
    return cut(graph, _things(graph, [RECORDED, CODED]))


def recorded_by(graph: Graph, enquiries: Iterable[str]) -> Subgraph:
    """Return everything that the sources of some enquiries record, claims or not, and who recorded it.

    What it rests on may be of another enquiry, such as a network with which one of its schools is compared.
    """
    coded = CODED.replace("SELECT DISTINCT ?thing {", "SELECT DISTINCT ?thing { VALUES ?enquiry { ITEMS }")
    queries = [among(query, "ITEMS", sorted(enquiries)) for query in (STATED_BY, coded)]
    return cut(graph, _things(graph, queries))


def matching(graph: Graph, filters: Filters, touching: Sequence[str] = ()) -> Subgraph:
    """Return the claims that pass filters; if things are named, only those that touch one of them."""
    graph.read_ahead([*(claims_passing(graph, filters) if any(filters) else ()), *map(touching_query, touching)])
    near = {claim for thing in touching for claim in claims_touching(graph, thing)}
    claims = set(find_claims(graph, filters)) if any(filters) else near
    found = tuple(map(Ref, sorted(claims & near if touching else claims)))
    return Subgraph(graph, found, known=found)


def around(graph: Graph, seeds: Iterable[str], *, hops: int = 2, relations: Iterable[str] = ()) -> Subgraph:
    """Return what a number of statements joins to some things, each followed either way.

    From a practice one hop leads to its uses, two to the claims that tie them; from an outcome type one hop leads to
    claims. What is met last is there with all it rests on, but leads no further.

    :param relations: names such as ``strategy`` or CURIEs; those in :data:`RELATIONS` if there is none
    :raises ParameterError: if a relation is unknown
    """
    follow = [relation_iri(name) for name in relations] or list(RELATIONS.values())
    if graph.remote:
        met = sorted(
            (Ref(str(iri)), claim is not None) for iri, claim in graph.select(_hops_query(seeds, hops, follow)).rows
        )
        return Subgraph(graph, tuple(iri for iri, _ in met), known=tuple(iri for iri, claim in met if claim))
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
    all_at_once = _by_subject(graph.triples(among(CLOSURE, "ITEMS", sorted(new)))) if graph.remote and new else None
    while new:
        seen |= new
        triples = (
            graph.triples(among(STATEMENTS, "ITEMS", sorted(new)))
            if all_at_once is None
            else [triple for thing in new for triple in all_at_once.get(thing, ())]
        )
        found.update(triples)
        new = _leads_to(triples) - seen
    return sorted(found, key=str)


def _things(graph: Graph, queries: Iterable[str]) -> list[str]:
    return [str(iri) for table in graph.select_all(queries) for iri in table.column("thing")]


def relation_iri(name: str) -> str:
    """Return the IRI of a relation that hops can follow.

    :raises ParameterError: if there is no such relation
    """
    known = RELATIONS | OTHER_RELATIONS
    iri = known.get(local_name(from_curie(name) or name))
    if iri is None:
        raise ParameterError(f"no relation {name!r} to follow; known: {', '.join(known)}")
    return iri


def _hops_query(seeds: Iterable[str], hops: int, follow: Sequence[str]) -> str:
    """Return one query for what :func:`around` finds hop by hop, and which of it are claims.

    A statement is followed either way, so that what is nearer is met again two hops on: what the last two hops meet,
    and the seeds, is all there is. After each hop a thing is listed once, or the number of rows would multiply.
    """
    step = "|".join(f"<{iri}>|^<{iri}>" for iri in follow)
    met = [f"VALUES ?met0 {{ {' '.join(f'<{iri}>' for iri in sorted(set(seeds)))} }}"]
    for hop in range(hops):
        before = f"{{ SELECT DISTINCT ?met{hop} WHERE {{ {met[hop]} }} }}"
        met.append(f"{before} ?met{hop} {step} ?met{hop + 1} FILTER(ISIRI(?met{hop + 1}))")
    last = " UNION ".join(
        f"{{ SELECT DISTINCT (?met{hop} AS ?next) WHERE {{ {met[hop]} }} }}" for hop in sorted({0, hops - 1, hops})
    )
    claim = f"OPTIONAL {{ VALUES ?claim {{ <{NLC}Claim> }} ?next a ?claim }}"
    return f"SELECT DISTINCT ?next ?claim WHERE {{ {{ SELECT DISTINCT ?next WHERE {{ {last} }} }} {claim} }}"


def _by_subject(triples: Iterable[ox.Triple]) -> dict[str, list[ox.Triple]]:
    found: dict[str, list[ox.Triple]] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode):
            found.setdefault(triple.subject.value, []).append(triple)
    return found


def _leads_to(triples: Iterable[ox.Triple]) -> set[str]:
    met = {t.object.value for t in triples if isinstance(t.object, ox.NamedNode) and t.predicate.value != RDF_TYPE}
    return {iri for iri in met if not iri.startswith(NLC) and not _outside(iri)}


def _outside(iri: str) -> bool:
    # Schemes are the folders of our concepts (…/graph/practice): their label travels, their contents do not.
    return iri.startswith("http://www.w3.org/") or iri == BASE
