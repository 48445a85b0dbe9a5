"""What a check finds: what is wrong, with which thing, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..graph.names import NameIndex
from ..sheet import SUFFIXES
from ..table import Ref, Value


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong.

    :param check: name of the check that found it; findings of one check and one sentence belong together
    :param problem: what is wrong, in a sentence
    :param remedy: what to do; empty where the sentence says it
    :param thing: what is wrong; None for a file that cannot be read
    :param details: name to value, such as the term that is unknown
    :param suggestions: what may have been meant, nearest first
    :param properties: IRIs of properties at whose line to look
    :param file: file that says it, as its path was given; empty where it is not known
    :param line: line of the file, from 1; None where it is not known
    :param column: column in the line, from 1; None where it is not known
    """

    check: str
    problem: str
    remedy: str = ""
    thing: Ref | None = None
    details: Mapping[str, Value] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    file: str = ""
    line: int | None = None
    column: int | None = None

    @property
    def place(self) -> str:
        """Return file, line and column as compilers print them, of a sheet the row; empty where nothing is known.

        >>> Finding("syntax", "No full stop.", file="mine.ttl", line=3, column=7).place
        'mine.ttl:3:7'
        >>> Finding("sheet", "Missing.", file="mine.csv", line=3).place
        'mine.csv, row 3'
        """
        if self.line is not None and self.file.lower().endswith(SUFFIXES):
            return f"{self.file}, row {self.line}"
        numbers = [str(number) for number in (self.line, self.column) if number is not None]
        return ":".join([self.file, *numbers]) if self.file else ""


@dataclass(frozen=True)
class Report:
    """What was checked, what was not and why not, and what was found.

    :param files: files that were checked, as their paths were given
    :param triples: number of triples in them
    :param checked: what was checked, in words
    :param not_checked: what was not, and how to have it checked
    :param findings: by check, then file and line
    :param things: what the things in the findings are called
    :param warnings: what may be a mistake in a sheet, in words
    """

    files: tuple[str, ...]
    triples: int
    checked: tuple[str, ...]
    not_checked: tuple[str, ...]
    findings: tuple[Finding, ...]
    things: NameIndex
    warnings: tuple[str, ...] = ()
