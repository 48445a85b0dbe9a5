"""Writing .xlsx: the sheet with drop-down lists from the vocabularies, and a page that explains each column."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ..cleanup import temporary_folder
from ..errors import MissingExtraError, UnwritableFileError
from .columns import COLUMNS, Column
from .examples import example_rows
from .files import safe

#: The date that goes into a workbook, so that the same input gives the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
_WIDTH = 18


def to_xlsx(rows: Iterable[Sequence[str]], lists: Mapping[str, Sequence[str]]) -> bytes:
    """Return a workbook: the rows, an explanation of each column, examples, and the lists that cells are picked from.

    :param lists: values by the name in :attr:`.columns.Column.terms`
    :raises MissingExtraError: if what writes .xlsx is not installed
    """
    # With lxml it would write other bytes than without, and tell of a full disk by a traceback.
    os.environ["OPENPYXL_LXML"] = "False"
    try:
        import openpyxl  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("writing .xlsx", "sheet") from error
    with _temporary_files_taken_away():
        return _undated(_to_bytes(rows, lists))


def _to_bytes(rows: Iterable[Sequence[str]], lists: Mapping[str, Sequence[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook(write_only=True)
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")

    def cell(sheet: Any, value: str, font: Any = None) -> Any:
        one = WriteOnlyCell(sheet, value=None)
        if value:
            one.value = safe(value)
            one.data_type = "s"  # never a formula, a number or a date: 2004-05 is a school year
        one.number_format = "@"
        if font is not None:
            one.font = font
        return one

    sheet = book.create_sheet("evidence")
    sheet.freeze_panes = "A2"
    names = sorted(lists)
    for index, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = _WIDTH
        sheet.column_dimensions[letter].number_format = "@"
        if column.terms in lists:
            place = get_column_letter(names.index(column.terms) + 1)
            formula = f"lists!${place}$2:${place}${len(lists[column.terms]) + 1}"
            choice = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
            choice.add(f"{letter}2:{letter}100001")
            sheet.data_validations.append(choice)
    sheet.append([cell(sheet, column.name, bold) for column in COLUMNS])
    for row in rows:
        sheet.append([cell(sheet, value) for value in row])
    page = book.create_sheet("columns")
    for letter, width in zip("ABCD", (22, 80, 40, 18), strict=True):
        page.column_dimensions[letter].width = width
    page.append([cell(page, name, bold) for name in ("column", "what stands in it", "example", "filled in")])
    for column in COLUMNS:
        cells = [cell(page, value) for value in (column.name, column.explanation, column.example, needed(column))]
        for one in cells:
            one.alignment = wrapped
        page.append(cells)
    shown = book.create_sheet("examples")
    shown.append([cell(shown, column.name, bold) for column in COLUMNS])
    for row in example_rows():
        shown.append([cell(shown, value) for value in row])
    choices = book.create_sheet("lists")
    choices.append([cell(choices, name, bold) for name in names])
    for index in range(max(map(len, lists.values()), default=0)):
        choices.append([cell(choices, lists[name][index] if index < len(lists[name]) else "") for name in names])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@contextmanager
def _temporary_files_taken_away() -> Iterator[None]:
    """Let openpyxl put its temporary files where they are taken away however the process ends: it asks for no place."""
    import tempfile

    with temporary_folder() as folder:
        before, tempfile.tempdir = tempfile.tempdir, folder
        try:
            yield
        except OSError as error:
            raise UnwritableFileError(folder, f"{error.strerror}; set TMPDIR to a folder with more room") from error
        finally:
            tempfile.tempdir = before


def needed(column: Column) -> str:
    """Return when a column is filled in, in words."""
    from .rows import REQUIRED

    return "always" if column.key in REQUIRED else "seldom" if column.optional else "where it applies"


def _undated(content: bytes) -> bytes:
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
