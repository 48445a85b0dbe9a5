"""What is wrong in a sheet: all of it at once, each with its place, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..errors import NlcGraphError


class Mistake(NamedTuple):
    """One thing that is wrong.

    :param row: row as the spreadsheet program numbers it; the heading is row 1; 0 where the file as a whole is meant
    :param column: heading of the column; empty where the row as a whole is meant
    """

    file: str
    row: int
    column: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return _line(self, _ranges([self.row]))


def in_words(mistakes: Sequence[Mistake]) -> list[str]:
    """Return mistakes as lines; the same mistake in several rows is one line that names them all.

    >>> in_words([Mistake("a.csv", row, "unit", "days", "unknown", "look it up") for row in (2, 3, 4, 9)])
    ["a.csv, rows 2-4, 9, column 'unit': 'days': unknown; look it up"]
    """
    rows: dict[Mistake, list[int]] = {}
    for mistake in mistakes:
        rows.setdefault(mistake._replace(row=0), []).append(mistake.row)
    return [_line(mistake, _ranges(numbers)) for mistake, numbers in rows.items()]


def _line(mistake: Mistake, rows: str) -> str:
    column = f", column {mistake.column!r}" if mistake.column else ""
    value = f": {mistake.value!r}" if mistake.value else ""
    return f"{mistake.file}{rows}{column}{value}: {mistake.problem}; {mistake.remedy}"


def _ranges(numbers: Sequence[int]) -> str:
    ranges: list[list[int]] = []
    for number in sorted(set(numbers)):
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    named = ", ".join("-".join(map(str, each)) for each in ranges)
    return "" if named == "0" else f", row{'' if named.isdigit() else 's'} {named}"


class SheetError(NlcGraphError):
    """A sheet has mistakes; nothing was made of it.

    :param warnings: what may be a mistake too
    """

    def __init__(self, mistakes: Sequence[Mistake], warnings: Sequence[Mistake] = ()) -> None:
        self.mistakes, self.warnings = tuple(mistakes), tuple(warnings)
        super().__init__(f"{len(self.mistakes)} mistakes")
