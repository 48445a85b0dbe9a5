"""Conversion of evidence to networkx graphs."""

from .bipartite import (
    CLAIM_IRIS,
    FEATURE_IRIS,
    KIND,
    LABEL,
    NETWORK_IRIS,
    REPORTED,
    WEIGHT,
    Count,
    reported_links,
    side,
    to_bipartite,
    to_multigraph,
    to_one_mode,
    to_practice_networks,
)
from .statements import to_scalars, to_statements

__all__ = [
    "CLAIM_IRIS",
    "FEATURE_IRIS",
    "KIND",
    "LABEL",
    "NETWORK_IRIS",
    "REPORTED",
    "WEIGHT",
    "Count",
    "reported_links",
    "side",
    "to_bipartite",
    "to_multigraph",
    "to_one_mode",
    "to_practice_networks",
    "to_scalars",
    "to_statements",
]
