"""Locate findings: the file and line, or the row of a sheet, in which an entity is described."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from ..graph.files import READERS
from ..sheet import column_of
from ..vocabulary import local_name
from .report import Finding

#: Entity to the path and row of a sheet.
Rows = dict[str, tuple[str, int]]
#: Entity and property (empty for the first of all) to a path and line.
Lines = dict[tuple[str, str], tuple[str, int | None]]


def locate(findings: Sequence[Finding], files: Mapping[str, str], rows: Rows) -> list[Finding]:
    """Return the findings that concern something in the files, with path and line.

    :param files: path to show to path to read; they differ for sheets, which are read as Turtle
    :param rows: where the entities of sheets are
    """
    entities = {str(finding.entity) for finding in findings}
    rows = {**rows}
    lines: Lines = {}
    mentions: dict[str, tuple[str, int | None]] = {}
    for shown, path in files.items() if findings else ():
        for line, triple in numbered_triples(path):
            subject, value = _text(triple.subject), _text(triple.object)
            position = shown, line if shown == path else None
            if subject in entities:
                lines.setdefault((subject, triple.predicate.value), position)
                lines.setdefault((subject, ""), position)
            if value in entities:
                mentions.setdefault(value, position)
                if subject in rows:  # a school, say, is described in the rows of its claims
                    rows[value] = min(rows[subject], rows.get(value, rows[subject]))
    for value, position in mentions.items():
        lines.setdefault((value, ""), position)
    # Blank nodes are renamed at each reading, so they cannot be recognised.
    known = [each for each in findings if str(each.entity).startswith("_:") or (str(each.entity), "") in lines]
    return [_located(finding, lines, rows) for finding in known]


def numbered_triples(path: str) -> Iterator[tuple[int, ox.Triple]]:
    """Yield each triple of an RDF file with the line in which it ends, from 1."""
    with open(path, "rb") as file:
        numbered = _NumberedLines(file)
        form = READERS[os.path.splitext(path)[1].lower()]
        for quad in ox.parse(cast(BinaryIO, numbered), format=form, base_iri=Path(path).resolve().as_uri()):
            yield numbered.line, quad.triple


class _NumberedLines:
    """A binary file that the parser reads line by line, and the number of the last line read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.line = 1
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """Return the next line, or the part of it that fits."""
        self.line += self._ended
        data = self.file.readline(size)
        self._ended = data.endswith(b"\n")
        return data


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _located(finding: Finding, lines: Lines, rows: Rows) -> Finding:
    entity = str(finding.entity)
    if entity in rows:
        path, row = rows[entity]
        columns = [name for each in finding.properties if (name := column_of(local_name(each)))]
        details = {"column": columns[0], **finding.details} if columns else finding.details
        return replace(finding, path=path, line=row, details=details)
    for property_ in (*finding.properties, ""):
        if (entity, property_) in lines:
            path, line = lines[entity, property_]
            return replace(finding, path=path, line=line)
    return finding
