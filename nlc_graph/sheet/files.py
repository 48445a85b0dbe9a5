"""Sheets as files: CSV as spreadsheet programs write it, and .xlsx (with the extra ``sheet``)."""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import IO

from ..errors import UnknownFormatError, UnreadableFileError
from ..graph.files import check_file, what_it_is
from .besides import Besides
from .columns import find_column
from .encoding import encoding_of
from .workbooks import SAVE, Formula, read_cells

SUFFIXES = (".csv", ".xlsx")
MAX_ROWS = 100_000
#: What a spreadsheet program itself allows in a cell.
MAX_CELL = 32_767
#: Characters of a row in CSV: all columns of a sheet, as full as can be.
MAX_LINE = 5_000_000
#: Bytes that an .xlsx file may unpack to: five times a full sheet of 100,000 rows; and its parts that are no sheet.
MAX_UNPACKED, MAX_PART = 1_000_000_000, 300_000_000
#: Cells that there is room for, empty ones among others included: readers make room for all up to the last one.
MAX_CELLS = 12_000_000
MAX_BYTES = 500_000_000
#: Ranges of merged cells, each of which is told.
MAX_MERGED = 100_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: The place of a cell that holds something.
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']([A-Za-z]+)(\d+)["'][^<>]*(?<!/)>""")
#: Any cell that holds something, with a place or without.
_ANY_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*)?(?<!/)>")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*")


def read_rows(path: str, besides: Besides | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a sheet that are not empty, heading first: the number that the program shows, and the cells.

    :param besides: is told what the file holds besides
    :raises UnreadableFileError: if the file is missing, empty, no sheet, or larger than any sheet should be
    :raises UnknownFormatError: if its suffix is that of no sheet
    :raises MissingExtraError: if it is an .xlsx file and the extra is not installed
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in SUFFIXES:
        raise UnknownFormatError(os.path.basename(path), SUFFIXES, "save it as .xlsx or .csv")
    _check_file(path, suffix)
    besides = Besides() if besides is None else besides
    rows = _csv_rows(path, besides) if suffix == ".csv" else _xlsx_rows(path, besides)
    count = 0
    for number, cells in rows:
        if not any(map(str.strip, cells)):
            continue
        count += 1
        if count > MAX_ROWS + 1:
            raise UnreadableFileError(
                path, f"row {number}: more than {MAX_ROWS:,} rows", None, "split it in several files"
            )
        if max(map(len, cells)) > MAX_CELL:
            raise UnreadableFileError(
                path, f"row {number}: a cell of more than {MAX_CELL:,} characters", None, "shorten it"
            )
        yield number, [cell if isinstance(cell, Formula) else _plain(cell) for cell in cells]
    if not count:
        raise _empty(path, besides)


def _empty(path: str, besides: Besides) -> UnreadableFileError:
    remedy = "its first row must hold the column names: `nlc-graph sheet template -o sheet.csv` writes them"
    if besides.unread:
        remedy += f"; the sheet {besides.unread[0]!r} holds evidence and is not read"
    return UnreadableFileError(path, "the sheet is empty", None, remedy)


def _check_file(path: str, suffix: str) -> None:
    try:
        check_file(path)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error
    other = what_it_is(path)
    if other and {".xlsx": "ZIP", ".csv": "text"}[suffix] not in other[0]:
        raise UnreadableFileError(path, other[0], None, other[1])


def has_decimal_comma(path: str) -> bool | None:
    """Return whether numbers in a sheet have a decimal comma; None where nothing tells.

    Spreadsheet programs that write decimal commas put semicolons between the cells of a CSV file.
    """
    if not path.lower().endswith(".csv"):
        return None
    _check_file(path, ".csv")
    try:
        with open(path, "rb") as file:
            start = file.read(1 << 16)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error
    text = start.decode("utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1", errors="replace")
    heading = _without_separator(text.removeprefix("\u00ef\u00bb\u00bf"))  # headings are the same in all encodings
    return {",": False, ";": True}.get(_delimiter(heading.splitlines()[0] if heading else ""))


def safe(cell: str) -> str:
    """Make a text harmless in a spreadsheet program, which would run it as a formula; numbers stay as they are.

    >>> safe("=1+1"), safe("-3.5")
    ("'=1+1", '-3.5')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV with a byte order mark, so that spreadsheet programs read it as UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _csv_rows(path: str, besides: Besides) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        if os.path.getsize(path) > MAX_BYTES:
            raise UnreadableFileError(path, f"larger than {MAX_BYTES // 1_000_000} MB", None, "split it")
        csv.field_size_limit(MAX_LINE)
        encoding = encoding_of(path)
        besides.assumed = "Windows-1252" if encoding == "cp1252" else ""
        with open(path, encoding=encoding, newline="") as file:
            lines = _lines(path, file)
            first, skipped = next(lines, ""), 0
            if not _without_separator(first):  # how spreadsheet programs are told the delimiter
                first, skipped = next(lines, ""), 1
            reader = csv.reader(chain([first], lines), delimiter=_delimiter(first), strict=True)
            number = skipped
            for number, cells in enumerate(reader, skipped + 1):
                yield number, cells
    except csv.Error as error:
        raise UnreadableFileError(path, f"row {number + 1}: {error}", None, "look for a quotation mark") from error
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error
    except UnicodeError as error:
        remedy = "save it as CSV UTF-8"
        raise UnreadableFileError(path, "text in an encoding that cannot be told", None, remedy) from error


def _lines(path: str, file: IO[str]) -> Iterator[str]:
    while line := file.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise UnreadableFileError(path, f"a line of more than {MAX_LINE:,} characters", None, "is it a sheet?")
        if "\0" in line:
            raise UnreadableFileError(path, "null characters: no text", None, "save it as CSV UTF-8")
        yield line


def _without_separator(text: str) -> str:
    """Return a text without the line that tells spreadsheet programs the delimiter."""
    return text.partition("\n")[2] if text[:4].lower() == "sep=" else text


def _delimiter(heading: str) -> str:
    def known(delimiter: str) -> int:
        return sum(find_column(cell.strip(' "\r\n')) is not None for cell in heading.split(delimiter))

    return max(",;\t", key=known)


def _xlsx_rows(path: str, besides: Besides) -> Iterator[tuple[int, list[str]]]:
    _check_zip(path)
    yield from read_cells(path, besides)


def _check_zip(path: str) -> None:
    """Refuse what would fill memory: read whole, for what an archive says of the sizes of its parts may be wrong."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked <= MAX_UNPACKED:
                for part in parts:
                    _check_part(path, part, archive.open(part))
    except UnreadableFileError:
        raise
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or "no .xlsx file", None, SAVE) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, RuntimeError, zlib.error) as error:
        raise UnreadableFileError(path, "no .xlsx file", None, SAVE) from error
    if unpacked > MAX_UNPACKED:
        raise UnreadableFileError(path, f"it unpacks to {unpacked:,} bytes, far more than a sheet does", None, SAVE)


def _check_part(path: str, part: zipfile.ZipInfo, content: IO[bytes]) -> None:
    """Refuse a sheet with a cell far out: readers make room for all cells up to it, up to 17 thousand million."""
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile(f"compression {part.compress_type}, which no workbook has")
    rest, count, merged, width, height = b"", 0, 0, 0, 0
    while chunk := content.read(1 << 20):
        text = rest + chunk
        ends = text.rfind(b"<")
        rest = text[ends:] if 0 <= ends and len(text) - ends < MAX_LINE else b""
        text = text[: len(text) - len(rest)]
        places = _CELL.findall(text)
        if len(places) < len(_ANY_CELL.findall(text)):
            raise UnreadableFileError(path, "cells that do not say where they stand", None, SAVE)
        count += len(places)
        merged += len(_MERGED.findall(text)) if b"mergeCell" in text else 0
        if merged > MAX_MERGED:
            raise UnreadableFileError(path, f"more than {MAX_MERGED:,} ranges of merged cells", None, "unmerge them")
        for column, row in places:
            if len(column) > 2 or len(row) > 6 or int(row) > MAX_ROWS + 1000:
                place = f"{column[:9].decode()}{row[:9].decode()}"
                raise UnreadableFileError(path, f"a cell at {place}, far outside an evidence sheet", None, "remove it")
            width, height = max(width, _number(column)), max(height, int(row))
        if max(count, width * height) > MAX_CELLS:
            reason = f"room for more than {MAX_CELLS:,} cells"
            raise UnreadableFileError(path, reason, None, "remove what stands far to the right, or split it")
    if not count and part.file_size > MAX_PART:
        raise UnreadableFileError(path, f"{part.filename[:80]} unpacks to {part.file_size:,} bytes", None, SAVE)


def _number(column: bytes) -> int:
    """Return the number of a column.

    >>> _number(b"A"), _number(b"ab")
    (1, 28)
    """
    number = 0
    for letter in column.upper():
        number = 26 * number + letter - 64
    return number


def _plain(cell: str) -> str:
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text
