"""The claims of a graph in one SQLite table, from which links, networks, analyses and pages are computed.

:func:`claims_table` reads the claims with a fixed number of SELECT queries and keeps the table with the graph. A store
on disk has the table in a file beside its triples, written when the store was loaded. A claim has one outcome, link
type, direction, key feature and design; where data break this rule, which `validate` reports, one of the values counts.
"""

# ruff: noqa: S608  SQL is put together from conditions of filters.py alone; values are bound

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from ..errors import StoreError
from ..graph.graph import Graph
from ..table import Ref
from .filters import Filters, expand, sql_condition
from .reading import SUPPORTS, fill_tables

#: The file of the table in the folder of a store.
FILE = "claims.sqlite"
#: Links of more networks or enquiries than this are counted without their names, unless all names are wanted.
NAMED = 10

#: The columns of ``link`` whose values :class:`Tally` counts.
COUNTED = ("link", "direction", "feature", "design", "kinds", "networks", "enquiries")
_KINDS, _NETWORKS, _ENQUIRIES = 4, 5, 6


class EvidenceRow(NamedTuple):
    """An evidence item of a claim: its kind, and whether it supports, qualifies or challenges the claim.

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
    """A claim in the claims table; every tuple is sorted by IRI.

    :param link: its link type
    :param feature: the key feature under which it is reported
    :param strategies: several if the claim is about them jointly
    :param practices: the practices of its strategies
    :param units: the networks, schools and groups that it is about
    :param networks: those of the units that are networks, and the networks to which the others belong
    :param evidence: by bearing and IRI
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


class Tally(NamedTuple):
    """The claims that link one practice to one outcome type, counted.

    :param joint: number of the claims that are about several strategies jointly
    :param general: number of the claims that are about no single network
    :param counts: for each of :data:`COUNTED` its values and their numbers of claims; for ``kinds`` of evidence, the
        numbers of items that support the claims
    :param network_count: number of networks; ``counts`` may not list them where they are many
    """

    practice: Ref
    outcome: Ref
    joint: int
    general: int
    counts: Mapping[str, Mapping[Ref, int]]
    network_count: int
    enquiry_count: int


class ClaimsTable:
    """The claims of a graph. :func:`claims_table` creates it.

    :ivar claim_count: number of claims
    :ivar link_count: number of practice–outcome links
    """

    def __init__(self, graph: Graph, database: sqlite3.Connection) -> None:
        self._graph, self._database = graph, database
        self._refs = _Refs(database)
        self.identity, self.claim_count, self.link_count = database.execute("SELECT * FROM about").fetchone()

    def rows(self, filters: Filters | None = None) -> Iterator[ClaimRow]:
        """Yield the claims that pass the filters, with or without practice, by IRI.

        >>> from nlc_graph import open_graph
        >>> row = next(claims_table(open_graph()).rows())
        >>> len(row.networks), [item.supports for item in row.evidence]
        (1, [True])
        """
        condition, parameters = self._condition(filters)
        query = f"SELECT * FROM claim WHERE id IN (SELECT claim FROM link WHERE {condition}) ORDER BY iri"
        for number, iri, *cells in self._database.execute(query, parameters):
            values: list[Any] = [None if cell is None else self._refs[cell] for cell in cells[:5]]
            values += [self._list(cell) for cell in cells[5:]]
            values.append(self._evidence(number))
            yield ClaimRow(Ref(iri), *values)

    def claims(self, filters: Filters | None = None) -> list[Ref]:
        """Return the IRIs of the claims that pass the filters, sorted."""
        condition, parameters = self._condition(filters)
        query = f"SELECT iri FROM claim WHERE id IN (SELECT claim FROM link WHERE {condition}) ORDER BY iri"
        return [Ref(iri) for (iri,) in self._database.execute(query, parameters)]

    def tallies(self, filters: Filters | None = None, *, full: bool = True) -> Iterator[Tally]:
        """Count the claims that pass the filters, for each practice and outcome that they link; in no order.

        :param full: whether networks and enquiries are listed where a link has more than :data:`NAMED` of them
        """
        condition, parameters = self._condition(filters)
        counts = None if full or any(filters or ()) else self._summary()
        for practice, outcome, joint, general, counters, *numbers in counts or self._counts(condition, parameters):
            if not full:
                _shorten(counters)
            decoded = {name: self._decode(counter) for name, counter in zip(COUNTED, counters, strict=True)}
            yield Tally(self._refs[practice], self._refs[outcome], joint, general, decoded, *numbers)

    def claims_of_links(self, filters: Filters | None = None) -> dict[tuple[Ref, Ref], list[Ref]]:
        """Return practice and outcome to the claims that link them and pass the filters, by IRI."""
        condition, parameters = self._condition(filters)
        linked = f"SELECT practice, outcome, claim FROM link WHERE practice > 0 AND {condition}"
        query = f"SELECT l.practice, l.outcome, iri FROM ({linked}) l JOIN claim ON id = l.claim ORDER BY iri"
        found: dict[tuple[Ref, Ref], list[Ref]] = {}
        for practice, outcome, iri in self._database.execute(query, parameters):
            found.setdefault((self._refs[practice], self._refs[outcome]), []).append(Ref(iri))
        return found

    def count_unlinked(self, filters: Filters | None = None) -> int:
        """Return how many claims pass the filters and have no practice."""
        condition, parameters = self._condition(filters)
        query = f"SELECT COUNT(*) FROM link WHERE practice = 0 AND {condition}"
        return int(self._database.execute(query, parameters).fetchone()[0])

    def write_summary(self) -> None:
        """Store the unfiltered counts, which :meth:`tallies` then reads."""
        for practice, outcome, joint, general, counters, *numbers in self._counts("1", []):
            _shorten(counters)
            cells = practice, outcome, joint, json.dumps([general, counters, *numbers])
            self._database.execute("INSERT INTO summary VALUES (?, ?, ?, ?)", cells)

    def _summary(self) -> list[_Counts]:
        rows = self._database.execute("SELECT * FROM summary")
        return [(practice, outcome, joint, *json.loads(counts)) for practice, outcome, joint, counts in rows]

    def _counts(self, condition: str, parameters: list[str]) -> Iterator[_Counts]:
        shared = self._shared(condition, parameters)
        lists = ", ".join(f"group_concat({column}, ' ')" for column in COUNTED)
        query = f"""SELECT practice, outcome, SUM(joint), SUM(networks IS NULL), {lists} FROM link
          WHERE practice > 0 AND {condition} GROUP BY practice, outcome"""
        for practice, outcome, joint, general, *texts in self._database.execute(query, parameters):
            counters = [Counter((text or "").split()) for text in texts]
            counters[_KINDS].update(shared.get((practice, outcome), {}))
            yield practice, outcome, joint, general, counters, len(counters[_NETWORKS]), len(counters[_ENQUIRIES])

    def _shared(self, condition: str, parameters: list[str]) -> dict[tuple[int, int], dict[str, int]]:
        """Return practice and outcome to the number of items that support several claims, by kind."""
        query = f"""SELECT practice, outcome, kind, COUNT(DISTINCT iri) FROM
          (SELECT practice, outcome, claim FROM link WHERE practice > 0 AND {condition}) JOIN shared USING (claim)
          GROUP BY practice, outcome, kind"""
        found: dict[tuple[int, int], dict[str, int]] = {}
        for practice, outcome, kind, items in self._database.execute(query, parameters):
            found.setdefault((practice, outcome), {})[str(kind)] = items
        return found

    def _condition(self, filters: Filters | None) -> tuple[str, list[str]]:
        return sql_condition(expand(self._graph, filters or Filters()))

    def _decode(self, counter: Mapping[str, int]) -> dict[Ref, int]:
        return {self._refs[number]: count for number, count in counter.items()}

    def _list(self, numbers: str | None) -> tuple[Ref, ...]:
        return tuple(sorted(self._refs[number] for number in (numbers or "").split()))

    def _evidence(self, claim: int) -> tuple[EvidenceRow, ...]:
        rows = self._database.execute("SELECT iri, kind, bearing FROM item WHERE claim = ?", [claim])
        found = [EvidenceRow(Ref(iri), self._refs[kind], self._refs[bearing]) for iri, kind, bearing in rows]
        return tuple(sorted(found, key=lambda row: (row.bearing, row.item)))


#: Practice, outcome, joint claims, claims about no single network, a counter for each of :data:`COUNTED`, numbers of
#: networks and of enquiries.
_Counts = tuple[int, int, int, int, list[Counter[str]], int, int]


def _shorten(counters: list[Counter[str]]) -> None:
    for index in (_NETWORKS, _ENQUIRIES):
        if len(counters[index]) > NAMED:
            counters[index] = Counter()


class _Refs(dict[int | str, Ref]):
    """The IRIs of entities by number, read when they are needed."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __missing__(self, number: int | str) -> Ref:
        (iri,) = self._database.execute("SELECT iri FROM entity WHERE id = ?", [number]).fetchone()
        self[number] = Ref(iri)
        return self[number]


def claims_table(graph: Graph, claims: Collection[str] | None = None) -> ClaimsTable:
    """Return the claims table of a graph, which is read once and kept in ``graph.cache``.

    :param claims: read these claims only, into a new table; all claims of the graph when None
    :raises StoreError: if the file of a store's table is missing or belongs to another store
    """
    if claims is not None:
        return _read(graph, claims)
    cache: dict[str, Any] = graph.__dict__.setdefault("cache", {})
    if "claims" not in cache:
        folder = getattr(graph, "folder", None)
        cache["claims"] = _open(graph, folder) if folder else _read(graph)
    table: ClaimsTable = cache["claims"]
    return table


def _read(graph: Graph, claims: Collection[str] | None = None) -> ClaimsTable:
    database = sqlite3.connect(":memory:")
    fill_tables(database, lambda query: graph.select(query).rows, claims)
    return ClaimsTable(graph, database)


def _open(graph: Graph, folder: str) -> ClaimsTable:
    path = os.path.join(folder, FILE)
    try:
        table = ClaimsTable(graph, sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True))
    except sqlite3.DatabaseError as error:
        raise StoreError(folder, f"its {FILE} is missing or damaged") from error
    if table.identity != getattr(graph, "identity", None):
        raise StoreError(folder, f"its {FILE} belongs to another store")
    return table
