"""Write a part of the graph in other people's formats, whole or not at all."""

from .evidence import COLUMNS, evidence_table, to_evidence_csv
from .files import check_free, write_file, write_files
from .formats import FORMATS, Format, Written, format_for, written
from .rdf import to_jsonld, to_ntriples, to_rdfxml, to_trig, to_turtle

__all__ = [
    "COLUMNS",
    "FORMATS",
    "Format",
    "Written",
    "check_free",
    "evidence_table",
    "format_for",
    "to_evidence_csv",
    "to_jsonld",
    "to_ntriples",
    "to_rdfxml",
    "to_trig",
    "to_turtle",
    "write_file",
    "write_files",
    "written",
]
