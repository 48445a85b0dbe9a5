"""What a sheet's file holds besides the rows that are read, of which people are told: it is lost, or misunderstood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .columns import BY_KEY
from .mistakes import Mistake


class Merged(NamedTuple):
    """A range of merged cells, its rows and columns from 1, the last ones included: only the first cell has a value."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


@dataclass(slots=True)
class Besides:
    """What a file holds besides its rows; all but ``merged`` is known when the last row is read.

    :param unread: names of sheets of a workbook that hold evidence and are not read
    :param typed: numbers of the rows on the page of examples that the template did not write
    :param merged: merged cells of the sheet that is read, known with its first row
    :param assumed: name of the encoding, where it could only be assumed; known with the first row
    """

    unread: list[str] = field(default_factory=list)
    typed: list[int] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    assumed: str = ""

    def warnings(self, file: str) -> Iterator[Mistake]:
        """Yield what may be a mistake: rows that are not read."""
        remedy = "move its rows, or save it as a file of its own and import both"
        for name in self.unread:
            yield Mistake(file, 0, "", name, "a sheet of evidence that was not read", remedy)
        if self.typed:
            one, first = len(self.typed) == 1, f"row {self.typed[0]}"
            what = f"{first} was typed there" if one else f"{len(self.typed)} rows were typed there, {first} first"
            remedy = f"move {'it' if one else 'them'} to the evidence"
            yield Mistake(file, 0, "", "examples", f"{what}, and no row of this page is read", remedy)

    def merged_below(self, heading: int, keys: Sequence[str]) -> list[Merged]:
        """Return the merged cells below the headings, in columns that are read.

        :param heading: number of the row that holds the headings
        :param keys: key of each column, empty for none
        """
        below = [one for one in self.merged if one.bottom > heading and one[:2] != one[2:]]
        return [one for one in below if any(keys[one.left - 1 : one.right])]


def wrong_of(merged: Merged, file: str, heading: int, keys: Sequence[str]) -> Mistake:
    """Return what is wrong with merged cells: a file holds a value for the first of them only."""
    first = max(merged.top, heading + 1)
    key = next(filter(None, keys[merged.left - 1 : merged.right]))
    empty, remedy = "all but the first are empty", "unmerge them and fill in each"
    if merged.left == merged.right and merged.top > heading:
        last = merged.bottom - merged.top == 1
        empty = f"row {merged.bottom} is empty" if last else f"rows {merged.top + 1} to {merged.bottom} are empty"
        remedy = "unmerge them and fill in each row"
    return Mistake(file, first, BY_KEY[key].name, "", f"cells {merged} are merged, so that {empty}", remedy)


def letters(column: int) -> str:
    """Return a column as spreadsheet programs call it.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name
