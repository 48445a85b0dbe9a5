"""Read the rows of a sheet: CSV as spreadsheet programs write it, and .xlsx (with the extra ``sheet``)."""

from __future__ import annotations

import csv
import os
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from itertools import chain, islice
from typing import IO, Any

from ..errors import MissingExtraError, UnknownFormatError, UnreadableFileError
from ..graph.files import check_file, what_it_is
from .columns import FEWEST_HEADINGS, find_column

SUFFIXES = (".csv", ".xlsx")
EVIDENCE = "evidence"
#: Sheets of the template that hold no evidence.
TEMPLATE_SHEETS = ("columns", "examples", "lists")
#: Limits against files that would fill memory.
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 100_000, 1000, 32_767
MAX_LINE, MAX_BYTES, MAX_UNPACKED = 5_000_000, 500_000_000, 300_000_000
#: What stands for a formula whose result no program has stored.
NO_RESULT = "#N/A"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SAVE_AGAIN = "open it in a spreadsheet program and save it again as .xlsx"
_SAVE_AS_UTF8 = "save it as CSV UTF-8"
#: Single-byte encodings that spreadsheet programs of today and of old write.
_ENCODINGS = ["cp1252", "mac_roman", "cp850"]

NumberedRow = tuple[int, list[str]]


@dataclass
class SheetFile:
    """A sheet that is being read.

    :param rows: rows that are not empty, heading first, each with the number that the program shows
    :param decimal_comma: whether its numbers have a decimal comma; known with the first row
    :param notes: warnings about the file as a whole; known with the first row
    """

    path: str
    rows: Iterator[NumberedRow] = field(default_factory=lambda: iter(()))
    decimal_comma: bool = False
    notes: list[str] = field(default_factory=list)


def open_sheet(path: str) -> SheetFile:
    """Open a sheet; its rows are read as they are asked for.

    :raises UnreadableFileError: if the file is missing, damaged, of another kind, or larger than a sheet should be
    :raises UnknownFormatError: if its suffix is neither .csv nor .xlsx
    :raises MissingExtraError: if reading it needs the extra ``sheet``
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in SUFFIXES:
        raise UnknownFormatError(os.path.basename(path), SUFFIXES, "save it as .xlsx or .csv")
    try:
        check_file(path)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error
    other = what_it_is(path)
    if other and {".xlsx": "ZIP", ".csv": "text"}[suffix] not in other[0]:
        raise UnreadableFileError(path, other[0], None, other[1])
    sheet = SheetFile(path)
    sheet.rows = _checked(path, _csv_rows(sheet) if suffix == ".csv" else _xlsx_rows(sheet))
    return sheet


def _checked(path: str, rows: Iterator[NumberedRow]) -> Iterator[NumberedRow]:
    """Yield the rows that are not empty, their cells trimmed and within the limits."""
    count = 0
    for number, cells in rows:
        if not any(map(str.strip, cells)):
            continue
        count += 1
        if count > MAX_ROWS + 1:
            raise UnreadableFileError(path, f"more than {MAX_ROWS:,} rows", number, "split it into several files")
        if max(map(len, cells)) > MAX_CELL:
            raise UnreadableFileError(path, f"a cell of more than {MAX_CELL:,} characters", number, "shorten it")
        if len(cells) > MAX_COLUMNS:
            raise UnreadableFileError(path, f"{len(cells):,} columns", number, "remove the empty ones")
        yield number, [_trim(cell) for cell in cells]
    if not count:
        hint = "its first row must hold the column names: `nlc-graph sheet template -o sheet.csv` writes them"
        raise UnreadableFileError(path, "the sheet is empty", None, hint)


def _trim(cell: str) -> str:
    """Return a cell without surrounding blanks, and without the apostrophe that keeps text from being a formula."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA_STARTS else text


# --- CSV ---


def _csv_rows(sheet: SheetFile) -> Iterator[NumberedRow]:
    number = 0
    try:
        if os.path.getsize(sheet.path) > MAX_BYTES:
            raise UnreadableFileError(sheet.path, f"larger than {MAX_BYTES // 1_000_000} MB", None, "split it")
        csv.field_size_limit(MAX_LINE)
        encoding = find_encoding(sheet.path)
        if encoding == "cp1252":
            sheet.notes.append(f"not UTF-8, so read as Windows-1252; if letters are wrong, {_SAVE_AS_UTF8}")
        with open(sheet.path, encoding=encoding, newline="") as file:
            lines = _lines(sheet.path, file)
            first = next(lines, "")
            if first[:4].lower() == "sep=":  # names the delimiter
                number, first = 1, next(lines, "")
            delimiter = _find_delimiter(first)
            sheet.decimal_comma = delimiter == ";"
            for cells in csv.reader(chain([first], lines), delimiter=delimiter, strict=True):
                number += 1
                yield number, cells
    except csv.Error as error:
        raise UnreadableFileError(sheet.path, str(error), number + 1, "look for a quotation mark") from error
    except OSError as error:
        raise UnreadableFileError(sheet.path, error.strerror or str(error)) from error
    except UnicodeError as error:
        raise UnreadableFileError(sheet.path, "text in an unknown encoding", None, _SAVE_AS_UTF8) from error


def find_encoding(path: str) -> str:
    """Return the encoding of a CSV file: UTF-8 or UTF-16, or else the likeliest of Windows-1252 and older ones.

    :raises MissingExtraError: if it is neither UTF-8 nor UTF-16 and charset-normalizer is not installed
    :raises UnicodeError: if it is in none of them
    """
    with open(path, "rb") as file:
        content = file.read()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode()
    except UnicodeDecodeError:
        return _guess_encoding(content)
    return "utf-8-sig"


def _guess_encoding(content: bytes) -> str:
    try:
        from charset_normalizer import from_bytes
    except ImportError as error:
        raise MissingExtraError("reading a .csv file that is not UTF-8", "sheet") from error
    lines = [line for line in content.splitlines() if not line.isascii()]  # only these tell encodings apart
    best = from_bytes(b"\n".join(lines[:2000]), cp_isolation=_ENCODINGS).best()
    if best is None:
        raise UnicodeError("no encoding fits")
    return best.encoding


def _lines(path: str, file: IO[str]) -> Iterator[str]:
    while line := file.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise UnreadableFileError(path, f"a line of more than {MAX_LINE:,} characters", None, "is it a sheet?")
        if "\0" in line:
            raise UnreadableFileError(path, "null characters, so not text", None, _SAVE_AS_UTF8)
        yield line


def _find_delimiter(heading: str) -> str:
    def count_known(delimiter: str) -> int:
        return sum(find_column(cell.strip(' "\r\n')) is not None for cell in heading.split(delimiter))

    return max(",;\t", key=count_known)


# --- .xlsx ---


def _xlsx_rows(sheet: SheetFile) -> Iterator[NumberedRow]:
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError("reading .xlsx", "sheet") from error
    try:
        with zipfile.ZipFile(sheet.path) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > MAX_UNPACKED:
            reason = f"it unpacks to {size:,} bytes, far more than a sheet"
            raise UnreadableFileError(sheet.path, reason, None, _SAVE_AGAIN)
        with warnings.catch_warnings(action="ignore"):  # of styles and drop-down lists that openpyxl does not know
            book = openpyxl.load_workbook(sheet.path, read_only=True, data_only=True, keep_links=False)
            rows = _read_book(sheet, book)
    except UnreadableFileError:
        raise
    except OSError as error:
        raise UnreadableFileError(sheet.path, error.strerror or "not an .xlsx file", None, _SAVE_AGAIN) from error
    except Exception as error:  # on a damaged file openpyxl raises errors of any kind
        raise UnreadableFileError(sheet.path, "not a readable .xlsx file", None, _SAVE_AGAIN) from error
    yield from rows


def _read_book(sheet: SheetFile, book: Any) -> list[NumberedRow]:
    page = book[EVIDENCE] if EVIDENCE in book.sheetnames else book.worksheets[0]
    page.reset_dimensions()
    formulas = _read_structure(sheet, page)
    unread = [repr(other.title) for other in book.worksheets if other is not page and _holds_evidence(other)]
    if unread:
        sheet.notes.append(f"only the sheet {page.title!r} is read; there is evidence in {', '.join(unread)} too")
    rows = []
    for number, cells in enumerate(page.iter_rows(max_row=MAX_ROWS + 1000), 1):
        if cells:
            row = [_text(cell, (number, column) in formulas) for column, cell in enumerate(cells, 1)]
            rows.append((number, row))
    return rows


def _read_structure(sheet: SheetFile, page: Any) -> set[tuple[int, int]]:
    """Return row and column of the formulas of a page; note merged cells and hidden rows."""
    from openpyxl.worksheet._reader import WorkSheetParser  # reads row by row, as read-only pages do

    with page._get_source() as source:
        parser = WorkSheetParser(source, page._shared_strings)
        formulas, last = set(), 0
        for number, cells in parser.parse():
            filled = [cell for cell in cells if cell["value"] is not None]
            formulas |= {(number, cell["column"]) for cell in filled if cell["data_type"] == "f"}
            last = number if filled else last
    if last > MAX_ROWS + 1000:
        hint = f"use at most {MAX_ROWS:,} rows"
        raise UnreadableFileError(sheet.path, f"a cell in row {last:,}", None, hint)
    hidden = [row for row, kept in parser.row_dimensions.items() if kept.get("hidden") in ("1", "true")]
    areas = parser.merged_cells.mergeCell if parser.merged_cells else []
    merged = sorted(area.coord for area in areas if area.max_row > 1)
    if hidden:
        sheet.notes.append(f"hidden rows are imported too, first row {hidden[0]}")
    if merged:
        sheet.notes.append(f"only the first cell of merged cells has a value: unmerge {', '.join(merged[:5])}")
    return formulas


def _text(cell: Any, is_formula: bool) -> str:
    """Return a cell as the spreadsheet program shows it."""
    value = cell.value
    if value is None:
        return NO_RESULT if is_formula else ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)) and "%" in cell.number_format:
        return f"{value * 100:.10g}%"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value.isoformat() if isinstance(value, (date, time)) else str(value)


def _holds_evidence(page: Any) -> bool:
    if page.title in TEMPLATE_SHEETS:
        return False
    filled = [row for row in islice(page.iter_rows(values_only=True), 1000) if any(row)]
    return len(filled) > 1 and sum(find_column(str(cell)) is not None for cell in filled[0]) >= FEWEST_HEADINGS


# --- text damaged by a wrong encoding ---

#: UTF-8 that was read as Windows-1252, and letters that became question marks.
_MOJIBAKE = re.compile("[ÃÄÅÐÑ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|â€|Â[\xa0-\xbf]|\ufffd")  # noqa: RUF001
_LOST_LETTER = re.compile(r"[^\W\d_]\?[^\W\d_]|\?{3}")
_ADDRESS = re.compile(r"\S*(?:://|www\.)\S*")


def is_damaged(text: str) -> bool:
    """Return whether a text looks as if it was saved or read in a wrong encoding.

    >>> [is_damaged(text) for text in ("RÄ«ga", "R?ga", "Rīga", "Why? It is so.", "https://x.org/a?b=c")]
    [True, True, False, False, False]
    """
    if "?" in text and _LOST_LETTER.search(_ADDRESS.sub("", text)):
        return True
    return not text.isascii() and _MOJIBAKE.search(text) is not None
