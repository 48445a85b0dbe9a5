"""Export a subgraph in other formats."""

from .formats import FORMATS, SUFFIXES, Exported, export_subgraph, format_for
from .output import check_free, write_file, write_files
from .rdf import to_jsonld, to_ntriples, to_rdfxml, to_trig, to_turtle
from .tables import evidence_table, to_evidence_csv

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "Exported",
    "check_free",
    "evidence_table",
    "export_subgraph",
    "format_for",
    "to_evidence_csv",
    "to_jsonld",
    "to_ntriples",
    "to_rdfxml",
    "to_trig",
    "to_turtle",
    "write_file",
    "write_files",
]
