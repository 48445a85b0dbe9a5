"""The parts of a workbook (Office Open XML, ECMA-376), read a piece at a time: the whole may be large."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO

_CELL = re.compile(r"<(?:\w+:)?c\s[^<>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^<>]*>")
#: Characters that the tag of a cell, and a cell, may have.
_LONGEST_TAG, _LONGEST_CELL = 1000, 1_000_000

Place = tuple[int, int]


def text_of(archive: zipfile.ZipFile, name: str) -> str:
    """Return a part as text; empty if there is none of that name."""
    return archive.read(name).decode("utf-8", errors="replace") if name in archive.namelist() else ""


def part_of_sheet(archive: zipfile.ZipFile, sheet: int) -> str:
    """Return the name of the part that holds a sheet, by its place from 0; empty if that cannot be told."""
    sheets = _SHEET.findall(text_of(archive, "xl/workbook.xml"))
    relations = _RELATION.findall(text_of(archive, "xl/_rels/workbook.xml.rels"))
    targets = {attribute(one, "Id"): attribute(one, "Target") for one in relations}
    target = targets.get(attribute(sheets[sheet], "r:id"), "") if sheet < len(sheets) else ""
    target = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return target if target in archive.namelist() else ""


def tags_of_cells(content: IO[bytes]) -> Iterator[str]:
    """Yield the opening tags of cells."""
    rest = ""
    while chunk := content.read(1 << 20):
        rest += chunk.decode("latin-1")
        yield from _CELL.findall(rest)
        rest = rest[max(rest.rfind(">") + 1, len(rest) - _LONGEST_TAG) :]


def cells_with(content: IO[bytes], telling: Sequence[bytes]) -> Iterator[tuple[str, Place, str]]:
    """Yield opening tag, place and inside of the cells of those pieces of a sheet in which something is found.

    :param telling: what is looked for, any of these; it stands in the tag or right behind it
    """
    rest = b""
    while chunk := content.read(1 << 20):
        piece = rest + chunk
        if any(mark in piece for mark in telling):
            text = piece.decode("latin-1")  # a byte a character: only places and what is ASCII matter
            starts = [match.start() for match in _CELL.finditer(text)]
            last = starts[-1] if starts else len(text)
            yield from _cells(text[:last])
            rest = piece[max(last, len(piece) - _LONGEST_CELL) :]
        else:
            rest = piece[-_LONGEST_TAG:]
    if any(mark in rest for mark in telling):
        yield from _cells(rest.decode("latin-1"))


def _cells(text: str) -> Iterator[tuple[str, Place, str]]:
    found = list(_CELL.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)] * bool(found)
    for match, end in zip(found, ends, strict=True):
        inside = "" if match[0].endswith("/>") else text[match.end() : end]
        inside = inside.encode("latin-1").decode("utf-8", errors="replace")
        if place := place_of(match[0]):
            yield match[0], place, inside


def attribute(tag: str, name: str) -> str:
    """Return an attribute of a tag; empty if it has none of that name."""
    found = re.search(rf"""\s{name}\s*=\s*["']([^"']*)["']""", tag)
    return found[1] if found else ""


def place_of(tag: str) -> Place | None:
    """Return row and column of a cell, from 1.

    >>> place_of('<c r="AB7" s="1">')
    (7, 28)
    """
    match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", attribute(tag, "r"))
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
