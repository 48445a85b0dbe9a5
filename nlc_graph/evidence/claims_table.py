"""The claims of a graph in one SQLite table, from which links, networks, analyses and pages are computed.

:func:`claims_table` reads the claims with a fixed number of SELECT queries and keeps the table with the graph. A store
on disk has the table in a file beside its triples, written when the store was loaded. A claim has one outcome, link
type, direction, key feature and design; where data break this rule, which `validate` reports, one of the values counts.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pyoxigraph as ox

from ..errors import StoreError
from ..graph.graph import Graph
from ..table import Ref, as_count
from ..vocabulary import NLC, PREFIXES
from .filters import Filters, as_values, expand, sql_condition

#: The file of the table in the folder of a store.
FILE = "claims.sqlite"
SUPPORTS = f"{NLC}supportedBy"
#: Links of more networks or enquiries than this are counted without their names, unless all names are wanted.
NAMED = 10

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
#: From claims to what they are about and stated in.
OF_CLAIMS = {
    "strategy": "SELECT ?claim ?strategy WHERE { AMONG ?claim nlc:strategy ?strategy }",
    "unit": "SELECT ?claim ?unit WHERE { AMONG ?claim nlc:about ?unit }",
    "source": "SELECT DISTINCT ?claim ?source WHERE { AMONG ?claim nlc:statedIn/nlc:source ?source }",
}
#: From these to practices, networks and enquiries.
OF_OTHERS = {
    "practice": "SELECT ?strategy ?practice WHERE { ?strategy nlc:practice ?practice }",
    "network": "SELECT DISTINCT ?unit ?network { ?network a nlc:Network . ?unit (org:memberOf|nlc:within)* ?network }",
    "enquiry": "SELECT ?source ?enquiry WHERE { ?source prov:wasGeneratedBy ?enquiry }",
}

#: ``entity`` numbers every IRI but those of claims and items. Columns with a plural name hold such numbers, separated by
#: spaces. ``link`` has one row a practice (0 where there is none) and claim. Its ``kinds`` are those of the items that
#: support this claim alone; ``shared`` has the items that support several claims. ``related`` finds claims by their
#: networks, enquiries and kinds of supporting evidence. ``summary`` has the unfiltered counts of a store.
SCHEMA = """
CREATE TABLE entity (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE claim (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, outcome INTEGER, link INTEGER, direction INTEGER,
  feature INTEGER, design INTEGER, strategies TEXT, practices TEXT, units TEXT, networks TEXT, enquiries TEXT);
CREATE TABLE item (claim INTEGER, bearing INTEGER, iri TEXT, kind INTEGER, PRIMARY KEY (claim, bearing, iri))
  WITHOUT ROWID;
CREATE TABLE shared (claim INTEGER, iri TEXT, kind INTEGER, PRIMARY KEY (claim, iri)) WITHOUT ROWID;
CREATE TABLE related (name TEXT, entity INTEGER, claim INTEGER, PRIMARY KEY (name, entity, claim)) WITHOUT ROWID;
CREATE TABLE link (practice INTEGER, outcome INTEGER, claim INTEGER, link INTEGER, direction INTEGER, feature INTEGER,
  design INTEGER, joint INTEGER, networks TEXT, enquiries TEXT, kinds TEXT, PRIMARY KEY (practice, outcome, claim))
  WITHOUT ROWID;
CREATE TABLE summary (practice INTEGER, outcome INTEGER, joint INTEGER, counts TEXT);
CREATE TABLE about (identity TEXT, claims INTEGER, links INTEGER);

CREATE TEMP TABLE coded (id INTEGER PRIMARY KEY, iri TEXT, outcome INTEGER, link INTEGER, direction INTEGER,
  feature INTEGER, design INTEGER);
CREATE TEMP TABLE pair (name TEXT, one INTEGER, other INTEGER, PRIMARY KEY (name, one, other)) WITHOUT ROWID;
"""

_LIST = "(SELECT group_concat(other, ' ') FROM pair WHERE name = '{0}' AND one = coded.id)"
_PAIRS = "pair a CROSS JOIN pair b ON b.name = '{1}' AND b.one = a.other WHERE a.name = '{0}'"
_LIST_OF_PAIRS = f"(SELECT group_concat(other, ' ') FROM (SELECT DISTINCT b.other FROM {_PAIRS} AND a.one = coded.id))"
_LINK = """c.outcome, c.id, c.link, c.direction, c.feature, c.design, instr(c.strategies, ' ') > 0, c.networks,
  c.enquiries, (SELECT group_concat(kind, ' ') FROM item WHERE item.claim = c.id AND bearing = :supports
    AND NOT EXISTS (SELECT 1 FROM shared WHERE shared.claim = c.id AND shared.iri = item.iri))"""
_RELATED = "INSERT OR IGNORE INTO related SELECT '{1}', b.other, a.one FROM " + _PAIRS + " ORDER BY 2, 3"
#: Statements that fill the other tables from ``coded``, ``pair`` and ``item``.
DERIVE = (
    f"""INSERT INTO claim SELECT coded.*, {_LIST.format("strategy")}, {_LIST_OF_PAIRS.format("strategy", "practice")},
      {_LIST.format("unit")}, {_LIST_OF_PAIRS.format("unit", "network")}, {_LIST_OF_PAIRS.format("source", "enquiry")}
      FROM coded""",
    """INSERT INTO shared SELECT claim, iri, kind FROM item WHERE bearing = :supports AND iri IN
      (SELECT iri FROM item WHERE bearing = :supports GROUP BY iri HAVING COUNT(*) > 1)""",
    "INSERT OR IGNORE INTO related SELECT 'kind', kind, claim FROM item WHERE bearing = :supports ORDER BY 2, 3",
    _RELATED.format("unit", "network"),
    _RELATED.format("source", "enquiry"),
    f"INSERT INTO link SELECT 0, {_LINK} FROM claim c WHERE practices IS NULL",
    f"""INSERT OR IGNORE INTO link SELECT b.other, {_LINK} FROM claim c JOIN {_PAIRS.format("strategy", "practice")}
      AND a.one = c.id ORDER BY 1, 2, 3""",
    """INSERT INTO about SELECT :identity, (SELECT COUNT(*) FROM claim),
      (SELECT COUNT(*) FROM (SELECT DISTINCT practice, outcome FROM link WHERE practice > 0))""",
)
#: The columns of ``link`` of which :class:`Tally` counts the values.
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
    :param links: link type to number of claims; so for directions, features, designs, networks and enquiries
    :param kinds: kind of evidence to number of items that support the claims
    :param network_count: number of networks; ``networks`` may be empty where they are many
    """

    practice: Ref
    outcome: Ref
    joint: int
    links: Mapping[Ref, int]
    directions: Mapping[Ref, int]
    features: Mapping[Ref, int]
    designs: Mapping[Ref, int]
    kinds: Mapping[Ref, int]
    networks: Mapping[Ref, int]
    enquiries: Mapping[Ref, int]
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
            one = [None if cell is None else self._refs[cell] for cell in cells[:5]]
            several = [self._list(cell) for cell in cells[5:]]
            yield ClaimRow(Ref(iri), *one, *several, self._evidence(number))  # type: ignore[arg-type]

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
        for practice, outcome, joint, counters, networks, enquiries in counts or self._counts(condition, parameters):
            if not full:
                _shorten(counters)
            decoded = [{self._refs[value]: count for value, count in counter.items()} for counter in counters]
            yield Tally(self._refs[practice], self._refs[outcome], joint, *decoded, networks, enquiries)

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
        for practice, outcome, joint, counters, *numbers in self._counts("1", []):
            _shorten(counters)
            cells = practice, outcome, joint, json.dumps([counters, *numbers])
            self._database.execute("INSERT INTO summary VALUES (?, ?, ?, ?)", cells)

    def _summary(self) -> list[_Counts]:
        rows = self._database.execute("SELECT * FROM summary")
        return [(practice, outcome, joint, *json.loads(counts)) for practice, outcome, joint, counts in rows]

    def _counts(self, condition: str, parameters: list[str]) -> Iterator[_Counts]:
        shared = self._shared(condition, parameters)
        lists = ", ".join(f"group_concat({column}, ' ')" for column in COUNTED)
        query = f"""SELECT practice, outcome, SUM(joint), {lists} FROM link
          WHERE practice > 0 AND {condition} GROUP BY practice, outcome"""
        for practice, outcome, joint, *texts in self._database.execute(query, parameters):
            counters = [Counter((text or "").split()) for text in texts]
            counters[_KINDS].update(shared.get((practice, outcome), {}))
            yield practice, outcome, joint, counters, len(counters[_NETWORKS]), len(counters[_ENQUIRIES])

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

    def _list(self, numbers: str | None) -> tuple[Ref, ...]:
        return tuple(sorted(self._refs[number] for number in (numbers or "").split()))

    def _evidence(self, claim: int) -> tuple[EvidenceRow, ...]:
        rows = self._database.execute("SELECT iri, kind, bearing FROM item WHERE claim = ?", [claim])
        found = [EvidenceRow(Ref(iri), self._refs[kind], self._refs[bearing]) for iri, kind, bearing in rows]
        return tuple(sorted(found, key=lambda row: (row.bearing, row.item)))


#: Practice, outcome, joint claims, a counter for each of :data:`COUNTED`, numbers of networks and of enquiries.
_Counts = tuple[int, int, int, list[Counter[str]], int, int]


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


class _Numbers(dict[str, int]):
    """The numbers of entities by IRI, from 1; a new IRI gets the next number."""

    def __missing__(self, iri: str) -> int:
        self[iri] = len(self) + 1
        return self[iri]


def claims_table(graph: Graph, claims: Collection[str] | None = None) -> ClaimsTable:
    """Return the claims table of a graph, which is read once and kept in ``graph.cache``.

    :param claims: read these claims only, into a new table; all claims of the graph when None
    :raises StoreError: if the file of a store's table is missing or belongs to another store
    """
    if claims is not None:
        return ClaimsTable(graph, read_claims_into(_memory(), _select(graph), claims))
    cache: dict[str, Any] = graph.__dict__.setdefault("cache", {})
    if "claims" not in cache:
        folder = getattr(graph, "folder", None)
        database = _open(folder) if folder else read_claims_into(_memory(), _select(graph))
        cache["claims"] = ClaimsTable(graph, database)
        if folder and cache["claims"].identity != getattr(graph, "identity", None):
            raise StoreError(folder, f"its {FILE} belongs to another store")
    table: ClaimsTable = cache["claims"]
    return table


def read_claims_into(
    database: sqlite3.Connection, select: Select, claims: Collection[str] | None = None, identity: str = ""
) -> sqlite3.Connection:
    """Create the tables in an empty database and fill them from a graph, row by row.

    :param claims: the claims to read; all when None
    :param identity: identifies the store to which the database belongs
    """
    database.executescript(SCHEMA)
    among = "" if claims is None else f"VALUES ?claim {{ {as_values(claims)} }}"
    numbers, known = _Numbers(), _Numbers()

    def rows(query: str) -> Iterator[list[str]]:
        return (["" if cell is None else str(cell) for cell in row] for row in select(query.replace("AMONG", among)))

    coded = (
        [known[claim], claim, *(numbers[cell] if cell else None for cell in cells)] for claim, *cells in rows(CLAIMS)
    )
    database.executemany("INSERT OR IGNORE INTO coded VALUES (?, ?, ?, ?, ?, ?, ?)", coded)
    for name, query in OF_CLAIMS.items():
        pairs = ((name, known[one], numbers[other]) for one, other in rows(query) if one in known)
        database.executemany("INSERT OR IGNORE INTO pair VALUES (?, ?, ?)", pairs)
    for name, query in OF_OTHERS.items():
        pairs = ((name, numbers[one], numbers[other]) for one, other in rows(query))
        database.executemany("INSERT OR IGNORE INTO pair VALUES (?, ?, ?)", pairs)
    items = (
        (known[claim], numbers[bearing], item, numbers[kind])
        for claim, bearing, item, kind in rows(ITEMS)
        if claim in known
    )
    database.executemany("INSERT OR IGNORE INTO item VALUES (?, ?, ?, ?)", items)
    parameters = {"supports": numbers[SUPPORTS], "identity": identity}
    database.executemany("INSERT INTO entity VALUES (?, ?)", ((number, iri) for iri, number in numbers.items()))
    for statement in DERIVE:
        database.execute(statement, parameters)
    database.executescript("DROP TABLE coded; DROP TABLE pair;")
    return database


class Loaded(NamedTuple):
    """The numbers of triples, of those derived by rules, of claims, networks and links in a store."""

    triples: int
    derived: int
    claims: int
    networks: int
    links: int


def load_store(place: str | os.PathLike[str], *paths: str | os.PathLike[str], **options: Any) -> Loaded:
    """Build a store on disk with its claims table; parameters and errors as for :func:`.disk.build_store`."""
    from ..graph.disk import Building, build_store

    counts: list[int] = []

    def finish(building: Building) -> None:
        database = sqlite3.connect(os.path.join(building.folder, FILE))
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -100000;")
        read_claims_into(database, _stream(building.store), identity=building.identity)
        table = ClaimsTable(building.graph, database)
        table.write_summary()
        database.commit()
        database.close()
        networks = building.graph.select("SELECT (COUNT(*) AS ?n) { ?network a nlc:Network }").rows[0][0]
        counts.extend([table.claim_count, as_count(networks), table.link_count])

    built = build_store(place, *paths, finish=finish, **options)
    return Loaded(*built, *counts)


def _stream(store: ox.Store) -> Select:
    """Return a function that yields the rows of an answer without holding them all in memory."""

    def select(query: str) -> Iterator[tuple[object, ...]]:
        solutions: Any = store.query(query, prefixes=PREFIXES)
        return (tuple(None if term is None else term.value for term in solution) for solution in solutions)

    return select


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:")


def _select(graph: Graph) -> Select:
    return lambda query: graph.select(query).rows


def _open(folder: str) -> sqlite3.Connection:
    path = os.path.join(folder, FILE)
    if not os.path.isfile(path):
        raise StoreError(folder, f"it has no {FILE}")
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
