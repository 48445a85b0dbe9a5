"""The export formats, by name and by the suffix of a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from ..errors import UnknownFormatError
from ..evidence.subgraph import Subgraph
from .rdf import to_jsonld, to_ntriples, to_rdfxml, to_trig, to_turtle
from .tables import to_evidence_csv


class Format(NamedTuple):
    """A format: the suffixes of its files, and a short description."""

    suffixes: tuple[str, ...]
    description: str


class Exported(NamedTuple):
    """A subgraph in some format, ready to be written.

    :param files: end of the file name to content; the end is empty if the name stays as it is
    :param note: what the format could not represent; empty if nothing was lost
    """

    files: Mapping[str, bytes]
    note: str = ""


FORMATS: dict[str, Format] = {
    "turtle": Format((".ttl",), "Turtle"),
    "ntriples": Format((".nt",), "N-Triples"),
    "trig": Format((".trig",), "TriG, a named graph for each source"),
    "jsonld": Format((".jsonld",), "JSON-LD"),
    "rdfxml": Format((".rdf",), "RDF/XML"),
    "graphml": Format((".graphml",), "GraphML: yEd, Gephi, igraph"),
    "gexf": Format((".gexf",), "GEXF: Gephi"),
    "cytoscape": Format((".cyjs",), "Cytoscape JSON"),
    "kgx": Format((".tsv",), "KGX: NAME_nodes.tsv and NAME_edges.tsv"),
    "evidence": Format((".csv",), "one row for each claim and piece of evidence, with labels"),
    "tables": Format((), "NAME_nodes.csv and NAME_edges.csv"),
    "dot": Format((".dot", ".gv"), "Graphviz"),
    "html": Format((".html",), "the explorer page"),
}
SUFFIXES = tuple(suffix for form in FORMATS.values() for suffix in form.suffixes)
_TRIPLE_WRITERS: Mapping[str, Callable[[Subgraph], bytes]] = {
    "turtle": to_turtle,
    "ntriples": to_ntriples,
    "trig": to_trig,
    "jsonld": to_jsonld,
    "rdfxml": to_rdfxml,
    "evidence": to_evidence_csv,
}


def format_for(path: str | os.PathLike[str]) -> str:
    """Return the name of the format for the suffix of a file name.

    :raises UnknownFormatError: if no format has this suffix
    """
    suffix = Path(path).suffix.lower()
    for name, form in FORMATS.items():
        if suffix in form.suffixes:
            return name
    raise UnknownFormatError(suffix or Path(path).name, SUFFIXES)


def export_subgraph(part: Subgraph, form: str, shape: str = "statements") -> Exported:
    """Serialise a subgraph in any format but HTML.

    :param form: a name in :data:`FORMATS`
    :param shape: for networks, ``statements`` or ``linkage``; see :mod:`.networks`
    """
    if form in _TRIPLE_WRITERS:
        return Exported({"": _TRIPLE_WRITERS[form](part)})
    from .networks import NETWORK_WRITERS, count_forbidden, to_network  # networkx, which RDF formats do not need

    network = to_network(part, "linkage" if shape == "linkage" else "statements")
    content = NETWORK_WRITERS[form](network)
    lost = count_forbidden(network) if form in ("graphml", "gexf") else 0
    note = f"{lost} characters that XML forbids were written as U+FFFD" if lost else ""
    return Exported(content if isinstance(content, dict) else {"": content}, note)
