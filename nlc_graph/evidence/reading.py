"""Reading of the claims of a graph into the SQLite tables behind :class:`.claims_table.ClaimsTable`."""

# ruff: noqa: S608  SQL is put together from the fragments below alone; values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator

from ..vocabulary import NLC
from .filters import as_values

SUPPORTS = f"{NLC}supportedBy"

#: Returns the rows that a SELECT query finds, one by one.
Select = Callable[[str], Iterable[tuple[object, ...]]]

#: Patterns of what is read; AMONG stands for a list of claims, if only some are read.
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
#: From claims to strategies, units and sources, and from these to practices, networks and enquiries.
PAIRS = {
    ("claim", "strategy"): "AMONG ?claim nlc:strategy ?strategy .",
    ("claim", "unit"): "AMONG ?claim nlc:about ?unit .",
    ("claim", "source"): "AMONG ?claim nlc:statedIn/nlc:source ?source .",
    ("strategy", "practice"): "?strategy nlc:practice ?practice .",
    ("unit", "network"): "?network a nlc:Network . ?unit (org:memberOf|nlc:within)* ?network .",
    ("source", "enquiry"): "?source prov:wasGeneratedBy ?enquiry .",
}

#: ``entity`` numbers every IRI but those of claims and items. Columns with a plural name hold such numbers separated by
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


def fill_tables(
    database: sqlite3.Connection, select: Select, claims: Collection[str] | None = None, identity: str = ""
) -> None:
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
    for (start, end), pattern in PAIRS.items():
        if among and start != "claim":  # read what these claims lead to and no more
            pattern = f"{PAIRS['claim', start]} {pattern}"
        found = rows(f"SELECT {'DISTINCT' if among else ''} ?{start} ?{end} WHERE {{ {pattern} }}")
        known_ones = known if start == "claim" else numbers
        pairs = ((end, known_ones[one], numbers[other]) for one, other in found if one in known_ones)
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


class _Numbers(dict[str, int]):
    """The numbers of entities by IRI, from 1; a new IRI gets the next number."""

    def __missing__(self, iri: str) -> int:
        self[iri] = len(self) + 1
        return self[iri]
