"""Queries and functions that other rooms used before the claims table; to be deleted when no room imports them."""

from __future__ import annotations

from collections.abc import Iterable

from ..graph.graph import Graph
from ..vocabulary import BASE, RDF_TYPE, is_iri

PREFIX = """
PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX org: <http://www.w3.org/ns/org#>
"""

#: One row a claim.
CLAIMS = (
    PREFIX
    + """
SELECT ?claim ?outcome ?feature ?number ?link ?design ?rank WHERE {
  ?claim a nlc:Claim ; nlc:outcome ?outcome ; nlc:linkType ?link .
  OPTIONAL { ?claim nlc:comparisonDesign ?design . ?design skos:notation ?rank }
  OPTIONAL { ?claim nlc:reportedUnder ?feature . OPTIONAL { ?feature skos:notation ?number } }
}
"""
)

#: One row a claim, strategy and practice.
USES = (
    PREFIX
    + "SELECT ?claim ?strategy ?practice WHERE { ?claim nlc:strategy ?strategy . ?strategy nlc:practice ?practice }"
)

#: One row a claim and network: the network itself, or that of the school or group which the claim is about.
NETWORKS = (
    PREFIX
    + """SELECT ?claim ?network WHERE {
  ?claim a nlc:Claim ; nlc:about ?unit . ?unit (org:memberOf|nlc:within)* ?network . ?network a nlc:Network . }"""
)

#: One row a claim and piece of evidence in its favour.
EVIDENCE = (
    PREFIX
    + """
SELECT ?claim ?item ?kind WHERE { ?claim nlc:supportedBy ?item . ?item nlc:evidenceKind ?kind }
"""
)


#: Labels that formatted differences may need.
WORKED_OUT = (
    f"{BASE}unit/percentage-points",
    *(f"{BASE}precision/{name}" for name in ("approximate", "at-least", "more-than", "at-most", "less-than")),
)
LED_TO = """{
    SELECT DISTINCT ?thing WHERE {
      VALUES ?seed { ITEMS }
      ?seed (!(<TYPE>|nlc:relatesTo|nlc:aimsAt|nlc:reportsImpactOn|nlc:comparisonDesign|nlc:computedValue))* ?thing
      FILTER(ISIRI(?thing))
    }
  }""".replace("TYPE", RDF_TYPE)
PASSAGES = """
SELECT DISTINCT ?item ?passage ?section ?position ?opens ?closes ?source WHERE {
  VALUES ?item { ITEMS }
  ?item nlc:statedIn ?passage .
  ?passage nlc:section ?section ; nlc:opens ?opens ; nlc:closes ?closes ; nlc:source ?source .
  OPTIONAL { ?section nlc:position ?position }
} ORDER BY ?item ?position ?passage
"""


def among(query: str, place: str, iris: Iterable[str]) -> str:
    """Put a list of IRIs into the VALUES block that ``place`` marks in a query."""
    listed = " ".join(f"<{iri}>" for iri in dict.fromkeys(iris) if is_iri(iri))
    return query.replace(f"{{ {place} }}", f"{{ {listed} }}")


def no_queries(*_: object) -> list[str]:
    """Return no queries to prefetch."""
    return []


def passages_from(table: object) -> dict[str, tuple[object, ...]]:
    """Refuse what only endpoints used."""
    raise NotImplementedError(Graph)
