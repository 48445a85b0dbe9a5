"""Practice–outcome links: which practices a source ties to which outcome types, how far, and on what evidence.

A link is a reported relationship, not proof of cause. It gathers the claims that tie at least one use of a practice (a
strategy) to an outcome type; it never exists without them.
"""

from __future__ import annotations

from ..graph.graph import Graph
from ..table import Ref
from .filters import OF_NETWORK, Filters, Patterns
from .linkage import LINK_TYPES, Impact, Impacts, count_links, in_order
from .summary import count_summary, read_summary

__all__ = [
    "CLAIMS",
    "EVIDENCE",
    "LINK_TYPES",
    "NETWORKS",
    "PREFIX",
    "USES",
    "Filters",
    "Impact",
    "Impacts",
    "find_claims",
    "find_impacts",
]

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
NETWORKS = PREFIX + f"SELECT ?claim ?network WHERE {{ ?claim a nlc:Claim . {OF_NETWORK} }}"

#: One row a claim and piece of evidence in its favour.
EVIDENCE = (
    PREFIX
    + """
SELECT ?claim ?item ?kind WHERE { ?claim nlc:supportedBy ?item . ?item nlc:evidenceKind ?kind }
"""
)


def find_impacts(graph: Graph, filters: Filters | None = None, *, full: bool = True) -> Impacts:
    """Return the practice–outcome links of a graph.

    A store on disk answers from the link summary made when it was loaded, as far as that goes.

    :param filters: which claims count; all when None
    :param full: whether a link names its claims, and its networks where they are many
    """
    filters = filters or Filters()
    counted = None if full else read_summary(graph, filters)
    if counted is None:
        total = count_summary(graph) if any(filters) else None
        counted = count_links(graph, filters, full=full, total=any(filters) and total is None)
        counted = counted._replace(total=counted.total if total is None else total)
    links = in_order(counted.links, graph.names)
    return Impacts(links, len(links) if counted.total is None else counted.total, sum(counted.unlinked.values()))


def find_claims(graph: Graph, filters: Filters | None = None) -> list[Ref]:
    """Return the claims that pass the filters, whether or not they tie a practice to their outcome, by IRI."""
    queries = claims_passing(graph, filters or Filters())
    return sorted({Ref(str(claim)) for table in graph.select_all(queries) for claim in table.column("claim")})


def claims_passing(graph: Graph, filters: Filters) -> list[str]:
    """Return the queries of :func:`find_claims`; the claims are in column ``claim``."""
    patterns = Patterns(graph, filters)
    queries = [f"SELECT DISTINCT ?claim WHERE {{ {patterns.tied_claims()} }}"]
    if not filters.practices:
        queries.append(f"SELECT ?claim WHERE {{ {patterns.claims()} }}")
    return queries
