"""Write sheets: .csv, and .xlsx with drop-down lists, an explanation of each column, and examples."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import MissingExtraError
from ..graph.graph import Graph
from .columns import COLUMNS, Column, example_rows, heading
from .entity_index import EntityIndex
from .rows import REQUIRED
from .workbook import EVIDENCE, FORMULA_STARTS, MAX_ROWS

#: Date of every part of a workbook, so that the same rows give the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
_NUMBER = re.compile(r"[+-]?\d[\d.,]*")
_LISTS = (
    "practice outcome feature indicator link direction kind unit-of-measure role quantifier precision identification"
).split()
_COLUMN_WIDTH = 18
_PAGE_WIDTHS = {"A": 22, "B": 80, "C": 40, "D": 18}


def describe_need(column: Column) -> str:
    """Return when a column is filled in."""
    if column.key in REQUIRED:
        return "always"
    return "seldom" if column.optional else "where it applies"


def drop_down_lists(graph: Graph) -> dict[str, list[str]]:
    """Return the values to choose from, by :attr:`.columns.Column.terms`."""
    index = EntityIndex(graph)
    found = {kind: index.all_labels(kind) for kind in _LISTS}
    found["unit"] = found.pop("unit-of-measure")
    schools = [f"school: {how}" for how in ("named", "pseudonym", "unnamed")]
    groups = [f"group: {some}, pupil" for some in found["quantifier"]]
    return {
        **found,
        "what": [*schools, *groups, "group: all, school"],
        "position": ["above", "below"],
        "bearing": ["supports", "qualifies", "challenges"],
    }


def protect(cell: str) -> str:
    """Put an apostrophe before a text that a spreadsheet program would run as a formula.

    >>> protect("=1+1"), protect("-3.5")
    ("'=1+1", '-3.5')
    """
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(cell) else cell


def to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV with a byte order mark, so that spreadsheet programs read it as UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows([protect(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Iterable[Sequence[str]], lists: Mapping[str, Sequence[str]]) -> bytes:
    """Return a workbook: the rows, an explanation of each column, examples, and the drop-down lists.

    :param lists: what :func:`drop_down_lists` returns
    :raises MissingExtraError: if openpyxl is not installed
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingExtraError("writing .xlsx", "sheet") from error
    book = Workbook(write_only=True)
    evidence = book.create_sheet(EVIDENCE)
    evidence.freeze_panes = "A2"
    _add_choices(evidence, lists)
    _append(evidence, [heading(), *rows])
    _add_explanations(book.create_sheet("columns"))
    _append(book.create_sheet("examples"), [heading(), *example_rows()])
    _append(book.create_sheet("lists"), _as_columns(lists))
    out = io.BytesIO()
    book.save(out)
    return _with_fixed_date(out.getvalue())


def _append(page: Any, rows: Iterable[Sequence[str]]) -> None:
    """Add rows of text to a page, the first in bold."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(page, value=protect(value) or None)
            cell.number_format = "@"  # text: 2004-05 is a school year, not a date
            if number == 0:
                cell.font = bold
            if page.title == "columns":
                cell.alignment = wrapped
            cells.append(cell)
        page.append(cells)


def _add_choices(page: Any, lists: Mapping[str, Sequence[str]]) -> None:
    """Add a drop-down list to each column that has one."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    names = sorted(lists)
    for index, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(index)
        page.column_dimensions[letter].width = _COLUMN_WIDTH
        page.column_dimensions[letter].number_format = "@"
        if column.terms in lists:
            values = get_column_letter(names.index(column.terms) + 1)
            formula = f"lists!${values}$2:${values}${len(lists[column.terms]) + 1}"
            choice = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
            choice.add(f"{letter}2:{letter}{MAX_ROWS + 1}")
            page.data_validations.append(choice)


def _add_explanations(page: Any) -> None:
    for letter, width in _PAGE_WIDTHS.items():
        page.column_dimensions[letter].width = width
    rows = [(column.name, column.explanation, column.example, describe_need(column)) for column in COLUMNS]
    _append(page, [("column", "what it holds", "example", "filled in"), *rows])


def _as_columns(lists: Mapping[str, Sequence[str]]) -> Iterable[Sequence[str]]:
    names = sorted(lists)
    yield names
    for index in range(max(map(len, lists.values()), default=0)):
        yield [lists[name][index] if index < len(lists[name]) else "" for name in names]


def _with_fixed_date(content: bytes) -> bytes:
    """Return a workbook without the time at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            if name == "docProps/core.xml":
                text = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", text)
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, text)
    return out.getvalue()
