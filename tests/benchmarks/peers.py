"""The queries of ``impacts`` for peers that ask plain SPARQL."""

from __future__ import annotations

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
