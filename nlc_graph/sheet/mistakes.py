"""What is wrong in a sheet: all of it at once, each with its place, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..errors import NlcGraphError


class Mistake(NamedTuple):
    """One thing that is wrong.

    :param row: row as the spreadsheet program numbers it; the heading is row 1
    :param column: heading of the column; empty where the row as a whole is meant
    """

    file: str
    row: int
    column: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        column = f", column {self.column!r}" if self.column else ""
        value = f": {self.value!r}" if self.value else ""
        return f"{self.file}, row {self.row}{column}{value}: {self.problem}; {self.remedy}"


class SheetError(NlcGraphError):
    """A sheet has mistakes; nothing was made of it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(f"{len(self.mistakes)} mistakes")
