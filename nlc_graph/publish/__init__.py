"""Publish a graph as a folder for a data repository: data, description, nanopublications, licence and citation."""

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
from .credit import missing_credits, read_credits
from .deposit import CHECKSUMS, CRATE, DESCRIPTION, FILES, LICENCE_OF_DATA, Deposit, PublishedFile, read_date, read_doi
from .folder import check_folder, checksums, write_folder
from .metadata import to_citation, to_crate, to_description, to_licence, to_readme
from .nanopubs import to_nanopublications

__all__ = ["Deposit", "Publication", "check_folder", "describe", "missing_credits", "publish", "write_folder"]


class Publication(NamedTuple):
    """The files of a publication by name, and what its sheet leaves out: description to number."""

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
    """Prepare the publication of a graph, or of some of its enquiries.

    :param enquiries: IRIs; when empty, the whole graph, including claims of no enquiry
    :param creators: who coded the evidence of enquiries whose data do not state it
    :param licence: SPDX identifier or address, for enquiries whose data do not state one
    :param date: of publication; else that of ``SOURCE_DATE_EPOCH``, else the latest in the data
    :raises ParameterError: if one of these cannot be read, or there is no date
    """
    wanted = list(enquiries)
    credits = read_credits(graph, wanted, creators=creators, licence=licence)
    day = read_date(date, os.environ.get("SOURCE_DATE_EPOCH", ""), (credit.date for credit in credits))
    if not day:  # everything that is missing is reported at once
        raise ParameterError("; ".join(["the data have no date; give --date YYYY-MM-DD", *missing_credits(credits)]))
    part = recorded_by(graph, wanted) if wanted else everything(graph)
    return Deposit(part, tuple(credits), day, version("nlc-graph"), title, read_doi(doi) if doi else "")


def publish(deposit: Deposit, progress: Callable[[str], object] = lambda name: None) -> Publication:
    """Return the files of a publication: the same deposit gives the same bytes.

    :param progress: called with the name of each file before it is made
    :raises MissingExtraError: if openpyxl, which writes .xlsx, is not installed
    """
    graph = deposit.part.opened
    exported = sheet.to_rows(graph)
    writers: dict[str, Callable[[], bytes]] = {
        "evidence.xlsx": lambda: sheet.to_xlsx(exported.rows, sheet.drop_down_lists(open_graph(bundled=False))),
        "evidence.csv": lambda: sheet.to_csv([sheet.heading(), *exported.rows]),
        "explorer.html": lambda: render_page(graph).encode(),
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
        DESCRIPTION: lambda: to_description(deposit, _list_files(contents)),
        CRATE: lambda: to_crate(deposit, _list_files(contents)),
        CHECKSUMS: lambda: checksums({name: contents[name] for name in FILES if name in contents}),
    }
    contents: dict[str, bytes] = {}
    for name, write in writers.items():
        progress(name)
        contents[name] = write()
    return Publication({name: contents[name] for name in FILES}, exported.left_out)


def _list_files(contents: dict[str, bytes]) -> list[PublishedFile]:
    """Return all files of a publication; those that are not written yet are without content."""
    files = []
    for name, (media_type, description) in FILES.items():
        is_rdf = name.startswith(("graph.", "ontology.", "nanopublications."))
        triples = _count_triples(contents[name], name) if is_rdf else None
        files.append(PublishedFile(name, media_type, description, contents.get(name), triples))
    return files


def _count_triples(data: bytes, name: str) -> int:
    form = ox.RdfFormat.JSON_LD if name.endswith(".jsonld") else ox.RdfFormat.TRIG  # which Turtle is, too
    return sum(1 for _ in ox.parse(data, format=form))
