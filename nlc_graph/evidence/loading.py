"""Stores on disk with their claims table."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyoxigraph as ox

from ..graph.disk import Building, build_store
from ..table import as_count
from ..vocabulary import PREFIXES
from .claims_table import FILE, ClaimsTable
from .reading import Select, fill_tables


class Loaded(NamedTuple):
    """The numbers of triples, of those derived by rules, of claims, networks and links in a store."""

    triples: int
    derived: int
    claims: int
    networks: int
    links: int


def load_store(place: str | os.PathLike[str], *paths: str | os.PathLike[str], **options: Any) -> Loaded:
    """Build a store on disk with its claims table; parameters and errors as for :func:`.disk.build_store`."""
    counts: list[int] = []

    def finish(building: Building) -> None:
        database = sqlite3.connect(os.path.join(building.folder, FILE))
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -100000;")
        fill_tables(database, _stream(building.store), identity=building.identity)
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
