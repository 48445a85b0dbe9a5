"""Errors and warnings of a sheet: where (file, row, column, value), what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..errors import NlcGraphError


class CellError(NamedTuple):
    """An error or warning at a cell, a row, or a whole file.

    :param row: number that the spreadsheet program shows, the heading being row 1; 0 for the whole file
    :param column: heading of the column; empty for the whole row
    :param code: stable name of the error; the wording of message and hint may change
    """

    file: str
    row: int
    column: str
    value: str
    code: str
    message: str
    hint: str

    def __str__(self) -> str:
        return _format(self, [self.row])


class SheetError(NlcGraphError):
    """A sheet has errors; nothing was made of it.

    :param errors: all errors, by row
    :param warnings: what may be an error
    """

    code = "sheet-errors"

    def __init__(self, errors: Sequence[CellError], warnings: Sequence[CellError] = ()) -> None:
        self.errors, self.warnings = tuple(errors), tuple(warnings)
        super().__init__(f"{len(self.errors)} errors in the sheet")


def format_errors(errors: Iterable[CellError]) -> list[str]:
    """Return one line an error; rows with the same error share a line.

    >>> format_errors(CellError("a.csv", row, "unit", "days", "", "unknown", "see the list") for row in (2, 3, 4, 9))
    ["a.csv, rows 2-4, 9, column 'unit': 'days': unknown; see the list"]
    """
    rows: dict[CellError, list[int]] = {}
    for error in errors:
        rows.setdefault(error._replace(row=0), []).append(error.row)
    return [_format(error, numbers) for error, numbers in rows.items()]


def _format(error: CellError, rows: Iterable[int]) -> str:
    column = f", column {error.column!r}" if error.column else ""
    value = f": {error.value!r}" if error.value else ""
    hint = f"; {error.hint}" if error.hint else ""
    return f"{error.file}{_format_rows(rows)}{column}{value}: {error.message}{hint}"


def _format_rows(rows: Iterable[int]) -> str:
    ranges: list[list[int]] = []
    for number in sorted(set(rows)):
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    text = ", ".join("-".join(map(str, each)) for each in ranges)
    if text == "0":
        return ""
    return f", row {text}" if text.isdigit() else f", rows {text}"
