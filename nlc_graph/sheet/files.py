"""Sheets as files: CSV as spreadsheet programs write it, and .xlsx (with the extra ``sheet``)."""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import IO

from ..errors import NlcGraphError, UnknownFormatError, UnreadableFileError
from .columns import find_column
from .styles import find_percentages

SUFFIXES = (".csv", ".xlsx")
MAX_ROWS = 100_000
#: What a spreadsheet program itself allows in a cell.
MAX_CELL = 32_767
#: Bytes that an .xlsx file may unpack to: ten times a full sheet of 100,000 rows.
MAX_UNPACKED = 2_000_000_000
MAX_BYTES = 500_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: The place of a cell that holds something.
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]+)(\d+)["'][^>]*(?<!/)>""")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*")


class MissingExtraError(NlcGraphError):
    """What reads and writes .xlsx files is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "reading and writing .xlsx needs an extra: python -m pip install 'nlc-graph[sheet]'; or use a .csv file"
        )


def read_rows(path: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a sheet that are not empty, heading first: the number that the program shows, and the cells.

    :raises UnreadableFileError: if the file is missing, no sheet, or larger than any sheet should be
    :raises UnknownFormatError: if its suffix is that of no sheet
    :raises MissingExtraError: if it is an .xlsx file and the extra is not installed
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in SUFFIXES:
        raise UnknownFormatError(os.path.basename(path), SUFFIXES)
    rows = _csv_rows(path) if suffix == ".csv" else _xlsx_rows(path)
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
        yield number, [_plain(cell) for cell in cells]


def has_decimal_comma(path: str) -> bool | None:
    """Return whether numbers in a sheet have a decimal comma; None where nothing tells.

    Spreadsheet programs that write decimal commas put semicolons between the cells of a CSV file.
    """
    if not path.lower().endswith(".csv"):
        return None
    try:
        with open(path, "rb") as file:
            start = file.read(1 << 16)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error
    text = start.decode("utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1", errors="replace")
    heading = _without_separator(text.removeprefix("\u00ef\u00bb\u00bf"))  # headings are the same in all encodings
    return {",": False, ";": True}.get(_delimiter(heading))


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


def decode(content: bytes) -> str:
    """Return the text of a CSV file in the encodings that spreadsheet programs write.

    >>> decode("é".encode("utf-16")), decode("é".encode("cp1252"))
    ('é', 'é')
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _csv_rows(path: str) -> Iterator[tuple[int, list[str]]]:
    try:
        if os.path.getsize(path) > MAX_BYTES:
            raise UnreadableFileError(path, f"larger than {MAX_BYTES // 1_000_000} MB", None, "split it")
        with open(path, "rb") as file:
            text = decode(file.read())
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        remedy = "save it as CSV UTF-8"
        raise UnreadableFileError(path, "text in an encoding that cannot be told", None, remedy) from error
    if "\0" in text:
        raise UnreadableFileError(path, "null characters: no text", None, "save it as CSV UTF-8")
    table = _without_separator(text)
    skipped = int(table is not text)
    text = table
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = skipped
    try:
        for number, cells in enumerate(reader, skipped + 1):
            yield number, cells
    except csv.Error as error:
        raise UnreadableFileError(path, f"row {number + 1}: {error}", None, "look for a quotation mark") from error


def _without_separator(text: str) -> str:
    """Return a text without the line that tells spreadsheet programs the delimiter."""
    return text.partition("\n")[2] if text[:4].lower() == "sep=" else text


def _delimiter(text: str) -> str:
    heading = text.split("\n", 1)[0]

    def known(delimiter: str) -> int:
        return sum(find_column(cell.strip(' "\r')) is not None for cell in heading.split(delimiter))

    return max(",;\t", key=known)


def _xlsx_rows(path: str) -> Iterator[tuple[int, list[str]]]:
    _check_zip(path)
    try:
        import python_calamine
    except ImportError as error:
        raise MissingExtraError from error
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        names = book.sheet_names
        index = names.index("evidence") if "evidence" in names else 0
        sheet, shares = book.get_sheet_by_index(index), find_percentages(path, index)
        first = sheet.start[0] if sheet.start else 0  # rows above the first that holds anything
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if number > first:
                yield (
                    number,
                    [_text(cell, share=bool(shares) and (number, at) in shares) for at, cell in enumerate(cells, 1)],
                )
    except UnreadableFileError:
        raise
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error
    except (python_calamine.CalamineError, ValueError, IndexError) as error:
        raise UnreadableFileError(path, "no readable .xlsx file", None, _SAVE) from error


_SAVE = "open it in a spreadsheet program and save it anew"


def _check_zip(path: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked <= MAX_UNPACKED:
                for name in archive.namelist():
                    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                        _check_cells(path, archive.open(name))
    except UnreadableFileError:
        raise
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, RuntimeError, zlib.error) as error:
        raise UnreadableFileError(path, "no .xlsx file", None, _SAVE) from error
    if unpacked > MAX_UNPACKED:
        raise UnreadableFileError(path, f"it unpacks to {unpacked:,} bytes, far more than a sheet does", None, _SAVE)


def _check_cells(path: str, sheet: IO[bytes]) -> None:
    """Refuse a sheet with a cell far out: readers make room for all cells up to it, up to 17 thousand million."""
    rest = b""
    while chunk := sheet.read(1 << 20):
        text = rest + chunk
        for column, row in _CELL.findall(text):
            if len(column) > 2 or int(row) > MAX_ROWS + 1000:
                place = f"{column.decode()}{row.decode()}"
                raise UnreadableFileError(path, f"a cell at {place}, far outside an evidence sheet", None, "remove it")
        rest = text[max(text.rfind(b"<"), len(text) - 1000) :]


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


def _plain(cell: str) -> str:
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text
