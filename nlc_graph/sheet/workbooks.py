"""Reading .xlsx: the cells of its sheet as a spreadsheet program shows them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from html import unescape
from itertools import islice
from typing import Any

from ..errors import MissingExtraError, UnreadableFileError
from .besides import Besides, Merged
from .columns import FEWEST, find_column
from .examples import example_rows
from .parts import attribute, cells_with, part_of_sheet
from .styles import find_percentages

EVIDENCE = "evidence"
#: Sheets of the template that hold no evidence.
EXAMPLES = "examples"
EXPLAINING = ("columns", EXAMPLES, "lists")
SAVE = "open it in a spreadsheet program and save it anew"
#: What shows that some cell holds an error, or a formula: most workbooks have neither.
_TELLING = (b'"e"', b"'e'", b"<f", b":f")
_FORMULA = re.compile(r"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>([^<]*))")
_VALUE = re.compile(r"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]+)")


class Formula(str):
    """The formula of a cell whose result is not stored: what the cell shows is known to spreadsheet programs only."""

    __slots__ = ()


def read_cells(path: str, besides: Besides) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of the rows of the sheet called evidence, or else the first.

    Errors are there as they are shown (``#N/A``), formulas without a result as :class:`Formula`.

    :param besides: is told which cells are merged, and what the other sheets hold
    :raises UnreadableFileError: if it is no workbook
    :raises MissingExtraError: if the extra is not installed
    """
    try:
        import python_calamine
    except ImportError as error:
        raise MissingExtraError("reading .xlsx", "sheet") from error
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        names = book.sheet_names
        index = names.index(EVIDENCE) if EVIDENCE in names else 0
        sheet, shares = book.get_sheet_by_index(index), find_percentages(path, index)
        failed = find_failed(path, index)
        first = sheet.start[0] if sheet.start else 0  # rows above the first that holds anything
        ranges = sheet.merged_cell_ranges or ()
        besides.merged += [Merged(top + 1, left + 1, down + 1, right + 1) for (top, left), (down, right) in ranges]
        number = 0
        for number, cells in enumerate(sheet.iter_rows() if sheet.start else (), 1):
            if number > first or number in failed:
                row = [_text(cell, share=bool(shares) and (number, at) in shares) for at, cell in enumerate(cells, 1)]
                yield number, _with(row, failed.get(number))
        for name in names:
            if name == EXAMPLES:
                besides.typed += _find_typed(book.get_sheet_by_name(name)) if name != names[index] else []
            elif name not in (names[index], *EXPLAINING) and _holds_evidence(book.get_sheet_by_name(name)):
                besides.unread.append(name)
        for below in sorted(row for row in failed if row > number):
            yield below, _with([], failed[below])
    except UnreadableFileError:
        raise
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error
    except (python_calamine.CalamineError, ValueError, IndexError) as error:
        raise UnreadableFileError(path, "no readable .xlsx file", None, SAVE) from error


def _holds_evidence(sheet: Any) -> bool:
    """Tell whether a sheet has headings as those of evidence, and something below them."""
    rows = sheet.iter_rows() if sheet.start else ()
    filled = [row for row in islice(rows, 1000) if any(cell != "" for cell in row)]
    return len(filled) > 1 and sum(find_column(str(cell)) is not None for cell in filled[0]) >= FEWEST


def _find_typed(sheet: Any) -> list[int]:
    """Return the numbers of the rows of the page of examples that the template did not write."""
    rows = islice(sheet.iter_rows() if sheet.start else (), 1000)
    filled = [(number, row) for number, cells in enumerate(rows, 1) if (row := _filled(map(_text, cells)))]
    known = set(map(_filled, example_rows()))
    return [number for number, row in filled[1:] if row not in known]


def _filled(cells: Iterable[str]) -> frozenset[str]:
    return frozenset(text for cell in cells if (text := cell.strip()))


def find_failed(path: str, sheet: int) -> dict[int, dict[int, str]]:
    """Return by row and column, from 1, the errors and the formulas without a result, which readers take for empty.

    ECMA-376 part 1, 18.3.1.4: an error is a cell of type ``e``; a formula's result is the cell's value, of which a
    program that does not calculate writes none. A formula that results in an empty text has the type ``str``.

    :param sheet: place of the sheet in the workbook, from 0
    """
    found: dict[int, dict[int, str]] = {}
    with zipfile.ZipFile(path) as archive:
        part = part_of_sheet(archive, sheet)
        if not part:
            return found
        with archive.open(part) as content:
            for tag, place, inside in cells_with(content, _TELLING):
                type_, value, formula = attribute(tag, "t"), _VALUE.search(inside), _FORMULA.search(inside)
                row, column = place
                if type_ == "e":
                    found.setdefault(row, {})[column] = value[1].strip() if value else "#ERROR!"
                elif formula and not value and type_ != "str":
                    found.setdefault(row, {})[column] = Formula(f"={unescape(formula[1] or '')}")
    return found


def _with(row: list[str], failed: dict[int, str] | None) -> list[str]:
    for column, cell in (failed or {}).items():
        row += [""] * (column - len(row))
        row[column - 1] = cell
    return row


def _text(cell: object, *, share: bool = False) -> str:
    if cell is None:
        return ""
    if share and isinstance(cell, (int, float)):
        return f"{cell * 100:.10g}%"
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, (datetime, date, time)) else str(cell)
