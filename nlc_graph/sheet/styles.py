"""Cells of a workbook that are shown in per cent: the program stores 92 % as 0.92, and readers give that number alone.

Office Open XML, ECMA-376 part 1: number formats 9 and 10 (18.8.30) and those whose code has a per cent sign.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO

_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s[^<>]*>")
#: Parts of a format code that are shown as they are.
_QUOTED = re.compile(r"&quot;.*?&quot;|\\.")
_CELL = re.compile(r"<(?:\w+:)?c\s[^<>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^<>]*>")


def find_percentages(path: str, sheet: int) -> frozenset[tuple[int, int]]:
    """Return row and column, from 1, of the cells of a sheet that are shown in per cent.

    :param sheet: place of the sheet in the workbook, from 0
    """
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())

        def text(name: str) -> str:
            return archive.read(name).decode("utf-8", errors="replace") if name in names else ""

        styles = text("xl/styles.xml")
        codes = {_of(one, "numFmtId"): _of(one, "formatCode") for one in _FORMAT.findall(styles)}
        shares = {"9", "10"} | {name for name, code in codes.items() if "%" in _QUOTED.sub("", code)}
        used = re.findall(r"<(?:\w+:)?xf\s[^<>]*>", styles.partition("cellXfs")[2].partition("cellXfs>")[0])
        wanted = {str(index) for index, one in enumerate(used) if _of(one, "numFmtId") in shares}
        if not wanted:
            return frozenset()
        sheets = _SHEET.findall(text("xl/workbook.xml"))
        targets = {_of(one, "Id"): _of(one, "Target") for one in _RELATION.findall(text("xl/_rels/workbook.xml.rels"))}
        target = targets.get(_of(sheets[sheet], "r:id"), "") if sheet < len(sheets) else ""
        target = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if target not in names:
            return frozenset()
        with archive.open(target) as content:
            return frozenset(place for cell in _cells(content) if _of(cell, "s") in wanted and (place := _place(cell)))


def _cells(content: IO[bytes]) -> Iterator[str]:
    """Yield the tags of cells, a part of the sheet at a time: the whole may be large."""
    rest = ""
    while chunk := content.read(1 << 20):
        rest += chunk.decode("latin-1")
        yield from _CELL.findall(rest)
        rest = rest[max(rest.rfind(">") + 1, len(rest) - 1000) :]


def _of(tag: str, attribute: str) -> str:
    found = re.search(rf"""\s{attribute}\s*=\s*["']([^"']*)["']""", tag)
    return found[1] if found else ""


def _place(cell: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"([A-Z]{1,3})(\d+)", _of(cell, "r"))
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
