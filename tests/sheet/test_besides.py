"""What a workbook holds besides the rows that are read is told: merged cells, rows on other pages, nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph
from nlc_graph.errors import UnreadableFileError
from nlc_graph.sheet import SheetError, example_rows, heading, lists, read_sheets, to_xlsx
from nlc_graph.sheet.besides import Merged, wrong_of

from .conftest import AIM, CLAIM, FIGURE

openpyxl = pytest.importorskip("openpyxl")

ROWS = [CLAIM, FIGURE, AIM, {**CLAIM, "network": "Hill NLC"}]
COLUMNS = list(dict.fromkeys(column for row in ROWS for column in row))
REMEDY = "unmerge them and fill in each row"


def merged(path: Path, *ranges: str, above: int = 0) -> str:
    """Write rows below their headings, with cells merged and empty rows above."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (*[[]] * above, COLUMNS, *([row.get(column) or None for column in COLUMNS] for row in ROWS)):
        sheet.append(row)
    for one in ranges:
        sheet.merge_cells(one)
    book.save(path)
    return str(path)


def mistakes(path: str, terms: Graph) -> list[tuple[object, ...]]:
    with pytest.raises(SheetError) as raised:
        read_sheets([path], terms, enquiry="mine")
    return [one[1:] for one in raised.value.mistakes]


def test_merged_cells_are_a_mistake_that_says_which_rows_they_empty(tmp_path: Path, terms: Graph) -> None:
    path = merged(tmp_path / "x.xlsx", "A2:A5", "F3:F4")
    assert mistakes(path, terms) == [
        (2, "network", "", "cells A2:A5 are merged, so that rows 3 to 5 are empty", REMEDY),
        (3, COLUMNS[5], "", "cells F3:F4 are merged, so that row 4 is empty", REMEDY),
    ]


def test_nothing_is_said_of_what_they_empty_though_it_is_needed(tmp_path: Path, terms: Graph) -> None:
    column = openpyxl.utils.get_column_letter(COLUMNS.index("section") + 1)
    path = merged(tmp_path / "x.xlsx", f"{column}2:{column}5")
    assert mistakes(path, terms) == [
        (2, "section", "", f"cells {column}2:{column}5 are merged, so that rows 3 to 5 are empty", REMEDY)
    ]


def test_other_shapes() -> None:
    keys = ["network", "unit", "", "practice"]
    found = [wrong_of(Merged(*place), "x.xlsx", 1, keys) for place in ((3, 2, 3, 4), (1, 1, 2, 1), (4, 3, 6, 4))]
    assert list(map(str, found)) == [
        "x.xlsx, row 3, column 'school or group': cells B3:D3 are merged, so that all but the first are empty; unmerge"
        " them and fill in each",
        "x.xlsx, row 2, column 'network': cells A1:A2 are merged, so that all but the first are empty; unmerge them and"
        " fill in each",
        "x.xlsx, row 4, column 'practice': cells C4:D6 are merged, so that all but the first are empty; unmerge them"
        " and fill in each",
    ]


def test_merged_cells_that_do_no_harm(tmp_path: Path, terms: Graph) -> None:
    """Above the headings, in them, beyond the columns, below the last row."""
    last = openpyxl.utils.get_column_letter(len(COLUMNS))
    path = merged(tmp_path / "x.xlsx", "A1:C1", f"{last}2:ZZ2", "YA3:YC5", "A19:A22", above=1)
    assert read_sheets([path], terms, enquiry="mine").warnings == []


def test_rows_typed_into_the_page_of_examples_are_told(tmp_path: Path, terms: Graph) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(to_xlsx(example_rows()[:1], lists(terms)))
    told = []
    for network in ("Hill NLC", "Dale NLC"):
        book = openpyxl.load_workbook(path)
        book["examples"].append([{**CLAIM, "network": network}.get(column) for column in heading()])
        book.save(path)
        told += [str(one) for one in read_sheets([str(path)], terms, enquiry="mine").warnings]
    number = len(example_rows()) + 2
    assert told == [
        f"{path}: 'examples': row {number} was typed there, and no row of this page is read; move it to the evidence",
        f"{path}: 'examples': 2 rows were typed there, row {number} first, and no row of this page is read; move them"
        " to the evidence",
    ]


def test_an_empty_sheet_is_told_as_such(tmp_path: Path, terms: Graph) -> None:
    remedy = "its first row must hold the column names: `nlc-graph sheet template -o sheet.csv` writes them"
    book = openpyxl.Workbook()
    book.active.title = "evidence"
    book.save(tmp_path / "x.xlsx")
    book.create_sheet("mine")
    for row in (list(CLAIM), list(CLAIM.values())):
        book["mine"].append(row)
    book.save(tmp_path / "y.xlsx")
    (tmp_path / "z.csv").write_bytes(b"")
    (tmp_path / "blank.csv").write_bytes(b"\n,,\n")
    found = []
    for name in ("x.xlsx", "y.xlsx", "z.csv", "blank.csv"):
        with pytest.raises(UnreadableFileError) as raised:
            read_sheets([str(tmp_path / name)], terms, enquiry="mine")
        found.append(str(raised.value).removeprefix(f"{tmp_path}/"))
    assert found == [
        f"x.xlsx: the sheet is empty; {remedy}",
        f"y.xlsx: the sheet is empty; {remedy}; the sheet 'mine' holds evidence and is not read",
        f"z.csv: the sheet is empty; {remedy}",
        f"blank.csv: the sheet is empty; {remedy}",
    ]
