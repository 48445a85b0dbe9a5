"""Conversion of evidence to networkx graphs."""

from ..evidence.claims_table import claims_table
from ..evidence.impacts import Impact as Tie
from ..graph.graph import Graph
from ..table import Ref
from .bipartite import (
    CLAIM_IRIS,
    COUNTS,
    EVIDENCE_COUNT,
    FEATURE_IRIS,
    JOINT,
    KIND,
    LABEL,
    LINK_TYPE,
    NETWORK_IRIS,
    PRACTICES,
    RELATION,
    REPORTED,
    SIDE,
    USERS,
    WEIGHT,
    Count,
    reported_links,
    side,
    to_bipartite,
    to_multigraph,
    to_one_mode,
    to_practice_networks,
)
from .statements import attribute_name, to_scalars, to_statements

#: Names that the analyses used before the claims table; to be deleted when no room imports them.
LINKAGE: tuple[str, ...] = ()
STRATEGIES = "SELECT ?claim ?strategy WHERE { ?claim nlc:strategy ?strategy }"


def networks_of_claims(graph: Graph) -> dict[Ref, list[Ref]]:
    """Return each claim about a network, or about a school or group of one, with the networks."""
    return {row.claim: list(row.networks) for row in claims_table(graph).rows() if row.networks}


__all__ = [
    "CLAIM_IRIS",
    "COUNTS",
    "EVIDENCE_COUNT",
    "FEATURE_IRIS",
    "JOINT",
    "KIND",
    "LABEL",
    "LINKAGE",
    "LINK_TYPE",
    "NETWORK_IRIS",
    "PRACTICES",
    "RELATION",
    "REPORTED",
    "SIDE",
    "STRATEGIES",
    "USERS",
    "WEIGHT",
    "Count",
    "Tie",
    "attribute_name",
    "networks_of_claims",
    "reported_links",
    "side",
    "to_bipartite",
    "to_multigraph",
    "to_one_mode",
    "to_practice_networks",
    "to_scalars",
    "to_statements",
]
