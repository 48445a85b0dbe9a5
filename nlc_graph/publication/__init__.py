"""A folder that a data repository takes: the graph, its description, its claims one by one, licence and citation."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import NamedTuple

import pyoxigraph as ox

from .. import resources, sheet
from ..explorer import render_page
from ..export import to_jsonld, to_trig, to_turtle
from ..graph import Graph, open_graph
from ..subgraph import everything, recorded_by
from .crate import to_crate
from .credit import read_credits
from .dcat import to_description
from .deposit import CHECKSUMS, CRATE, DESCRIPTION, FILES, LICENCE_OF_DATA, Deposit, Piece, read_date, read_doi
from .folder import check_free, checksums, write_folder
from .nanopubs import to_nanopublications
from .notices import to_citation, to_licence, to_readme

__all__ = ["Deposit", "Published", "check_free", "describe", "publish", "write_folder"]


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
    part = recorded_by(graph, wanted) if wanted else everything(graph)
    return Deposit(part, tuple(credits), day, version("nlc-graph"), title, read_doi(doi) if doi else "")


def publish(deposit: Deposit) -> Published:
    """Return the files of a publication: the same deposit gives the same bytes.

    :raises MissingExtraError: if what writes .xlsx is not installed
    """
    opened = deposit.part.opened
    found = sheet.to_rows(opened)
    nanopublications, statements = to_nanopublications(deposit)
    ontology = b"\n".join(resources.read_bytes(path) for path in resources.ontology_files())
    contents = {
        "README.md": to_readme(deposit),
        "explorer.html": render_page(opened).encode(),
        "evidence.csv": sheet.to_csv([sheet.heading(), *found.rows]),
        "evidence.xlsx": sheet.to_xlsx(found.rows, sheet.lists(open_graph(bundled=False))),
        "graph.ttl": to_turtle(deposit.part),
        "graph.trig": to_trig(deposit.part),
        "graph.jsonld": to_jsonld(deposit.part),
        "context.jsonld": resources.read_bytes(resources.context_file()),
        "ontology.ttl": ontology,
        "nanopublications.trig": nanopublications,
        "CITATION.cff": to_citation(deposit),
        LICENCE_OF_DATA: to_licence(deposit),
        "LICENSE-CODE.txt": resources.read_bytes(resources.licence_of_code()),
    }
    triples = dict.fromkeys(("graph.ttl", "graph.trig", "graph.jsonld"), len(deposit.part.triples))
    triples |= {"ontology.ttl": _count(ontology), "nanopublications.trig": statements}
    # A description names files that are written after it, itself among them: those without a checksum.
    for name, describes in ((DESCRIPTION, to_description), (CRATE, to_crate)):
        contents[name] = describes(deposit, [Piece(each, contents.get(each), triples.get(each)) for each in FILES])
    contents[CHECKSUMS] = checksums({name: contents[name] for name in FILES if name in contents})
    return Published({name: contents[name] for name in FILES}, found.left_out)


def _count(turtle: bytes) -> int:
    return sum(1 for _ in ox.parse(turtle, format=ox.RdfFormat.TURTLE))
