"""A folder that a data repository takes: the graph, its description, its claims one by one, licence and citation."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from typing import NamedTuple

import pyoxigraph as ox

from .. import resources, sheet
from ..errors import ParameterError
from ..evidence.subgraph import everything, recorded_by
from ..explorer import render_page
from ..export import to_jsonld, to_trig, to_turtle
from ..graph.graph import Graph, open_graph
from .crate import to_crate
from .credit import read_credits, unsaid
from .dcat import to_description
from .deposit import CHECKSUMS, CRATE, DESCRIPTION, FILES, LICENCE_OF_DATA, Deposit, Piece, read_date, read_doi
from .folder import check_free, checksums, write_folder
from .nanopubs import to_nanopublications
from .notices import to_citation, to_licence, to_readme

__all__ = ["Deposit", "Published", "check_free", "describe", "publish", "unsaid", "write_folder"]


class Published(NamedTuple):
    """The files of a publication, by name, and what has no place in its sheet: in words, to how many."""

    files: dict[str, bytes]
    left_out: dict[str, int]


def describe(
    graph: Graph,
    enquiries: Iterable[str] = (),
    *,
    title: str = "",
    creators: Sequence[str] = (),
    licence: str = "",
    date: str = "",
    doi: str = "",
) -> Deposit:
    """Return what a publication of a graph, or of some of its enquiries, says of itself.

    :param enquiries: IRIs; everything in the graph when empty, claims of no enquiry too
    :param creators: who coded the evidence of enquiries whose data do not say it
    :param licence: SPDX identifier or address, likewise
    :param date: of publication; else that of ``SOURCE_DATE_EPOCH``, else the latest that the data tell
    :raises ParameterError: if one of these cannot be read, or there is no date
    """
    wanted = list(enquiries)
    credits = read_credits(graph, wanted, creators=creators, licence=licence)
    day = read_date(date, os.environ.get("SOURCE_DATE_EPOCH", ""), (credit.date for credit in credits))
    if not day:  # all that is wanting is told at once
        wanting = ["no date of publication: the data tell none; give --date YYYY-MM-DD", *unsaid(credits)]
        raise ParameterError("; ".join(wanting))
    part = recorded_by(graph, wanted) if wanted else everything(graph)
    return Deposit(part, tuple(credits), day, version("nlc-graph"), title, read_doi(doi) if doi else "")


def publish(deposit: Deposit, progress: Callable[[str], object] = lambda name: None) -> Published:
    """Return the files of a publication: the same deposit gives the same bytes.

    :param progress: told the name of each file before it is made
    :raises MissingExtraError: if what writes .xlsx is not installed
    """
    opened = deposit.part.opened
    found = sheet.to_rows(opened)
    makers: dict[str, Callable[[], bytes]] = {
        "evidence.xlsx": lambda: sheet.to_xlsx(found.rows, sheet.drop_down_lists(open_graph(bundled=False))),
        "evidence.csv": lambda: sheet.to_csv([sheet.heading(), *found.rows]),
        "explorer.html": lambda: render_page(opened).encode(),
        "graph.ttl": lambda: to_turtle(deposit.part),
        "graph.trig": lambda: to_trig(deposit.part),
        "graph.jsonld": lambda: to_jsonld(deposit.part),
        "context.jsonld": lambda: resources.read_bytes(resources.context_file()),
        "ontology.ttl": lambda: b"\n".join(map(resources.read_bytes, resources.ontology_files())),
        "nanopublications.trig": lambda: to_nanopublications(deposit),
        "README.md": lambda: to_readme(deposit),
        "CITATION.cff": lambda: to_citation(deposit),
        LICENCE_OF_DATA: lambda: to_licence(deposit),
        "LICENSE-CODE.txt": lambda: resources.read_bytes(resources.licence_of_code()),
        DESCRIPTION: lambda: to_description(deposit, pieces()),
        CRATE: lambda: to_crate(deposit, pieces()),
        CHECKSUMS: lambda: checksums({name: contents[name] for name in FILES if name in contents}),
    }
    contents: dict[str, bytes] = {}

    def pieces() -> list[Piece]:
        """Return all files; those that are written after a description, itself among them, without their content."""
        triples = dict.fromkeys(("graph.ttl", "graph.trig", "graph.jsonld"), len(deposit.part.triples))
        triples |= {name: _count(contents[name]) for name in ("ontology.ttl", "nanopublications.trig")}
        return [Piece(name, contents.get(name), triples.get(name)) for name in FILES]

    for name, make in makers.items():
        progress(name)
        contents[name] = make()
    return Published({name: contents[name] for name in FILES}, found.left_out)


def _count(trig: bytes) -> int:
    return sum(1 for _ in ox.parse(trig, format=ox.RdfFormat.TRIG))  # which Turtle is, too
