"""Cells of a workbook that are shown in per cent: the program stores 92 % as 0.92, and readers give that number alone.

Office Open XML, ECMA-376 part 1: number formats 9 and 10 (18.8.30) and those whose code has a per cent sign.
"""

from __future__ import annotations

import re
import zipfile

from .parts import Place, attribute, part_of_sheet, place_of, tags_of_cells, text_of

_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s[^<>]*>")
#: Parts of a format code that are shown as they are.
_QUOTED = re.compile(r"&quot;.*?&quot;|\\.")


def find_percentages(path: str, sheet: int) -> frozenset[Place]:
    """Return row and column, from 1, of the cells of a sheet that are shown in per cent.

    :param sheet: place of the sheet in the workbook, from 0
    """
    with zipfile.ZipFile(path) as archive:
        styles = text_of(archive, "xl/styles.xml")
        codes = {attribute(one, "numFmtId"): attribute(one, "formatCode") for one in _FORMAT.findall(styles)}
        shares = {"9", "10"} | {name for name, code in codes.items() if "%" in _QUOTED.sub("", code)}
        used = re.findall(r"<(?:\w+:)?xf\s[^<>]*>", styles.partition("cellXfs")[2].partition("cellXfs>")[0])
        wanted = {str(index) for index, one in enumerate(used) if attribute(one, "numFmtId") in shares}
        part = part_of_sheet(archive, sheet) if wanted else ""
        if not part:
            return frozenset()
        with archive.open(part) as content:
            tags = (tag for tag in tags_of_cells(content) if attribute(tag, "s") in wanted)
            return frozenset(place for tag in tags if (place := place_of(tag)))
