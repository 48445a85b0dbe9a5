"""Which formats there are, by name and by the suffix of a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from ..errors import UnknownFormatError
from ..evidence.subgraph import Subgraph
from .evidence import to_evidence_csv
from .rdf import to_jsonld, to_ntriples, to_rdfxml, to_trig, to_turtle

#: Formats that networkx writes: only for these is it imported.
NETWORKS = ("graphml", "gexf", "cytoscape", "kgx", "tables", "dot")


class Format(NamedTuple):
    """A format: its suffixes, and what it is for, in a few words."""

    suffixes: tuple[str, ...]
    what: str


class Written(NamedTuple):
    """What is to be written.

    :param files: end of the file name to content; the end is empty where the name stays as it is
    :param note: what the format could not hold; empty for nothing
    """

    files: Mapping[str, bytes]
    note: str = ""


FORMATS: dict[str, Format] = {
    "turtle": Format((".ttl",), "Turtle"),
    "ntriples": Format((".nt",), "N-Triples"),
    "trig": Format((".trig",), "TriG, a named graph a source"),
    "jsonld": Format((".jsonld",), "JSON-LD"),
    "rdfxml": Format((".rdf",), "RDF/XML"),
    "graphml": Format((".graphml",), "GraphML: yEd, Gephi, igraph"),
    "gexf": Format((".gexf",), "GEXF: Gephi"),
    "cytoscape": Format((".cyjs",), "Cytoscape JSON"),
    "kgx": Format((".tsv",), "KGX: NAME_nodes.tsv and NAME_edges.tsv"),
    "evidence": Format((".csv",), "one row a claim and piece of evidence, in words"),
    "tables": Format((), "NAME_nodes.csv and NAME_edges.csv"),
    "dot": Format((".dot", ".gv"), "Graphviz"),
    "html": Format((".html",), "the explorer page"),
}
_RDF: Mapping[str, Callable[[Subgraph], bytes]] = {
    "turtle": to_turtle,
    "ntriples": to_ntriples,
    "trig": to_trig,
    "jsonld": to_jsonld,
    "rdfxml": to_rdfxml,
    "evidence": to_evidence_csv,
}


def format_for(path: str | os.PathLike[str]) -> str:
    """Return the name of the format that the suffix of a file name stands for.

    :raises UnknownFormatError: if it stands for none
    """
    suffix = Path(path).suffix.lower()
    for name, form in FORMATS.items():
        if suffix in form.suffixes:
            return name
    raise UnknownFormatError(
        suffix or Path(path).name, [suffix for form in FORMATS.values() for suffix in form.suffixes]
    )


def written(part: Subgraph, form: str, shape: str = "statements") -> Written:
    """Return a part in a format other than HTML, ready to be written.

    :param form: a name in :data:`FORMATS`
    :param shape: for networks, ``statements`` or ``linkage``; see :mod:`.networks`
    """
    if form in _RDF:
        return Written({"": _RDF[form](part)})
    from .networks import NETWORK_WRITERS, count_forbidden, to_network  # networkx, which RDF formats do without

    network = to_network(part, "linkage" if shape == "linkage" else "statements")
    content = NETWORK_WRITERS[form](network)
    lost = count_forbidden(network) if form in ("graphml", "gexf") else 0
    note = f"{lost} characters that XML forbids were written as U+FFFD" if lost else ""
    return Written(content if isinstance(content, dict) else {"": content}, note)
