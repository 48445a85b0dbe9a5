"""Findings of a validation, and the report that lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..graph.names import NameIndex
from ..sheet import SUFFIXES
from ..table import Ref, Value


@dataclass(frozen=True)
class Finding:
    """An error in the data.

    :param code: stable name of the check; findings of one code and message belong together
    :param message: what is wrong, in a sentence
    :param hint: what to do; empty if the message says it
    :param entity: what is wrong; None for a file that cannot be read
    :param details: name to value, such as the unknown term
    :param suggestions: identifiers that may have been meant, nearest first
    :param properties: IRIs of properties whose line is the line of the error, if the entity has them
    :param path: path of the file, as given; empty if not known
    :param line: line, or row of a sheet, from 1; None if not known
    :param column: column in the line, from 1; None if not known
    """

    code: str
    message: str
    hint: str = ""
    entity: Ref | None = None
    details: Mapping[str, Value] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    path: str = ""
    line: int | None = None
    column: int | None = None

    @property
    def location(self) -> str:
        """Return path, line and column as compilers print them, and the row of a sheet.

        >>> Finding("syntax", "No full stop.", path="mine.ttl", line=3, column=7).location
        'mine.ttl:3:7'
        >>> Finding("sheet", "Missing.", path="mine.csv", line=3).location
        'mine.csv, row 3'
        """
        if self.line is not None and self.path.lower().endswith(SUFFIXES):
            return f"{self.path}, row {self.line}"
        numbers = [str(number) for number in (self.line, self.column) if number is not None]
        return ":".join([self.path, *numbers]) if self.path else ""


@dataclass(frozen=True)
class Report:
    """What was checked, what was not, and what was found.

    :param files: paths of the files that were checked, as given
    :param triples: number of triples in them
    :param checked: what was checked, as text
    :param not_checked: what was not checked, and how to have it checked
    :param findings: by code, then path and line
    :param names: labels and CURIEs of the entities in the findings
    :param warnings: possible errors in sheets, as text
    """

    files: tuple[str, ...]
    triples: int
    checked: tuple[str, ...]
    not_checked: tuple[str, ...]
    findings: tuple[Finding, ...]
    names: NameIndex
    warnings: tuple[str, ...] = ()
