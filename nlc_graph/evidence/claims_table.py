"""The claims of a graph in one SQLite table, from which links, networks, analyses and pages are computed.

:func:`claims_table` reads the claims with a fixed number of SELECT queries and keeps the table with the graph. A store
on disk has the table in a file beside its triples, written when the store was loaded. A claim has one outcome, link
type, direction, key feature and design; where data break this rule, which `validate` reports, one of the values counts.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from ..errors import StoreError
from ..graph.graph import Graph
from ..table import Ref
from ..vocabulary import NLC, is_iri
from .filters import Filters, expand, sql_condition

#: The file of the table in the folder of a store.
FILE = "claims.sqlite"

#: Returns the rows that a SELECT query finds, one by one.
Select = Callable[[str], Iterable[tuple[object, ...]]]

CLAIMS = """SELECT ?claim ?outcome ?link ?direction ?feature ?design WHERE {
  AMONG ?claim nlc:outcome ?outcome ; nlc:linkType ?link .
  OPTIONAL { ?claim nlc:direction ?direction }
  OPTIONAL { ?claim nlc:reportedUnder ?feature }
  OPTIONAL { ?claim nlc:comparisonDesign ?design }
}"""
ITEMS = """SELECT ?claim ?bearing ?item ?kind WHERE {
  AMONG ?claim ?bearing ?item FILTER(?bearing IN (nlc:supportedBy, nlc:qualifiedBy, nlc:challengedBy))
  ?item nlc:evidenceKind ?kind .
}"""
#: From a claim to its strategies, units and sources.
OF_CLAIMS = {
    "strategy": "SELECT ?claim ?strategy WHERE { AMONG ?claim nlc:strategy ?strategy }",
    "unit": "SELECT ?claim ?unit WHERE { AMONG ?claim nlc:about ?unit }",
    "source": "SELECT DISTINCT ?claim ?source WHERE { AMONG ?claim nlc:statedIn/nlc:source ?source }",
}
#: From these to practices, networks and enquiries.
LEADING_TO = {
    "practice": ("strategy", "SELECT ?strategy ?practice WHERE { ?strategy nlc:practice ?practice }"),
    "network": (
        "unit",
        "SELECT DISTINCT ?unit ?network WHERE { ?network a nlc:Network . ?unit (org:memberOf|nlc:within)* ?network }",
    ),
    "enquiry": ("source", "SELECT ?source ?enquiry WHERE { ?source prov:wasGeneratedBy ?enquiry }"),
}

SUPPORTS = f"{NLC}supportedBy"

#: ``entity`` numbers every IRI but those of claims and items. Columns with a plural name hold such numbers, separated by
#: spaces. ``link`` has a row for each practice (0 where there is none) and claim; ``kinds`` are those of the supporting
#: items of this claim alone, and ``shared`` has the items that support several claims. ``related`` finds claims by the
#: numbers of their networks, enquiries and kinds of supporting evidence.
SCHEMA = """
CREATE TABLE entity (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE claim (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, outcome INTEGER, link INTEGER, direction INTEGER,
  feature INTEGER, design INTEGER, strategies TEXT, practices TEXT, units TEXT, networks TEXT, enquiries TEXT,
  kinds TEXT);
CREATE TABLE item (claim INTEGER, bearing INTEGER, iri TEXT, kind INTEGER, PRIMARY KEY (claim, bearing, iri))
  WITHOUT ROWID;
CREATE TABLE shared (claim INTEGER, iri TEXT, kind INTEGER, PRIMARY KEY (claim, iri)) WITHOUT ROWID;
CREATE TABLE related (name TEXT, entity INTEGER, claim INTEGER, PRIMARY KEY (name, entity, claim)) WITHOUT ROWID;
CREATE TABLE link (practice INTEGER, outcome INTEGER, claim INTEGER, link INTEGER, direction INTEGER, feature INTEGER,
  design INTEGER, joint INTEGER, networks TEXT, enquiries TEXT, kinds TEXT, PRIMARY KEY (practice, outcome, claim))
  WITHOUT ROWID;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT);
CREATE TEMP TABLE pair (name TEXT, one INTEGER, other INTEGER, PRIMARY KEY (name, one, other)) WITHOUT ROWID;
"""


class EvidenceRow(NamedTuple):
    """An evidence item of a claim: what kind it is, and whether it supports, qualifies or challenges the claim.

    :param bearing: IRI of ``nlc:supportedBy``, ``nlc:qualifiedBy`` or ``nlc:challengedBy``
    """

    item: Ref
    kind: Ref
    bearing: Ref

    @property
    def supports(self) -> bool:
        """Tell whether the item supports the claim."""
        return self.bearing == SUPPORTS


class ClaimRow(NamedTuple):
    """A claim in the claims table.

    :param link: its link type
    :param feature: the key feature under which it is reported
    :param strategies: more than one if it is about several strategies jointly
    :param practices: the practices of its strategies
    :param units: what it is about: networks, schools, groups
    :param networks: those units that are networks, and the networks of the others
    """

    claim: Ref
    outcome: Ref
    link: Ref
    direction: Ref | None
    feature: Ref | None
    design: Ref | None
    strategies: tuple[Ref, ...]
    practices: tuple[Ref, ...]
    units: tuple[Ref, ...]
    networks: tuple[Ref, ...]
    enquiries: tuple[Ref, ...]
    evidence: tuple[EvidenceRow, ...]


class ClaimsTable:
    """The claims of a graph; made by :func:`claims_table`."""

    def rows(self, filters: Filters | None = None) -> Iterator[ClaimRow]:
        """Yield the claims that pass the filters, with or without practice, by IRI.

        >>> from nlc_graph import open_graph
        >>> row = next(claims_table(open_graph()).rows())
        >>> len(row.networks), [item.supports for item in row.evidence]
        (1, [True])
        """
        raise NotImplementedError

    def claims(self, filters: Filters | None = None) -> list[Ref]:
        """Return the IRIs of the claims that pass the filters, sorted."""
        raise NotImplementedError


def claims_table(graph: Graph, claims: Collection[str] | None = None) -> ClaimsTable:
    """Return the claims table of a graph, which is read once and kept in ``graph.cache``.

    :param claims: read these claims only, into a new table; all claims of the graph when None
    :raises StoreError: if the file of a store's table is missing or belongs to another store
    """
    raise NotImplementedError
