"""Parts of a graph that stand on their own: claims with everything they rest on."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from .evidence import among
from .graph import Graph
from .vocabulary import BASE, NLC, RDF_TYPE

#: Everything said of some things. Derived links are left out: whoever loads the part derives them anew.
STATEMENTS = """
PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>
CONSTRUCT { ?thing ?property ?value } WHERE {
  VALUES ?thing { ITEMS }
  ?thing ?property ?value
  FILTER(?property NOT IN (nlc:relatesTo, nlc:aimsAt, nlc:reportsImpactOn, nlc:comparisonDesign, nlc:computedValue))
}
"""


def with_evidence(graph: Graph, claims: Iterable[str]) -> list[ox.Triple]:
    """Return claims with their evidence, strategies, units, voices, passages, sources and terms.

    Follows every property from the claims outward until nothing new is met, but not into the ontology itself.

    :returns: distinct triples in a fixed order; empty for no claims
    """
    seen: set[str] = set()
    new = set(claims)
    found: set[ox.Triple] = set()
    while new:
        seen |= new
        triples = graph.triples(among(STATEMENTS, "ITEMS", sorted(new)))
        found.update(triples)
        new = {t.object.value for t in triples if isinstance(t.object, ox.NamedNode) and t.predicate.value != RDF_TYPE}
        new = {iri for iri in new if not iri.startswith(NLC) and not _outside(iri)} - seen
    return sorted(found, key=str)


def _outside(iri: str) -> bool:
    # Schemes are the folders of our concepts (…/graph/practice): their label travels, their contents do not.
    return iri.startswith("http://www.w3.org/") or iri == BASE
